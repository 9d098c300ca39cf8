"""The catalogue's lists in the admin: one a kind, named as in the office's own dashboard."""

from django.db.models import DateField, Prefetch, Value
from django.utils.html import format_html
from wagtail_modeladmin.options import ModelAdminGroup

from catalogue.admin_filters import (
    ClassFilter,
    EffectiveStatusFilter,
    ExemptionGapFilter,
    FileFilter,
    OverdueFilter,
    PublicationYearFilter,
    ReportStatusFilter,
    TypeFilter,
    UnitFilter,
    YearFilter,
    office_today,
)
from catalogue.enums import ExemptionStatus, RegulationStatus
from catalogue.models import (
    CatalogueFile,
    ConsequenceTest,
    DIPEntryPage,
    ExemptedInformationPage,
    OpenDatasetPage,
    RegulationPage,
    ServiceReportPage,
)
from documents.enums import INCOMPLETE_STATES, UNFINISHED_STATES
from home.admin_base import (
    DAY,
    OfficeFilter,
    OfficePageAdmin,
    OfficeRowAdmin,
    OfficeRowPermissionHelper,
    StateFilter,
)
from home.scope import offices_of

CRITICAL = '<span class="w-status w-status--critical">{}</span>'


class EntryAdmin(OfficePageAdmin):
    """What the lists of all kinds of entries share."""

    search_fields = ("title", "ringkasan")
    inspect_view_fields = (
        "title",
        "state",
        "ringkasan",
        "unit_kerja",
        "file_names",
        "last_published_at",
        "public_url",
    )

    def get_queryset(self, request):
        """Entries with unit, files and today's date at the office, in a fixed number of queries."""
        files = CatalogueFile.objects.select_related("document")
        entries = super().get_queryset(request).annotate(today=Value(office_today(request), DateField()))
        return entries.select_related("unit_kerja").prefetch_related(Prefetch("files", files))

    def file_state(self, entry):
        """How many files there are, and whether their text can be searched."""
        documents = [attachment.document for attachment in entry.files.all()]
        if not documents:
            return format_html(CRITICAL, "tidak ada")
        states = {document.extraction_state for document in documents}
        word = f"{len(documents)} berkas"
        if states & set(UNFINISHED_STATES):
            return f"{word}, sedang dibaca"
        if states & set(INCOMPLETE_STATES):
            return f"{word}, teks tidak lengkap"
        return word

    file_state.short_description = "berkas"

    def file_names(self, entry) -> str:
        """Names of the files."""
        return "; ".join(attachment.document.title for attachment in entry.files.all())

    file_names.short_description = "nama berkas"

    def unit(self, entry):
        """Name of the unit."""
        return entry.unit_kerja.name if entry.unit_kerja else ""

    unit.short_description = "unit kerja"
    unit.admin_order_field = "unit_kerja__name"


class RegulationAdmin(EntryAdmin):
    """Regulasi."""

    model = RegulationPage
    menu_label = "Regulasi"
    menu_icon = "doc-full"
    menu_order = 40
    export_name = "regulasi"
    list_display = ("title", "citation", "effective_status", "unit", "file_state", "state", "updated")
    list_filter = (
        StateFilter,
        TypeFilter,
        YearFilter,
        EffectiveStatusFilter,
        FileFilter,
        UnitFilter,
        OfficeFilter,
    )
    search_fields = ("title", "nomor", "nomor_kunci", "tentang", "ringkasan")
    ordering = ("-tahun", "jenis", "nomor_urut")
    list_export = (
        "jenis", "nomor", "tahun", "title", "tentang", "ringkasan", "tanggal_penetapan", "tanggal_pengundangan",
        "tanggal_berlaku", "effective_status", "unit", "file_names", "state", "published", "public_url",
    )  # fmt: skip
    inspect_view_fields = (
        "title", "citation", "tentang", "state", "effective_status", "tanggal_penetapan", "tanggal_berlaku",
        "ringkasan", "unit_kerja", "file_names", "public_url",
    )  # fmt: skip

    def get_queryset(self, request):
        """Regulations with their effective status today."""
        return super().get_queryset(request).with_status(office_today(request))

    def effective_status(self, page):
        """Effective status today."""
        code = getattr(page, "status_code", None) or page.status_now.code
        return RegulationStatus(code).label

    effective_status.short_description = "status hukum"
    effective_status.admin_order_field = "status_code"

    def citation(self, page):
        """How the regulation is cited."""
        return page.citation

    citation.short_description = "nomor"
    citation.admin_order_field = "nomor_urut"


