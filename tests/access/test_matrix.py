"""The access matrix, asked: every address, every state, every kind of visitor."""

import re

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import URLPattern, get_resolver
from wagtail.models import get_page_models

from analytics.models import DocumentDay, PageDay
from documents.models import DocumentVersion, OfficeDocument
from home.enums import Role
from search.reconciling import rebuild
from tests.access import world as worlds
from tests.access.matrix import ROWS, WITHOUT_ROW, Row, Visitor
from tests.factories import State, UserFactory
from tests.sample_files import pdf_bytes
from tests.store_fixtures import follow

pytestmark = pytest.mark.django_db


# --- every address has a row ------------------------------------------------------------------------------------------


def addresses(resolver=None, prefix: str = ""):
    """Every URL pattern of the site, written out from its root; the admin's apart, which has its own tests."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if route.startswith("admin/"):
            continue
        if isinstance(pattern, URLPattern):
            yield route
        else:
            yield from addresses(pattern, route)


def page_models():
    """Every page model, and the addresses below a page that it routes itself."""
    for model in get_page_models():
        yield model.__name__
        for pattern in model.get_subpage_urls() if hasattr(model, "get_subpage_urls") else ():
            if sub_route := str(pattern.pattern).strip("^$"):
                yield f"{model.__name__}: {sub_route}"


def test_every_address_has_a_row_or_a_reason():
    known = {row.covers for row in ROWS} | set(WITHOUT_ROW)
    there = {*addresses(), *page_models()}
    assert sorted(there - known) == [], "add these to tests/access/matrix.py"
    assert sorted(known - there) == [], "these are no addresses any more"


# --- the matrix -------------------------------------------------------------------------------------------------------


@pytest.fixture
def world(each_store, django_capture_on_commit_callbacks, caplog):
    """The site, with an old version, a searchable copy and a picture beside every file."""
    caplog.set_level(
        "CRITICAL", logger="django.request"
    )  # hundreds of answers say "not found", as they should
    with django_capture_on_commit_callbacks(execute=True):
        built = worlds.build()
    for item in built.items:
        if item.document:
            OfficeDocument.objects.filter(pk=item.document.pk).update(
                searchable_copy=item.document.file.name,
                searchable_ready=True,
                original_file=item.document.file.name,
                original_sha256="1" * 64,
            )
            item.document.thumbnail.save("gambar.webp", ContentFile(item.file_word.encode()), save=False)
            OfficeDocument.objects.filter(pk=item.document.pk).update(thumbnail=item.document.thumbnail.name)
            DocumentVersion.objects.create(
                document=item.document,
                number=1,
                file=ContentFile(pdf_bytes([item.file_word]), name="lama.pdf"),
                file_name=f"lama-{item.file_word}.pdf",
                mime_type="application/pdf",
                sha256="0" * 64,
                size=1,
                is_open=True,
            )
    been_read_and_downloaded(built)
    return built


def been_read_and_downloaded(built):
    """Everything was public once, was read and downloaded, and stands in the statistics."""
    for item in built.items:
        office = built.closed if item.in_closed_section else built.office
        counted = {"office_id": office.pk, "day": office.today()}
        PageDay.objects.get_or_create(**counted, page_id=item.page_id, views=1)
        if item.document:
            DocumentDay.objects.get_or_create(**counted, document_id=item.document.pk, downloads=1)


@pytest.fixture
def clients(world):
    """One browser a visitor, the officers signed in."""
    made = {visitor: Client() for visitor in Visitor}
    made[Visitor.OFFICER].force_login(UserFactory(role=Role.EDITOR, office=world.office))
    made[Visitor.OTHER_OFFICER].force_login(UserFactory(role=Role.EDITOR, office=world.closed))
    made[Visitor.ADMIN].force_login(UserFactory(superuser=True, is_staff=True))
    return made


class Asked:
    """What a visitor was answered; each address is asked once."""

    def __init__(self, client: Client):
        self._client = client
        self._answers: dict[tuple[str, str], tuple[bool, str]] = {}

    def get(self, url: str, host: str = "testserver") -> tuple[bool, str]:
        """Return whether the thing was given, and the answer's text without what it only repeats of the question."""
        if (url, host) not in self._answers:
            response = follow(self._client, url, headers={"host": host})
            content = response.content
            text = content.decode("utf-8", "ignore")
            query = re.search(r"[?&]q=([^&]*)", url)
            text = text.replace(query.group(1), "") if query else text
            to_a_file = response.status_code in (301, 302) and response["Location"].startswith("/dokumen/")
            self._answers[url, host] = (response.status_code == 200 or to_a_file, text)
        return self._answers[url, host]


