"""Every public address, and who may see what there. A new address must get a row (`test_matrix.py` insists).

A row asks an address for every page or file that it concerns, or once for all of them, and says for each what must
and must not be seen. There are no forbidden things: what somebody may not see is not there.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from tests.access.world import COMMON_WORD, WITHOUT_FILES, Item
from tests.factories import State


class Visitor(Enum):
    """Who asks."""

    PUBLIC = "the public"
    OTHER_OFFICER = "an editor of another office"
    OFFICER = "an editor of this office"
    ADMIN = "an administrator"


Rule = Callable[[Item, Visitor], bool]


@dataclass(frozen=True)
class Row:
    """One address. `covers` is a URL pattern, a page model, or `Model: sub-route`, as `test_matrix.py` lists them.

    `url` makes the address: of an item, or with `once` of the whole site (then the answer is searched for the words of
    all items of `kinds`). `marked` says by which word an item is known there: the page's or the file's. With
    `complete`, what may be seen must be seen; else only the rest must not.
    """

    covers: str
    url: Callable[..., str]
    rule: Rule
    kinds: tuple[str, ...]
    once: bool = False
    marked: str = "page"
    complete: bool = True

    def word(self, item: Item) -> str:
        """The word by which the item would be known in an answer."""
        return item.word if self.marked == "page" else item.file_word

    @property
    def visitors(self) -> tuple[Visitor, ...]:
        """Who asks: everybody; where all are to get the same, those who may least and most."""
        same_for_all = self.rule in (as_the_public, as_the_public_may_take_it, once_public)
        return (Visitor.PUBLIC, Visitor.ADMIN) if same_for_all else tuple(Visitor)

    @property
    def from_store(self) -> bool:
        """Whether the address gives something that lies in the store of files."""
        return self.rule in (a_file, a_picture_of_a_file, an_upload)


# --- rules ------------------------------------------------------------------------------------------------------------


def as_the_public(item: Item, visitor: Visitor) -> bool:
    """The same for everybody: what is public now."""
    return item.is_shown


def as_the_public_may_take_it(item: Item, visitor: Visitor) -> bool:
    """The same for everybody: files that are public now."""
    return item.file_is_shown


def a_page(item: Item, visitor: Visitor) -> bool:
    """A page closed by a view restriction opens for who signs in; nothing else does."""
    closed = item.state is State.PRIVATE or item.in_closed_section
    return item.is_shown or (closed and visitor is not Visitor.PUBLIC)


def a_file_on_a_page(item: Item, visitor: Visitor) -> bool:
    """Who may open a page reads the names of its files, but never of one that must stay private."""
    return a_page(item, visitor) and item.file_is_public_kind


def a_file(item: Item, visitor: Visitor) -> bool:
    """A file that is not public opens only for the officers of its own office, who work with it; a dangerous one for
    none of them."""
    if item.file_is_quarantined:
        return visitor is Visitor.ADMIN
    if item.in_closed_section:
        return visitor in (Visitor.OTHER_OFFICER, Visitor.ADMIN)
    return item.file_is_shown or visitor in (Visitor.OFFICER, Visitor.ADMIN)


def a_picture_of_a_file(item: Item, visitor: Visitor) -> bool:
    """Of a file that must never be public there is no picture, not even for officers, as long as its entry says so."""
    was_exempted = item.kind == "exempted" and item.state is State.DELETED
    return (item.file_is_public_kind or was_exempted) and a_file(item, visitor)


def once_public(item: Item, visitor: Visitor) -> bool:
    """The same for everybody: files that are or were public, unless they are closed since."""
    was_public = (
        item.state not in (State.DRAFT, State.SCHEDULED, State.PRIVATE) and not item.in_closed_section
    )
    return was_public and item.file_is_public_kind and not item.file_is_quarantined


def an_upload(item: Item, visitor: Visitor) -> bool:
    """What a published file was made from names people: it opens for the office's own officers, published or not."""
    if item.file_is_quarantined:
        return visitor is Visitor.ADMIN
    own = Visitor.OTHER_OFFICER if item.in_closed_section else Visitor.OFFICER
    return visitor in (own, Visitor.ADMIN)


# --- making rows ------------------------------------------------------------------------------------------------------


