"""Who may see a file now: the one place that decides.

A file is public exactly while a page that the public may see uses it and may show it. The rooms above register how
they use files; nothing is stored, so publication and the file's privacy cannot part. A use that must stay private
(an exempted entry, a consequence test) and a collection with a view restriction win over every public use of the file.
Its page texts, its searchable copy and its earlier versions have no rule of their own: they ask here too.

A version that an officer withdrew (`documents.verification`) is delivered to nobody but the officers, though its page
still names it with the reason.
"""

from collections.abc import Callable, Collection

from django.db.models import F, Q, QuerySet
from wagtail.models import CollectionViewRestriction, Page
from wagtail.permissions import policy_registry

from common.prepared import Prepared
from documents.scanning import clamd
from documents.scanning.quarantine import holds_version
from home.models import Office
from home.roles import PAGE_RIGHTS

OFFICER_ACTIONS = ["choose", "change", "delete"]
"""Permissions on a document (by its collection, that is by office), any of which lets an officer read it."""

Among = Callable[[Collection[int]], Collection[int]]
_public_uses: list[Callable[[], QuerySet]] = []
_public_uses_among: dict[Callable[[], QuerySet], Among] = {}
_private_uses: list[Callable[[], QuerySet]] = []
_decided_uses: list[Callable[[], QuerySet]] = []


def register_public_use(provider: Callable[[], QuerySet], among: Among | None = None) -> None:
    """Register `provider`, which returns a queryset of ids of documents that public pages show now.

    `among` may tell the same of a few ids in a quicker way: it returns those of the given ones.
    """
    if provider not in _public_uses:
        _public_uses.append(provider)
    if among is not None:
        _public_uses_among[provider] = among


def register_private_use(provider: Callable[[], QuerySet]) -> None:
    """Register `provider`, which returns a queryset of ids of documents that must never be public.

    The queryset is the same at every call: what must never be public depends on no moment, and on no setting but
    whether files are looked through for malware (`documents.scanning.clamd`).
    """
    if provider not in _private_uses:
        _private_uses.append(provider)


def register_decided_use(provider: Callable[[], QuerySet]) -> None:
    """Register `provider`, which returns a queryset of the documents that an approval rests on.

    Their pages are under review, or approved and waiting for their hour: the file that goes live must be the file that
    was looked at.
    """
    if provider not in _decided_uses:
        _decided_uses.append(provider)


def is_decided(document) -> bool:
    """Tell whether an approval rests on this document's file."""
    return any(provider().filter(pk=document.pk).exists() for provider in _decided_uses)


def _restricted_collections() -> Q:
    """Match documents in a collection that carries a view restriction, itself or above it."""
    restricted = Q(pk__in=[])
    for path in CollectionViewRestriction.objects.values_list("collection__path", flat=True):
        restricted |= Q(collection__path__startswith=path)
    return restricted


def _withdrawn() -> QuerySet:
    """Return the ids of the documents whose current file is withdrawn."""
    from documents.verification.models import FileWithdrawal

    standing = FileWithdrawal.objects.filter(cancelled_at=None, version=F("document__version"))
    return standing.order_by().values("document_id")


def public_documents() -> QuerySet:
    """Return the documents (queryset of documents.OfficeDocument) that the public may see at this moment."""
    return documents_in_public_use().exclude(pk__in=_withdrawn())


def documents_in_public_use() -> QuerySet:
    """Return the documents that public pages show, also those of which only the withdrawal is shown."""
    from documents.models import OfficeDocument

    allowed = Q(pk__in=[])
    for provider in _public_uses:
        allowed |= Q(pk__in=provider())
    documents = OfficeDocument.objects.filter(allowed)
    for provider in _private_uses:
        documents = documents.exclude(pk__in=provider())
    return documents.exclude(_restricted_collections())


def public_among(ids: Collection[int]) -> set[int]:
    """Return those of the documents (primary keys) that the public may see at this moment.

    The same rule as :func:`public_documents`, asked for a few documents: each use is looked up for these alone, however
    many documents there are.
    """
    used = in_public_use_among(ids)
    return used - _withdrawn_prepared.among(used) if used else used


def in_public_use_among(ids: Collection[int]) -> set[int]:
    """Return those of the documents (primary keys) that :func:`documents_in_public_use` would name."""
    allowed: set[int] = set()
    for provider in _public_uses:
        if left := set(ids) - allowed:
            among = _public_uses_among.get(provider)
            allowed.update(among(left) if among else _used_among(provider(), left))
    return allowed - withheld_among(allowed)


