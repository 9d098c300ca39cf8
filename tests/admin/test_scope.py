"""Nobody sees another office's things in the admin, by whatever address."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.exceptions import NoReverseMatch
from wagtail.models import Page, TaskState, WorkflowState

from analytics.models import ServiceTotals
from catalogue.models import RegulationPage
from home.enums import Role
from home.models import OfficeGroup, WorkUnit
from home.scope import offices_of
from search.pins import PinnedResult
from search.query_log import log_query
from tests.factories import (
    ConsequenceTestFactory,
    DIPEntryPageFactory,
    DocumentFactory,
    ExemptedInformationPageFactory,
    RegulationPageFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

TOKEN = "cilegon"
#: Shared by all offices, or a form that shows nothing but itself.
SKIPPED_NAMES = {"wagtailadmin_logout", "wagtailadmin_error_test"}


@pytest.fixture
def allrounder(office):
    """One person with every role of KPU Kota Serang: whatever a role shows, this person sees."""
    user = UserFactory(username="serbabisa")
    user.groups.set([link.group for link in OfficeGroup.objects.filter(office=office)])
    return user


@pytest.fixture
def theirs(other_office, other_people):
    """Things of the other office in every state, each with the token in its name."""
    document = DocumentFactory(
        title="Berkas Cilegon", office=other_office, uploaded_by_user=other_people.editor
    )
    test = ConsequenceTestFactory(nomor="1/UK/CILEGON", kantor=other_office)
    draft = RegulationPageFactory(
        title="Rancangan Cilegon",
        office=other_office,
        draft=True,
        owner=other_people.editor,
        files=[document],
    )
    draft.get_workflow().start(draft, other_people.editor)
    DIPEntryPageFactory(title="DIP Cilegon", office=other_office)
    exempted = ExemptedInformationPageFactory(
        title="Dikecualikan Cilegon", office=other_office, draft=True, uji_konsekuensi=test
    )
    withdrawn = RegulationPageFactory(title="Dicabut Cilegon", office=other_office, withdrawn=True)
    pin = PinnedResult.objects.create(office=other_office, words="pilihan cilegon", page=draft)
    log_query("kata cilegon", 0, other_office.pk)
    totals = ServiceTotals.objects.create(
        office=other_office, year=2024, requests=0, applicants=0, note="Buku cilegon"
    )
    return {
        "page": draft.pk,
        "exempted": exempted.pk,
        "withdrawn": withdrawn.pk,
        "document": document.pk,
        "test": test.pk,
        "unit": WorkUnit.objects.filter(office=other_office).first().pk,
        "office": other_office.pk,
        "pin": pin.pk,
        "totals": totals.pk,
        "revision": draft.latest_revision_id,
        "task_state": TaskState.objects.get().pk,
        "workflow_state": WorkflowState.objects.get().pk,
    }


def admin_addresses(patterns=None, namespace=""):
    """Yield (name with namespaces, argument names) of every named address below /admin/."""
    if patterns is None:
        (admin,) = (p for p in get_resolver().url_patterns if str(p.pattern) == "admin/")
        patterns = admin.url_patterns
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from admin_addresses(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern) and pattern.name and pattern.name not in SKIPPED_NAMES:
            yield f"{namespace}{pattern.name}", list(pattern.pattern.regex.groupindex)


def fillings(names, theirs):
    """Return argument values that point at the other office's things: one set for each kind of id that may be meant."""
    fixed = {
        "page_id": theirs["page"],
        "parent_page_id": theirs["page"],
        "page_to_move_id": theirs["page"],
        "destination_id": theirs["page"],
        "page_pk": theirs["page"],
        "revision_id": theirs["revision"],
        "revision_id_a": "earliest",
        "revision_id_b": "latest",
        "task_state_id": theirs["task_state"],
        "workflow_state_id": theirs["workflow_state"],
        "action_name": "approve",
        "content_type_app_name": "catalogue",
        "content_type_model_name": "regulationpage",
        "app_label": "wagtailcore",
        "app_name": "catalogue",
        "model_name": "page",
        "action": "delete",
        "document_id": theirs["document"],
        "instance_pk": None,
        "pk": None,
        "object_id": None,
    }
    open_names = [name for name in names if fixed.get(name) is None]
    ids = {theirs[kind] for kind in ("document", "test", "unit", "office", "withdrawn", "pin", "totals")}
    for value in sorted(ids) if open_names else [None]:
        yield {name: fixed[name] if fixed.get(name) is not None else value for name in names}


