"""A new office in one step: collection, site, page tree, groups, workflow.

Idempotent: what exists is left as it is, what is missing is added, so a broken-off run is simply run again.
"""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from wagtail.models import Collection, Page, Site
from wagtail.signals import page_published

from catalogue.models import (
    DatasetIndexPage,
    DIPIndexPage,
    ExemptedIndexPage,
    RegulationIndexPage,
    ReportIndexPage,
)
from catalogue.workflow.definitions import assign_workflows
from home.models import (
    AnnouncementIndexPage,
    FAQPage,
    GlossaryPage,
    HomePage,
    Office,
    ProfileIndexPage,
    SOPIndexPage,
    StandardPage,
)
from home.roles import create_groups


@dataclass(frozen=True)
class OfficeSpec:
    """What it takes to set up an office; `fields` are further fields of `Office` (address, hours, …)."""

    kode_wilayah: str
    name: str
    level: str
    nama_lembaga: str
    kota: str
    alamat: str
    hostname: str
    port: int = 80
    is_default_site: bool = False
    parent: Office | None = None
    fields: dict = field(default_factory=dict)


_SECTIONS: tuple[tuple[type[Page], str, str], ...] = (
    (RegulationIndexPage, "regulasi", "Regulasi"),
    (DIPIndexPage, "dip", "Daftar Informasi Publik"),
    (ExemptedIndexPage, "informasi-dikecualikan", "Informasi Dikecualikan"),
    (ReportIndexPage, "laporan", "Laporan Layanan Informasi"),
    (DatasetIndexPage, "data-terbuka", "Data Terbuka"),
    (ProfileIndexPage, "profil", "Profil"),
    (SOPIndexPage, "sop", "SOP Layanan Informasi"),
    (FAQPage, "tanya-jawab", "Tanya Jawab"),
    (AnnouncementIndexPage, "pengumuman", "Pengumuman"),
    (GlossaryPage, "istilah", "Daftar Istilah"),
)

_further_sections: list[tuple[type[Page], str, str]] = []


def register_section(model: type[Page], slug: str, title: str) -> None:
    """Give every office a further page below its home page; rooms above register theirs in AppConfig.ready()."""
    if (model, slug, title) not in _further_sections:
        _further_sections.append((model, slug, title))


_COUNTER = (
    "<p>Sampai formulir daring tersedia, ajukan di meja layanan kami pada jam layanan: {hours}. "
    "Alamat: {address}.</p>"
)

_STANDARD_PAGES: tuple[tuple[str, str, str, str], ...] = (
    (
        "permohonan",
        "Ajukan Permohonan Informasi",
        "Tidak menemukan yang Anda cari? Mintalah kepada kami.",
        _COUNTER
        + "<h2>Yang perlu Anda siapkan</h2><ul><li>Nama dan alamat, serta tanda pengenal (untuk badan hukum: "
        "akta pendirian dan pengesahannya).</li><li>Nomor telepon atau surel.</li><li>Informasi yang Anda perlukan dan "
        "untuk apa.</li><li>Cara Anda ingin memperolehnya: melihat, atau mendapat salinan.</li></ul>"
        "<p>Anda menerima nomor pendaftaran sebagai tanda terima. Salinan digital tidak dikenai biaya.</p>",
    ),
    (
        "keberatan",
        "Ajukan Keberatan",
        "Tidak puas dengan jawaban kami? Anda berhak mengajukan keberatan kepada Atasan PPID.",
        _COUNTER
        + "<h2>Alasan yang dapat diajukan</h2><ul><li>Permohonan informasi ditolak.</li><li>Informasi berkala tidak "
        "disediakan.</li><li>Permintaan informasi tidak ditanggapi.</li><li>Permintaan informasi ditanggapi tidak "
        "sebagaimana yang diminta.</li><li>Permintaan informasi tidak dipenuhi.</li><li>Biaya yang dikenakan tidak "
        "wajar.</li><li>Informasi disampaikan melebihi jangka waktu yang ditentukan.</li></ul>",
    ),
    (
        "lacak",
        "Lacak Permohonan",
        "Tanyakan sampai di mana permohonan Anda.",
        _COUNTER + "<p>Sebutkan nomor pendaftaran pada tanda terima Anda.</p>",
    ),
    (
        "aksesibilitas",
        "Aksesibilitas",
        "Situs ini dibuat agar dapat dipakai semua orang.",
        "<p>Semua halaman dapat dibaca dengan pembaca layar dan dijalankan dengan papan tik. Teks berkas dapat dibaca "
        "di situs ini tanpa membuka PDF. Bila Anda menemui hambatan, hubungi kami; kami bantu membacakan "
        "atau menyediakan bentuk lain.</p>",
    ),
    (
        "privasi",
        "Privasi",
        "Apa yang kami catat ketika Anda memakai situs ini.",
        "<p>Anda dapat mencari dan membaca tanpa mendaftar. Situs ini tidak memasang pelacak pihak ketiga. Kata yang "
        "dicari dicatat tanpa keterangan siapa yang mencarinya, untuk mengetahui informasi apa yang belum "
        "tersedia.</p>"
        "<p>Bila Anda minta dikabari lewat surel tentang sebuah pencarian, kami menyimpan alamat surel Anda dalam "
        "keadaan terenkripsi, hanya untuk itu, dan menghapusnya begitu Anda berhenti berlangganan.</p>",
    ),
)