class DIPEntryAdmin(EntryAdmin):
    """Daftar Informasi Publik Online: the columns of form Model PPID-A."""

    model = DIPEntryPage
    menu_label = "Daftar Informasi Publik Online"
    menu_icon = "list-ul"
    menu_order = 50
    export_name = "dip"
    list_display = ("title", "nomor", "klasifikasi", "unit", "due", "file_state", "state", "updated")
    list_filter = (
        StateFilter,
        ClassFilter,
        OverdueFilter,
        FileFilter,
        PublicationYearFilter,
        UnitFilter,
        OfficeFilter,
    )
    search_fields = ("title", "nomor", "ringkasan", "pejabat_penanggung_jawab")
    ordering = ("klasifikasi", "nomor_urut")
    list_export = (
        "nomor", "title", "ringkasan", "klasifikasi", "kind", "unit", "pejabat_penanggung_jawab", "tanggal_penerbitan",
        "tahun_penerbitan", "tempat_penerbitan", "bentuk_informasi", "retensi_arsip", "periode_pembaruan",
        "tanggal_pemutakhiran", "jatuh_tempo_pembaruan", "file_names", "tautan_eksternal", "state", "published",
        "public_url",
    )  # fmt: skip
    inspect_view_fields = (
        "nomor", "title", "klasifikasi", "state", "ringkasan", "unit_kerja", "pejabat_penanggung_jawab",
        "tahun_penerbitan", "tempat_penerbitan", "bentuk_informasi", "retensi_arsip", "periode_pembaruan",
        "jatuh_tempo_pembaruan", "file_names", "tautan_eksternal", "public_url",
    )  # fmt: skip

    def get_queryset(self, request):
        """Entries with their kind."""
        return super().get_queryset(request).select_related("jenis_informasi__parent__parent")

    def due(self, entry):
        """When the next renewal is due, marked when it is late."""
        day = entry.jatuh_tempo_pembaruan
        if day is None:
            return ""
        if entry.is_overdue(entry.today if hasattr(entry, "today") else entry.office.today()):
            return format_html(CRITICAL + " " + DAY, "terlambat", f"{day:%d-%m-%Y}")
        return format_html(DAY, f"{day:%d-%m-%Y}")

    due.short_description = "pembaruan"
    due.admin_order_field = "jatuh_tempo_pembaruan"

    def kind(self, entry):
        """Kind of information."""
        return str(entry.jenis_informasi or "")

    kind.short_description = "jenis informasi"


class ExemptedAdmin(EntryAdmin):
    """Info Dikecualikan."""

    model = ExemptedInformationPage
    menu_label = "Daftar dikecualikan"
    menu_icon = "lock"
    export_name = "dikecualikan"
    list_display = ("title", "basis", "term", "test", "exemption_status", "state", "updated")
    list_filter = (StateFilter, ExemptionGapFilter, UnitFilter, OfficeFilter)
    search_fields = ("title", "ringkasan", "lingkup_materi", "nomor_keputusan")
    ordering = ("-tanggal_keputusan", "title")
    list_export = (
        "title", "lingkup_materi", "basis", "konsekuensi_dibuka", "konsekuensi_ditutup", "jangka_waktu",
        "tanggal_berakhir", "peristiwa_berakhir", "decision", "tanggal_keputusan", "test", "exemption_status", "unit",
        "state", "published", "public_url",
    )  # fmt: skip
    inspect_view_fields = (
        "title", "lingkup_materi", "state", "basis", "konsekuensi_dibuka", "konsekuensi_ditutup", "jangka_waktu",
        "tanggal_berakhir", "peristiwa_berakhir", "decision", "test", "exemption_status", "unit_kerja", "public_url",
    )  # fmt: skip

    def get_queryset(self, request):
        """Entries with grounds, test and decision."""
        rows = super().get_queryset(request).select_related("uji_konsekuensi", "keputusan_penetapan")
        return rows.prefetch_related("dasar_hukum")

    def basis(self, entry) -> str:
        """Letters of Pasal 17."""
        letters = sorted({basis.pasal_17 for basis in entry.dasar_hukum.all() if basis.pasal_17})
        return f"Pasal 17 huruf {', '.join(letters)}" if letters else ""

    basis.short_description = "dasar hukum"

    def term(self, entry):
        """Until when."""
        return f"{entry.tanggal_berakhir:%d-%m-%Y}" if entry.tanggal_berakhir else entry.peristiwa_berakhir

    term.short_description = "sampai"
    term.admin_order_field = "tanggal_berakhir"

    def test(self, entry):
        """The consequence test, and whether it is concluded."""
        if entry.uji_konsekuensi is None:
            return format_html(CRITICAL, "belum ada")
        suffix = "" if entry.uji_konsekuensi.is_concluded else ", belum selesai"
        return f"{entry.uji_konsekuensi.nomor}{suffix}"

    test.short_description = "uji konsekuensi"

    def decision(self, entry) -> str:
        """The deciding office's decision."""
        return entry.keputusan_penetapan.title if entry.keputusan_penetapan else entry.nomor_keputusan

    decision.short_description = "keputusan penetapan"

    def exemption_status(self, entry):
        """Status today."""
        return (
            ExemptionStatus(entry.status_on(entry.today)).label
            if hasattr(entry, "today")
            else entry.status_label
        )

    exemption_status.short_description = "status"