def listing(covers: str, path: str, *kinds: str, complete: bool = True) -> list[Row]:
    """A list shows the public pages of its kinds, and of files only the public ones."""
    files = tuple(kind for kind in kinds if kind not in WITHOUT_FILES)
    return [
        Row(covers, lambda world: path, as_the_public, kinds, once=True, complete=complete),
        Row(
            covers,
            lambda world: path,
            as_the_public_may_take_it,
            files,
            once=True,
            marked="file",
            complete=False,
        ),
    ]


def page(model: str, *kinds: str) -> list[Row]:
    """A page's own address; on it no file is named that is withheld."""
    return [
        Row(model, lambda item: item.path, a_page, kinds),
        Row(model, lambda item: item.path, a_file_on_a_page, kinds, marked="file", complete=False),
    ]


def single(name: str, *kinds: str) -> list[Row]:
    """A page's JSON; in it only public files are named."""

    def url(item: Item) -> str:
        return f"/api/v1/{name}/{item.page_id}"

    covers = f"api/v1/{name}/<int:pk>"
    return [
        Row(covers, url, as_the_public, kinds),
        Row(covers, url, as_the_public_may_take_it, kinds, marked="file", complete=False),
    ]


WITH_FILES = ("regulation", "dip", "report", "dataset", "exempted", "sop")
CATALOGUE = ("regulation", "dip", "report", "dataset", "exempted")
EVERYTHING = (*WITH_FILES, *WITHOUT_FILES)


def of_file(covers: str, suffix: Callable[[Item], str], rule: Rule, prefix: str = "/dokumen/") -> list[Row]:
    """An address of a file. Regulations stand for all kinds whose files are public."""
    return [
        Row(
            covers,
            lambda item: f"{prefix}{item.document.pk}{suffix(item)}",
            rule,
            ("regulation", "exempted"),
            marked="file",
        )
    ]


def search(query: str) -> list[Row]:
    """A search that would find every page and every file, on the page and in the API."""
    rows = []
    for covers, path in (("cari/", "/cari/"), ("api/v1/search", "/api/v1/search")):
        url = f"{path}?{query}"
        rows += [
            Row(covers, lambda world, url=url: url, as_the_public, EVERYTHING, once=True),
            Row(
                covers,
                lambda world, url=url: url,
                as_the_public_may_take_it,
                WITH_FILES,
                once=True,
                marked="file",
                complete=False,
            ),
        ]
    return rows


def misspelt(word: str) -> str:
    """A word with a typing mistake."""
    return word[:-2] + word[-1]


def shown(world) -> Item:
    """A regulation that everybody may see."""
    return next(item for item in world.of("regulation") if item.is_shown)


def half_typed(word: str) -> str:
    """The beginning of a word, so written that the answer's own words are not taken for an echo of the question."""
    return "".join(f"%{ord(letter):02x}" for letter in word[:-1])