def faults(row: Row, world, visitor: Visitor, asked: Asked) -> list[str]:
    """What a visitor sees against the row's rule, or does not see though it says so."""
    found = []
    for item in world.of(*row.kinds):
        if row.marked == "file" and not item.file_word:
            continue
        url = row.url(world) if row.once else row.url(item)
        given, text = asked.get(url, "testserver" if row.once else item.host)
        if row.once and not given:
            return [f"{url} gives {visitor.value} nothing"]
        seen = given
        if row.once or not row.complete:  # a word in the answer, not the answer itself
            seen = given and row.word(item) in text
        allowed = row.rule(item, visitor)
        if seen and not allowed:
            found.append(f"{url} shows {visitor.value} the {row.marked} of: {item}")
        if allowed and not seen and row.complete:
            found.append(f"{url} hides from {visitor.value} the {row.marked} of: {item}")
    return found


def test_access_matrix(each_store, world, clients, subtests):
    """One site for all questions, since it takes longer to build than to ask.

    In the bucket only the files are asked for: nothing else comes from there.
    """
    in_bucket = each_store == "s3"
    asked = {visitor: Asked(client) for visitor, client in clients.items()}
    for row in ROWS:
        if in_bucket and not row.from_store:
            continue
        with subtests.test(row.covers):
            found = [
                fault for visitor in row.visitors for fault in faults(row, world, visitor, asked[visitor])
            ]
            assert not found, "\n".join(found)
    if in_bucket:
        return
    anonymous = clients[Visitor.PUBLIC]
    with subtests.test("counts and choices"):
        counts_and_choices_count_only_what_is_shown(world, anonymous)
    with subtests.test("closed sections"):
        closed_sections_are_closed_everywhere(world, anonymous)
    rebuild()
    for row in ROWS:
        if row.covers in ("cari/", "api/v1/search") and row.once:
            with subtests.test(f"{row.covers} after the index is built anew"):
                found = faults(row, world, Visitor.PUBLIC, Asked(anonymous))
                assert not found, "\n".join(found)


# --- counts and choices -----------------------------------------------------------------------------------------------


def counts_and_choices_count_only_what_is_shown(world, client):
    """A number or a year in a filter gives a page away as well as its title does."""
    for path, kind in (
        ("regulations", "regulation"),
        ("dip", "dip"),
        ("exempted", "exempted"),
        ("sop", "sop"),
    ):
        shown_now = [item for item in world.of(kind) if item.is_shown]
        assert client.get(f"/api/v1/{path}").json()["total"] == len(shown_now)
    classes = {kind["kode"]: kind["jumlah"] for kind in client.get("/api/v1/home").json()["klasifikasi"]}
    assert classes["setiap_saat"] == 1
    hidden_years = {
        str(item.year) for item in world.of("regulation") if not item.is_shown and item.year < 2000
    }
    assert len(hidden_years) == len(State) - 1
    listing = client.get("/regulasi/").content.decode()
    offered = set(re.findall(r'<option value="(\d{4})"', listing))
    assert offered == {"2023"}
    everything = [item for item in world.items if item.is_shown]
    for scope in ("kantor", "semua"):
        found = client.get(f"/api/v1/search?q={worlds.COMMON_WORD}&lingkup={scope}").json()
        assert found["total"] == len(everything)
        facets = {
            facet["nama"]: {value["nilai"]: value["jumlah"] for value in facet["nilai"]}
            for facet in found["saringan"]
        }
        assert not hidden_years & set(facets["tahun"])
        assert sum(facets["kategori"].values()) == len(everything)


def closed_sections_are_closed_everywhere(world, client):
    """Neither the section's page nor its list as JSON, nor its numbers on the home page."""
    host = {"host": world.closed.site.hostname}
    for path in ("regulasi", "dip", "dip/setiap-saat", "laporan", "data-terbuka", "pengumuman"):
        assert client.get(f"/{path}/", headers=host).status_code == 302
    for name in ("regulations", "dip", "reports", "datasets", "announcements"):
        assert client.get(f"/api/v1/{name}", headers=host).status_code == 404
    home = client.get("/api/v1/home", headers=host).json()
    assert home["terbaru"] == []
    assert sum(kind["jumlah"] for kind in home["klasifikasi"]) == 0
    assert home["spanduk"] == []
