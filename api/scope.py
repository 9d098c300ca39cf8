"""What of an office the API may tell: the same pages that its HTML site shows now, asked by the same rule."""

from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.models import Page

from api.problems import NotFound, Withdrawn
from common.visibility import public
from documents.access import public_among
from documents.models import OfficeDocument
from home.models import Office, Withdrawal

LARGEST_ID = 2**31 - 1  # an id beyond this fits no column, so nothing has it


def office_of(request: HttpRequest) -> Office:
    """Return the office whose site answers this request. Raises NotFound when the host belongs to none."""
    office = Office.objects.for_request(request)
    if office is None:
        raise NotFound("Tidak ada situs kantor di alamat ini.")
    return office


def section(office: Office, model: type[Page]) -> Page:
    """Return the office's section page of a kind. Raises NotFound when the public cannot open it."""
    page = public(model.objects.child_of(office.home_page)).order_by("path").first()
    if page is None:
        raise NotFound("Bagian ini belum diterbitkan oleh kantor ini.")
    page._office = office  # known already; saves a look-up
    return page


def entry(office: Office, entries: QuerySet, pk: int) -> Page:
    """Return the page `pk` of this office out of `entries`.

    Raises Withdrawn when it was withdrawn with a reason, NotFound when it does not exist or is not public.
    """
    if pk <= LARGEST_ID:
        own = entries.descendant_of(office.home_page)
        page = public(own).filter(pk=pk).first()
        if page is not None:
            page._office = office
            return page
        _refuse_withdrawn(office, own, pk)
    raise NotFound


def _refuse_withdrawn(office: Office, own: QuerySet, pk: int) -> None:
    """Raise Withdrawn for a page whose HTML address states why it is gone (`home.middleware`)."""
    page = own.filter(pk=pk, live=False).first()
    if page is not None:
        withdrawal = Withdrawal.objects.for_path(page.url_path)
        if withdrawal is not None:
            raise Withdrawn(withdrawal)


def document(pk: int) -> OfficeDocument:
    """Return a file that the public may see now. Raises NotFound for any other."""
    found = OfficeDocument.objects.filter(pk__in=public_among([pk])).first() if pk <= LARGEST_ID else None
    if found is None:
        raise NotFound
    return found


def visible_documents(ids) -> set[int]:
    """Return those of the document ids that the public may see now."""
    return public_among(list(ids))