ROWS: list[Row] = [
    # --- pages and lists as HTML
    *listing("HomePage", "/", *EVERYTHING, complete=False),
    *listing("RegulationIndexPage", "/regulasi/", "regulation"),
    *listing("DIPIndexPage", "/dip/", "dip"),
    *listing("DIPIndexPage: berkala/", "/dip/berkala/", "dip", complete=False),
    *listing("DIPIndexPage: serta-merta/", "/dip/serta-merta/", "dip", complete=False),
    *listing("DIPIndexPage: setiap-saat/", "/dip/setiap-saat/", "dip"),
    *listing("ExemptedIndexPage", "/informasi-dikecualikan/", "exempted"),
    *listing("ReportIndexPage", "/laporan/", "report"),
    *listing("DatasetIndexPage", "/data-terbuka/", "dataset"),
    *listing("SOPIndexPage", "/sop/", "sop"),
    *listing("AnnouncementIndexPage", "/pengumuman/", "announcement"),
    *listing("ProfileIndexPage", "/profil/", "profile"),
    *listing("FAQPage", "/tanya-jawab/", *EVERYTHING, complete=False),
    *listing("GlossaryPage", "/istilah/", *EVERYTHING, complete=False),
    *listing("PojokPage", "/pojok/", *EVERYTHING, complete=False),
    *listing("pojok/isi", "/pojok/isi", *EVERYTHING, complete=False),
    *listing("pojok/data.json", "/pojok/data.json", *EVERYTHING, complete=False),
    *listing("StandardPage", "/permohonan/", *EVERYTHING, complete=False),
    *page("RegulationPage", "regulation"),
    Row(
        "RegulationPage: abstrak/",
        lambda item: f"{item.path}abstrak/",
        a_page,
        ("regulation",),
    ),
    *page("DIPEntryPage", "dip"),
    *page("ExemptedInformationPage", "exempted"),
    *page("ServiceReportPage", "report"),
    *page("OpenDatasetPage", "dataset"),
    *page("SOPPage", "sop"),
    *page("AnnouncementPage", "announcement"),
    *page("ProfilePage", "profile"),
    # --- files
    *of_file("dokumen/<int:document_id>/<str:name>", lambda item: f"/{item.document.filename}", a_file),
    *of_file("dokumen/<int:document_id>/teks/", lambda item: "/teks/", a_file),
    *of_file("dokumen/<int:document_id>/gambar", lambda item: "/gambar", a_picture_of_a_file),
    *of_file(
        "dokumen/<int:document_id>/asli/<str:name>", lambda item: f"/asli/{item.document.filename}", an_upload
    ),
    *of_file(
        "dokumen/<int:document_id>/salinan/<str:name>",
        lambda item: f"/salinan/{item.document.filename}",
        a_file,
    ),
    *of_file(
        "dokumen/<int:document_id>/versi/<int:number>/<str:name>",
        lambda item: f"/versi/1/lama-{item.file_word}.pdf",
        a_file,
    ),
    *of_file("dokumen/<int:document_id>/", lambda item: "/", a_file),
    *of_file("dokumen/<int:document_id>/label/", lambda item: "/label/", a_file),
    # --- genuine or not: what was never public is unknown; what was stays named, save what is closed since
    *(
        Row(
            covers,
            lambda item, path=path: path.format(sha256=item.document.sha256),
            once_public,
            ("regulation", "exempted"),
            marked="file",
            complete=complete,
        )
        for covers, path, complete in (
            ("verifikasi/<str:fingerprint>", "/verifikasi/{sha256}", False),
            ("api/v1/verification/<sha256>", "/api/v1/verification/{sha256}", False),
        )
    ),
    *(
        Row(
            covers,
            lambda world, path=path: path,
            once_public,
            WITH_FILES,
            once=True,
            marked=marked,
            complete=False,
        )
        for covers, path in (
            ("verifikasi/", "/verifikasi/"),
            ("verifikasi/catatan/", "/verifikasi/catatan/"),
            ("verifikasi/catatan.jsonl", "/verifikasi/catatan.jsonl"),
            ("api/v1/publication-log", "/api/v1/publication-log?ukuran=100"),
        )
        for marked in ("page", "file")
    ),
    *of_file(
        r"documents/^(\d+)/(.*)$", lambda item: f"/{item.document.filename}", a_file, prefix="/documents/"
    ),
    # --- the API
    *listing("api/v1/home", "/api/v1/home", *EVERYTHING, complete=False),
    *listing("api/v1/pages", "/api/v1/pages?ukuran=100", "profile"),
    *listing("api/v1/regulations", "/api/v1/regulations?ukuran=100", "regulation"),
    *listing("api/v1/dip", "/api/v1/dip?ukuran=100", "dip"),
    *listing("api/v1/exempted", "/api/v1/exempted?ukuran=100", "exempted"),
    *listing("api/v1/reports", "/api/v1/reports?ukuran=100", "report"),
    *listing("api/v1/datasets", "/api/v1/datasets?ukuran=100", "dataset"),
    *listing("api/v1/sop", "/api/v1/sop?ukuran=100", "sop"),
    *listing("api/v1/announcements", "/api/v1/announcements?ukuran=100", "announcement"),
    *listing("api/v1/", "/api/v1/", *EVERYTHING, complete=False),
    *listing("api/v1/office", "/api/v1/office", *EVERYTHING, complete=False),
    *listing("api/v1/faq", "/api/v1/faq", *EVERYTHING, complete=False),
    *listing("api/v1/glossary", "/api/v1/glossary", *EVERYTHING, complete=False),
    *listing("api/v1/docs", "/api/v1/docs", *EVERYTHING, complete=False),
    *listing("api/v1/openapi.json", "/api/v1/openapi.json", *EVERYTHING, complete=False),
    *single("pages", "profile"),
    *single("regulations", "regulation"),
    *single("dip", "dip"),
    *single("exempted", "exempted"),
    *single("reports", "report"),
    *single("datasets", "dataset"),
    *single("sop", "sop"),
    *single("announcements", "announcement"),
    *of_file("api/v1/files/<int:pk>", lambda item: "", as_the_public_may_take_it, prefix="/api/v1/files/"),
    *of_file(
        "api/v1/files/<int:pk>/pages",
        lambda item: "/pages",
        as_the_public_may_take_it,
        prefix="/api/v1/files/",
    ),
    *of_file(
        "api/v1/files/<int:pk>/pages/<int:number>",
        lambda item: "/pages/2",
        as_the_public_may_take_it,
        prefix="/api/v1/files/",
    ),
    # --- parts on other sites
    *listing("pojok/embed/<str:name>/", "/pojok/embed/terbaru/?jumlah=20", *EVERYTHING, complete=False),
    *listing("pojok/embed/<str:name>/", "/pojok/embed/angka/?format=json", *EVERYTHING, complete=False),
    *listing("pojok/embed/grafik/<str:name>/", "/pojok/embed/grafik/unduhan/", *EVERYTHING, complete=False),
    *listing(
        "pojok/embed/grafik/<str:name>.svg", "/pojok/embed/grafik/unduhan.svg", *EVERYTHING, complete=False
    ),
    *of_file(
        "pojok/embed/dokumen/<str:number>/",
        lambda item: "/?halaman=2",
        as_the_public_may_take_it,
        prefix="/pojok/embed/dokumen/",
    ),
    *of_file(
        "pojok/embed/", lambda item: "", as_the_public_may_take_it, "/pojok/embed/?bagian=dokumen&dokumen="
    ),
    Row(
        "oembed",
        lambda item: f"/oembed?url=http://{item.host}{item.path}",
        as_the_public_may_take_it,
        WITH_FILES,
        marked="file",
        complete=False,
    ),
    Row(  # of a withdrawn file it is told that it was withdrawn
        "oembed",
        lambda item: f"/oembed?url=http://{item.host}/dokumen/{item.document.pk}/",
        once_public,
        WITH_FILES,
        marked="file",
        complete=False,
    ),
    # --- search
    *search(f"q={COMMON_WORD}&ukuran=50"),
    *search(f"q={COMMON_WORD}&ukuran=50&lingkup=semua"),
    *search(f"q={COMMON_WORD}&ukuran=50&urut=terbaru&persis=1"),
    # --- feeds
    *listing("feed/", "/feed/", *(kind for kind in EVERYTHING if kind != "profile")),
    *listing("feed/", "/feed/?format=rss", *EVERYTHING, complete=False),
    *listing("cari/feed/", f"/cari/feed/?q={COMMON_WORD}", *EVERYTHING),
    *listing("cari/feed/", f"/cari/feed/?q={COMMON_WORD}&lingkup=semua&format=rss", *EVERYTHING),
    # --- following a search: it is named in words, also one for what resembles a page
    *(
        Row(
            covers,
            lambda item, covers=covers: f"/{covers}?serupa={item.page_id}",
            as_the_public,
            EVERYTHING,
            complete=False,
        )
        for covers in ("cari/langganan/", "cari/langganan/diminta/")
    ),
    # A suggestion ("Maksud Anda …?") would give a word away.
    Row(
        "cari/",
        lambda item: f"/cari/?q={misspelt(item.word)}&lingkup=semua",
        as_the_public,
        ("regulation", "exempted"),
        complete=False,
    ),
    Row(
        "api/v1/search",
        lambda item: f"/api/v1/search?q={misspelt(item.file_word)}&lingkup=semua",
        as_the_public_may_take_it,
        ("regulation", "exempted"),
        marked="file",
        complete=False,
    ),
    # --- what resembles a page: names that page, shows others
    *(
        Row(
            covers,
            lambda item, path=path: f"{path}?serupa={item.page_id}&lingkup=semua&ukuran=50",
            as_the_public,
            ("regulation", "dip", "exempted", "profile"),
            complete=False,
        )
        for covers, path in (("cari/", "/cari/"), ("api/v1/search", "/api/v1/search"))
    ),
    Row(
        "cari/",
        lambda world: f"/cari/?serupa={shown(world).page_id}&lingkup=semua&ukuran=50",
        as_the_public,
        EVERYTHING,
        once=True,
        complete=False,
    ),
    # --- statistics: what is counted is named only while it is public, at every level
    *(
        Row(
            covers,
            lambda world, path=path, level=level: f"/statistik/{path}?tingkat={level}",
            as_the_public if marked == "page" else as_the_public_may_take_it,
            EVERYTHING if marked == "page" else WITH_FILES,
            once=True,
            marked=marked,
            complete=(path, marked) in (("halaman/", "page"), ("unduhan/", "file")),
        )
        for covers, path in (
            ("statistik/", ""),
            ("statistik/<slug:name>/", "halaman/"),
            ("statistik/<slug:name>/", "unduhan/"),
            ("statistik/<slug:name>/", "unggahan/"),
            ("statistik/<slug:name>/", "pembaruan/"),
        )
        for level in ("kantor", "nasional")
        for marked in ("page", "file")
    ),
    *(
        Row(
            "statistik/halaman/<int:page_id>/",
            lambda item, form=form: f"/statistik/halaman/{item.page_id}/?tingkat=nasional{form}",
            as_the_public,
            EVERYTHING,
        )
        for form in ("", "&format=csv", "&format=json")
    ),
    *(
        Row(
            covers,
            lambda item, path=path: f"/statistik/{path.format(item.document.pk)}",
            as_the_public_may_take_it,
            ("regulation", "exempted"),
            marked="file",
        )
        for covers, path in (
            ("statistik/unduhan/<int:document_id>/", "unduhan/{}/"),
            ("statistik/unduhan/<int:document_id>/", "unduhan/{}/?format=json"),
            ("statistik/grafik/<slug:name>.svg", "grafik/berkas.svg?berkas={}"),
            ("statistik/grafik/<slug:name>.png", "grafik/berkas.png?berkas={}"),
        )
    ),
    # --- suggestions while somebody types
    *(
        Row(
            covers,
            lambda item, path=path: f"/{path}?q={half_typed(item.word)}&lingkup=semua",
            as_the_public,
            kinds,
            complete=False,
        )
        for covers, path, kinds in (
            ("cari/saran", "cari/saran", EVERYTHING),
            ("api/v1/search/suggest", "api/v1/search/suggest", ("regulation", "exempted")),
        )
    ),
    Row(
        "cari/saran",
        lambda item: f"/cari/saran?q={half_typed(item.file_word)}&lingkup=semua",
        as_the_public_may_take_it,
        ("regulation", "exempted"),
        marked="file",
        complete=False,
    ),
]