def test_no_address_of_the_admin_names_a_thing_of_another_office(client, allrounder, theirs):
    client.force_login(allrounder)
    visited, leaks = 0, []
    for name, names in admin_addresses():
        for arguments in fillings(names, theirs):
            try:
                path = reverse(name, kwargs=arguments)
            except NoReverseMatch:
                continue
            for query in ("", "?q=rancangan", "?export=csv") if not names else ("",):
                response = client.get(path + query)
                visited += 1
                body = b"".join(response.streaming_content) if response.streaming else response.content
                text = body.decode(errors="replace").lower()
                assert response.status_code < 500, (path + query, response.status_code)
                if TOKEN in text:
                    leaks.append((path + query, text[max(0, text.index(TOKEN) - 80) :][:160]))
    assert visited > 200
    assert not leaks, "\n".join(map(str, leaks))


def test_choosers_and_bulk_forms_name_no_thing_of_another_office(client, allrounder, theirs):
    client.force_login(allrounder)
    page, document = theirs["page"], theirs["document"]
    root = Page.objects.get(depth=1).pk
    parent = Page.objects.get(pk=page).get_parent().pk
    addresses = [
        f"/admin/choose-page/chosen-multiple/?id={page}",
        "/admin/choose-page/search/?q=rancangan",
        f"/admin/choose-page/{root}/",
        f"/admin/choose-page/{parent}/",
        "/admin/choose-page/?page_type=catalogue.RegulationPage",
        f"/admin/documents/chooser/{document}/",
        f"/admin/documents/chooser/chosen-multiple/?id={document}",
        "/admin/api/main/pages/?search=rancangan",
        f"/admin/api/main/pages/{page}/",
        "/admin/api/main/documents/",
        f"/admin/api/main/documents/{document}/",
        "/admin/api/main/images/",
        f"/admin/api/main/pages/?child_of={root}&for_explorer=1",
    ]
    for action in ("delete", "move", "publish", "unpublish"):
        addresses += [
            f"/admin/bulk/wagtailcore/page/{action}/?id={page}",
            f"/admin/bulk/wagtailcore/page/{action}/?id=all&childOf={parent}",
            f"/admin/bulk/wagtailcore/page/{action}/?id=all",
        ]
    for action in ("delete", "add_tags", "add_to_collection"):
        addresses += [
            f"/admin/bulk/documents/officedocument/{action}/?id={document}",
            f"/admin/bulk/documents/officedocument/{action}/?id=all",
        ]
    for address in addresses:
        response = client.get(address)
        assert response.status_code < 500, address
        assert TOKEN not in response.content.decode(errors="replace").lower(), address


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("post", "/admin/pages/{page}/edit/"),
        ("post", "/admin/pages/{page}/delete/"),
        ("post", "/admin/pages/{withdrawn}/unpublish/"),
        ("post", "/admin/pages/{page}/copy/"),
        ("post", "/admin/pages/{page}/move/"),
        ("post", "/admin/pages/{page}/lock/"),
        ("post", "/admin/pages/{page}/privacy/"),
        ("post", "/admin/pages/workflow/action/{page}/approve/{task_state}/"),
        ("post", "/admin/api/main/pages/{page}/action/publish/"),
        ("post", "/admin/documents/edit/{document}/"),
        ("post", "/admin/documents/delete/{document}/"),
        ("post", "/admin/bulk/wagtailcore/page/delete/?id={page}"),
    ],
)
def test_nothing_is_done_to_a_thing_of_another_office(client, allrounder, theirs, method, address):
    client.force_login(allrounder)
    before = list(Page.objects.order_by("pk").values())
    response = getattr(client, method)(address.format(**theirs), {"title": "Diambil alih", "reason": "x"})
    assert response.status_code in (302, 403, 404)
    assert list(Page.objects.order_by("pk").values()) == before


def test_a_page_of_another_office_is_no_place_to_add_to(client, allrounder, other_office):
    client.force_login(allrounder)
    index = Page.objects.get(path__startswith=other_office.home_page.path, slug="regulasi")
    response = client.post(f"/admin/pages/add/catalogue/regulationpage/{index.pk}/", {"title": "Menyusup"})
    assert response.status_code in (302, 403)
    assert not RegulationPage.objects.filter(title="Menyusup").exists()


def test_who_is_in_no_group_works_for_no_office(db):
    assert offices_of(UserFactory()) == []


def test_a_superuser_works_for_every_office(office, other_office, people):
    assert set(offices_of(people.superuser)) == {office, other_office}


@pytest.mark.parametrize("role", list(Role))
def test_each_role_works_for_its_office_alone(office, people, role):
    names = {Role.LIAISON: "liaison", Role.PPID: "ppid", Role.SUPERIOR: "superior", Role.DESK: "desk"}
    user = getattr(people, names.get(role, {Role.EDITOR: "editor", Role.ADMIN: "admin"}.get(role)))
    assert offices_of(user) == [office]
