"""A site with one page of every kind in every state, each marked by a word that stands nowhere else."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from wagtail.models import Page, PageViewRestriction

from documents.enums import ScanState
from documents.models import OfficeDocument
from home.models import Office
from tests import factories
from tests.factories import State

SECRET_YEAR = 1901  # years of hidden regulations, one a state, found in no other text
COMMON_WORD = "kependudukan"  # in every title and every file, so that one search would find everything


@dataclass
class Item:
    """One page and its file. `word` marks the page, `file_word` the file's name and text; "" without a file."""

    kind: str
    state: State
    word: str
    page_id: int
    path: str
    year: int = 0
    file_word: str = ""
    document: OfficeDocument | None = None
    file_is_public_kind: bool = True
    #: The file was found dangerous.
    file_is_quarantined: bool = False
    host: str = "testserver"
    #: The page is live itself, but stands in a section that is closed.
    in_closed_section: bool = False

    @property
    def is_shown(self) -> bool:
        """Whether the public may see the page."""
        return self.state is State.LIVE and not self.in_closed_section

    @property
    def file_is_shown(self) -> bool:
        """Whether the public may take the file along."""
        return self.is_shown and self.file_is_public_kind

    def __str__(self):
        section = " in a closed section" if self.in_closed_section else ""
        danger = " with a dangerous file" if self.file_is_quarantined else ""
        return f"{self.kind} {self.state.value}{section}{danger}"


@dataclass
class World:
    """Two offices: one open, one whose sections are closed to who has not signed in."""

    office: Office
    closed: Office
    items: list[Item] = field(default_factory=list)

    def of(self, *kinds: str) -> list[Item]:
        """Items of these kinds."""
        return [item for item in self.items if item.kind in kinds]


_FACTORIES = {
    "regulation": factories.RegulationPageFactory,
    "dip": factories.DIPEntryPageFactory,
    "report": factories.ServiceReportPageFactory,
    "dataset": factories.OpenDatasetPageFactory,
    "exempted": factories.ExemptedInformationPageFactory,
    "sop": factories.SOPPageFactory,
    "announcement": factories.AnnouncementPageFactory,
    "profile": factories.ProfilePageFactory,
}
KINDS = tuple(_FACTORIES)
#: Kinds of which the other office closes the section; of the others a single page is closed, of regulations both.
#: (Every restriction makes every question about visibility a little dearer, and a kind needs but one of the two.)
IN_CLOSED_SECTIONS = ("regulation", "dip", "report", "dataset", "announcement")
WITHOUT_FILES = ("announcement", "profile")


def _words() -> Iterator[str]:
    """Made-up words far from each other and from Indonesian."""
    syllables = ("qux", "zyf", "wov", "jek", "xab", "vud", "hyr", "gix", "fyz", "poq")
    for number in range(1000):
        yield "".join(syllables[int(digit)] for digit in f"{number:03}") + "q"


def build() -> World:
    """Fill the database."""
    office = factories.shared_office()
    world = World(office, factories.OfficeFactory(kode_wilayah="36", name="KPU Banten", level="provinsi"))
    words = _words()
    for kind in KINDS:
        for state in State:
            if state is not State.PRIVATE or kind == "regulation" or kind not in IN_CLOSED_SECTIONS:
                world.items.append(_item(kind, state, office, words))
    world.items.append(_shared_with_exempted(office, words))
    world.items.append(_item("regulation", State.LIVE, office, words, quarantined=True))
    for kind in IN_CLOSED_SECTIONS:
        item = _item(kind, State.LIVE, world.closed, words)
        item.in_closed_section = True
        world.items.append(item)
        section = factories.section_of(world.closed, _FACTORIES[kind].section_model)
        PageViewRestriction.objects.create(page=section, restriction_type=PageViewRestriction.LOGIN)
    return world


def _item(kind: str, state: State, office: Office, words: Iterator[str], quarantined: bool = False) -> Item:
    word, file_word = next(words), "" if kind in WITHOUT_FILES else next(words)
    document = _document(office, file_word) if file_word else None
    if document and quarantined:
        OfficeDocument.objects.filter(pk=document.pk).update(scan_state=ScanState.INFECTED)
    year = SECRET_YEAR + list(State).index(state) if state is not State.LIVE else 2023
    fields: dict = {"title": f"Data {COMMON_WORD} {word}", "office": office, "state": state}
    if kind == "profile":
        fields["intro"] = f"Tentang {COMMON_WORD} {word}"
    else:
        fields["ringkasan"] = f"Ringkasan {COMMON_WORD} {word}"
    match kind:
        case "regulation":
            fields["nomor"] = f"{list(State).index(state) + 11} Tahun {year}"
            fields["tanggal_penetapan"] = None
        case "dip":
            fields["klasifikasi"] = "setiap_saat"
        case "report":
            fields["tahun"] = 2015 + list(State).index(state)
        case "announcement":
            fields["is_banner"] = True
    if document:
        match kind:
            case "sop":
                fields["document"] = document
            case "exempted":
                fields["dokumen_induk"] = document
            case _:
                fields["files"] = [document]
    page = _FACTORIES[kind](**fields)
    return Item(
        kind,
        state,
        word,
        page.pk or 0,
        _path(office, page),
        year=year if kind == "regulation" else 0,
        file_word=file_word,
        document=document,
        file_is_public_kind=kind != "exempted" and not quarantined,
        file_is_quarantined=quarantined,
        host=office.site.hostname,
    )


def _shared_with_exempted(office: Office, words: Iterator[str]) -> Item:
    """A live regulation whose file is also the master of an exempted entry still in the making."""
    item = _item("regulation", State.LIVE, office, words)
    factories.ExemptedInformationPageFactory(office=office, draft=True, dokumen_induk=item.document)
    item.file_is_public_kind = False
    return item


def _document(office: Office, word: str) -> OfficeDocument:
    return factories.DocumentFactory(
        office=office,
        title=f"Naskah {word}",
        file_name=f"{word}.pdf",
        texts=["Halaman judul", f"Isi tentang {COMMON_WORD} dan {word}"],
    )


def _path(office: Office, page: Page) -> str:
    """The page's address on its office's site, also of a page that is gone."""
    return "/" + page.url_path.removeprefix(office.home_page.url_path)