#: Addresses without a row, and why.
WITHOUT_ROW = {
    "statistik/kunjungan": "takes the report of a view, answers nothing",
    "statistik/kunjungan.gif": "takes the report of a view, answers with an empty picture",
    "documents/authenticate_with_password/<int:restriction_id>/": "asks for the password of a closed collection",
    "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/": "asks for a page's password",
    "_util/login/": "the sign-in form",
    "gaya/": "development only; shows made-up samples",
    "cari/langganan/kelola/": "one subscription, behind the key in its mail; tests/search/test_saved_searches.py",
    "cari/langganan/berhenti/": "ends that subscription",
    r"pojok/^embed/warna/(?P<colour>[0-9a-f]{6})\.css$": "a stylesheet, made of the colour in its address",
    r"pojok/^embed/(?:[^/.]+/){2,}$": "answers that there is no such part; tests/pojok/test_embeds.py",
    "pojok/luring.js": "a script, the same for everybody",
    r"api/v1/^(?P<rest>.*)$": "answers that there is no such address",
    r"^((?:[\w\-]+/)*)$": "the page tree: has a row a page model",
    "Page": "never made: the base of all pages",
    "CataloguePage": "never made: the base of all entries",
    "StructurePage": "made of the same parts as ProfilePage, below the same section",
}