class TestPermissionHelper(OfficeRowPermissionHelper):
    """Consequence tests belong to the office that asked for them."""

    __test__ = False
    office_field = "kantor"


class ConsequenceTestAdmin(OfficeRowAdmin):
    """Uji konsekuensi."""

    model = ConsequenceTest
    menu_label = "Uji konsekuensi"
    menu_icon = "clipboard-list"
    export_name = "uji-konsekuensi"
    permission_helper_class = TestPermissionHelper
    list_display = ("nomor", "tanggal", "kantor", "penguji", "hasil", "progress")
    list_select_related = ("kantor",)
    search_fields = ("nomor", "penguji", "langkah_a")
    ordering = ("-tanggal",)
    list_export = ("nomor", "tanggal", "kantor", "pemicu", "diajukan_melalui", "penguji", "hasil", "progress")
    narrowed_fields = {
        "kantor": lambda user, offices: offices.filter(pk__in=[office.pk for office in offices_of(user)])
    }

    def progress(self, test) -> str:
        """Which steps are still open."""
        missing = test.missing_steps
        return f"langkah {', '.join(missing)} belum diisi" if missing else "selesai"

    progress.short_description = "kelengkapan"


class ExemptionGroup(ModelAdminGroup):
    """Info Dikecualikan: the list, and the tests it rests on."""

    menu_label = "Info Dikecualikan"
    menu_icon = "lock"
    menu_order = 30
    items = (ExemptedAdmin, ConsequenceTestAdmin)


class DatasetAdmin(EntryAdmin):
    """Open Data."""

    model = OpenDatasetPage
    menu_label = "Open Data"
    menu_icon = "table"
    menu_order = 25
    export_name = "data-terbuka"
    list_display = ("title", "period", "lisensi", "unit", "file_state", "state", "updated")
    list_filter = (StateFilter, FileFilter, UnitFilter, OfficeFilter)
    ordering = ("-periode_selesai", "title")
    list_export = (
        "title", "ringkasan", "periode_mulai", "periode_selesai", "frekuensi", "lisensi", "walidata",
        "cakupan_wilayah", "unit", "file_names", "state", "published", "public_url",
    )  # fmt: skip

    def period(self, page) -> str:
        """Period that the data cover."""
        days = [f"{day:%d-%m-%Y}" for day in (page.periode_mulai, page.periode_selesai) if day]
        return " sampai ".join(days)

    period.short_description = "periode"
    period.admin_order_field = "periode_selesai"


class ReportAdmin(EntryAdmin):
    """Laporan Layanan Informasi."""

    model = ServiceReportPage
    menu_label = "Laporan Layanan Informasi"
    menu_icon = "doc-empty"
    menu_order = 70
    export_name = "laporan-layanan"
    list_display = ("title", "tahun", "status_laporan", "file_state", "state", "updated")
    list_filter = (StateFilter, ReportStatusFilter, FileFilter, OfficeFilter)
    ordering = ("-tahun",)
    list_export = (
        "tahun", "title", "ringkasan", "status_laporan", "penandatangan", "tanggal_ttd", "file_names", "state",
        "published", "public_url",
    )  # fmt: skip