def withheld_among(ids: Collection[int]) -> set[int]:
    """Return those of the documents (primary keys) that :func:`withheld_documents` would name."""
    from documents.models import OfficeDocument

    if not ids:
        return set()
    withheld = _private_prepared.among(ids)
    if _restrictions_prepared.rows():
        closed = OfficeDocument.objects.filter(_restricted_collections(), pk__in=ids)
        withheld.update(closed.values_list("pk", flat=True))
    return withheld


#: The same at every call, and asked by every list of hits.
_private_prepared = Prepared(_private_uses, depends_on=clamd.is_configured)
_withdrawn_prepared = Prepared([_withdrawn])
_restrictions_prepared = Prepared([lambda: CollectionViewRestriction.objects.order_by().values_list("pk")])


def _used_among(uses: QuerySet, ids: Collection[int]) -> list[int]:
    """Return those of the ids that a registered use names."""
    (field,) = uses.query.values_select
    return list(uses.filter(**{f"{field}__in": ids}).values_list(field, flat=True))


def withheld_documents() -> QuerySet:
    """Return the documents that must never be public, whatever page uses them (a private use, a closed collection).

    Pages do not even name these, also while they are previewed.
    """
    from documents.models import OfficeDocument

    withheld = _restricted_collections()
    for provider in _private_uses:
        withheld |= Q(pk__in=provider())
    return OfficeDocument.objects.filter(withheld)


def untold_in_history(documents: Collection[int], pages: Collection[int]) -> tuple[set[int], set[int]]:
    """Return those documents and pages (ids) whose names the change log of what was public must not tell now.

    What was public and is gone stays named, with the reason; but not what must never be public (a private use, a closed
    collection), nor what a view restriction closes.
    """
    withheld, closed = untold()
    return set(withheld.filter(pk__in=documents)), set(closed.filter(pk__in=pages))


def untold() -> tuple[QuerySet, QuerySet]:
    """Return the ids of all documents and of all pages that :func:`untold_in_history` would name."""
    documents = withheld_documents().order_by().values_list("pk", flat=True)
    return documents, Page.objects.not_public().order_by().values_list("pk", flat=True)


def is_public(document) -> bool:
    """Tell whether the public may see this document at this moment."""
    return bool(public_among([document.pk]))


def is_officer_of(user, document) -> bool:
    """Tell whether this user works with the document in the admin: an officer of its office, or an administrator.

    A file in quarantine (`documents.scanning`) is opened by administrators alone.
    """
    if not (user.is_authenticated and user.is_active):
        return False
    if document.is_quarantined and not user.is_superuser:
        return False
    policy = policy_registry.get_by_type(type(document))
    return policy.user_has_any_permission_for_instance(user, OFFICER_ACTIONS, document)


def may_replace_public_file(user, document) -> bool:
    """Tell whether this user may change a file while the public reads it: whoever may publish at the file's office."""
    if user.is_superuser:
        return True
    deciding = [role for role, rights in PAGE_RIGHTS.items() if "publish" in rights]
    offices = Office.objects.filter(office_groups__role__in=deciding, office_groups__group__user=user)
    paths = offices.exclude(collection=None).values_list("collection__path", flat=True)
    return any(document.collection.path.startswith(path) for path in paths)


def may_read(user, document) -> bool:
    """Tell whether this user may open the document's file and its texts at this moment."""
    return is_public(document) or is_officer_of(user, document)


def may_read_version(user, version) -> bool:
    """Tell whether this user may open an earlier version: the public only an opened one of a public document.

    A version may have been replaced because it showed what it must not; so it is closed until an officer opens it.
    """
    if version.is_quarantined:
        return user.is_active and user.is_superuser
    return is_officer_of(user, version.document) or is_public_version(version)


def may_read_original(user, document) -> bool:
    """Tell whether this user may open the upload that a cleaned file was made from: it names people, so officers only,
    of those who may change the document."""
    return is_officer_of(user, document) and document.is_editable_by_user(user)


def is_public_version(version) -> bool:
    """Tell whether the public may open an earlier version: opened, not withdrawn, of a document in public use."""
    if not version.is_open or holds_version(version):
        return False
    if version.document.withdrawals.filter(version=version.number, cancelled_at=None).exists():
        return False
    return bool(in_public_use_among([version.document_id]))