@transaction.atomic
def create_office(spec: OfficeSpec) -> Office:
    """Create or complete an office's site, file collection, page tree, groups and workflow, and return the office."""
    office = Office.objects.filter(kode_wilayah=spec.kode_wilayah).first()
    if office is None:
        home_page = _add_home_page(spec)
        site = _point_site(spec, home_page)
        office = Office(
            kode_wilayah=spec.kode_wilayah,
            name=spec.name,
            level=spec.level,
            nama_lembaga=spec.nama_lembaga,
            kota=spec.kota,
            alamat=spec.alamat,
            parent=spec.parent,
            site=site,
            **spec.fields,
        )
        office.full_clean()
        office.save()
    if office.collection is None:
        root = Collection.get_first_root_node()
        office.collection = root.add_child(name=f"Dokumen {office.name}")
        office.save(update_fields=["collection"])
    add_sections(office)
    create_groups(office)
    assign_workflows(office)
    return office


def add_sections(office: Office) -> None:
    """Add the section pages that the office's tree still lacks, published."""
    home_page = office.site.root_page.specific
    taken = set(home_page.get_children().values_list("slug", flat=True))
    for model, slug, title in (*_SECTIONS, *_further_sections):
        if slug not in taken:
            _add_live(home_page, model(title=title, slug=slug))
    address = office.alamat
    hours = f"{office.service_days_label}, {office.hours_label}"
    for slug, title, intro, body in _STANDARD_PAGES:
        if slug not in taken:
            text = body.format(hours=hours, address=address) if "{hours}" in body else body
            _add_live(home_page, StandardPage(title=title, slug=slug, intro=intro, body=text))


def _add_live(parent: Page, page: Page) -> None:
    """Add a page that is live from the start; its history begins with the first edit."""
    page.first_published_at = page.last_published_at = timezone.now()
    parent.add_child(instance=page)
    page_published.send(sender=type(page), instance=page, revision=None)


def _add_home_page(spec: OfficeSpec) -> HomePage:
    """Add the office's home page below the root, and drop the welcome page that Wagtail ships with."""
    root = Page.get_first_root_node()
    Page.objects.filter(
        depth=2, slug="home", content_type__model="page", sites_rooted_here__isnull=False
    ).update(slug="wagtail-welcome")
    home_page = HomePage(title=spec.name, slug=f"kpu-{spec.kode_wilayah}")
    _add_live(root, home_page)
    return home_page


def _point_site(spec: OfficeSpec, home_page: HomePage) -> Site:
    """Return the site at the office's host, rooted at its home page; the shipped default site is taken over."""
    site = Site.objects.filter(hostname=spec.hostname, port=spec.port).first()
    if site is None and spec.is_default_site:
        site = Site.objects.filter(is_default_site=True, office__isnull=True).first()
    if site is None:
        site = Site(hostname=spec.hostname, port=spec.port)
    shipped_root = site.root_page if site.pk else None
    site.hostname, site.port, site.site_name = spec.hostname, spec.port, spec.name
    site.root_page, site.is_default_site = home_page, spec.is_default_site
    site.save()
    if shipped_root is not None and shipped_root.slug == "wagtail-welcome":
        Page.objects.get(pk=shipped_root.pk).delete()
    return site
