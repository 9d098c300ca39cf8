"""The shell's lists in the admin: profile, procedures, announcements, the office itself."""

from django.urls import reverse
from wagtail.admin.menu import MenuItem
from wagtail_modeladmin.options import ModelAdminGroup

from home.admin_base import (
    OfficeFilter,
    OfficePageAdmin,
    OfficeRowAdmin,
    OfficeRowPermissionHelper,
    RowButtons,
    StateFilter,
)
from home.dashboard import WRITERS, home_edit_url
from home.models import (
    AnnouncementPage,
    Office,
    ProfilePage,
    SOPPage,
    StandardPage,
    StructurePage,
    Withdrawal,
    WorkUnit,
)
from home.scope import has_role, offices_of


class ShellPageAdmin(OfficePageAdmin):
    """What the lists of texts share."""

    list_display = ("title", "state", "updated")
    list_filter = (StateFilter, OfficeFilter)
    list_export = ("title", "state", "published", "public_url")
    inspect_view_fields = ("title", "state", "last_published_at", "public_url")


class ProfileAdmin(ShellPageAdmin):
    """Pages of the profile."""

    model = ProfilePage
    menu_label = "Halaman profil"
    menu_icon = "doc-full"
    export_name = "profil"


class StructureAdmin(ShellPageAdmin):
    """Structure of the PPID."""

    model = StructurePage
    menu_label = "Struktur PPID"
    menu_icon = "group"
    export_name = "struktur"


class SOPAdmin(ShellPageAdmin):
    """Procedures."""

    model = SOPPage
    menu_label = "SOP"
    menu_icon = "list-ol"
    export_name = "sop"
    list_display = ("title", "nomor", "tahun", "document", "state", "updated")
    list_select_related = ("document",)
    list_export = ("nomor", "title", "tahun", "ringkasan", "document", "state", "published", "public_url")
    search_fields = ("title", "ringkasan")
    ordering = ("nomor",)


class AnnouncementAdmin(ShellPageAdmin):
    """Announcements."""

    model = AnnouncementPage
    menu_label = "Pengumuman"
    menu_icon = "warning"
    export_name = "pengumuman"
    list_display = ("title", "is_banner", "banner_until", "state", "updated")
    list_export = (
        "title",
        "ringkasan",
        "is_banner",
        "banner_from",
        "banner_until",
        "state",
        "published",
        "public_url",
    )
    search_fields = ("title", "ringkasan")


class StandardPageAdmin(ShellPageAdmin):
    """Other texts."""

    model = StandardPage
    menu_label = "Halaman teks"
    menu_icon = "doc-empty"
    export_name = "halaman"


class ProfileGroup(ModelAdminGroup):
    """Profil: what the office says of itself."""

    menu_label = "Profil"
    menu_icon = "user"
    menu_order = 20
    items = (ProfileAdmin, StructureAdmin, SOPAdmin, AnnouncementAdmin, StandardPageAdmin)


class OfficePermissionHelper(OfficeRowPermissionHelper):
    """An office row belongs to itself."""

    def in_scope(self, user, obj):
        """Tell whether the user works for this office."""
        return user.is_superuser or obj.pk in {office.pk for office in offices_of(user)}


class OfficeAdmin(OfficeRowAdmin):
    """The office: address, hours; level, code and site are the superuser's."""

    model = Office
    menu_label = "Data kantor"
    menu_icon = "site"
    export_name = "kantor"
    permission_helper_class = OfficePermissionHelper
    list_display = ("name", "kode_wilayah", "level", "telepon", "hours_label")
    list_export = ("kode_wilayah", "name", "level", "alamat", "telepon", "email", "hours_label")
    search_fields = ("name", "kode_wilayah", "alamat")
    inspect_view_fields = (
        "name",
        "nama_lembaga",
        "kode_wilayah",
        "alamat",
        "telepon",
        "email",
        "hours_label",
    )

    def get_queryset(self, request):
        """The user's offices."""
        offices = self.model.objects.select_related("site")
        return (
            offices
            if request.user.is_superuser
            else offices.filter(pk__in=[o.pk for o in offices_of(request.user)])
        )

    def hours_label(self, office) -> str:
        """Service days and hours."""
        return f"{office.service_days_label}, {office.hours_label}"

    hours_label.short_description = "jam layanan"


class WorkUnitAdmin(OfficeRowAdmin):
    """Units of the office."""

    model = WorkUnit
    menu_label = "Unit kerja"
    menu_icon = "group"
    export_name = "unit-kerja"
    list_display = ("name", "office")
    list_select_related = ("office",)
    list_export = ("office", "name")
    search_fields = ("name",)
    narrowed_fields = {
        "office": lambda user, offices: offices.filter(pk__in=[office.pk for office in offices_of(user)])
    }


class WithdrawalPermissionHelper(OfficeRowPermissionHelper):
    """Withdrawals are read, never changed: they are what the public was told."""

    def user_can_list(self, user):
        """People of an office read its withdrawals."""
        return user.is_superuser or bool(offices_of(user))

    def in_scope(self, user, obj):
        """The address tells whose it was, also when the page is gone."""
        roots = [office.site.root_page.url_path for office in offices_of(user)]
        return user.is_superuser or any(obj.url_path.startswith(root) for root in roots)

    def user_may_read(self, user, obj):
        """Reading follows the office."""
        return self.user_can_list(user) and self.in_scope(user, obj)

    def user_can_create(self, user):
        """Withdrawing is done on the page."""
        return False

    def user_can_edit_obj(self, user, obj):
        """Nobody edits."""
        return False

    def user_can_delete_obj(self, user, obj):
        """Nobody deletes."""
        return False


class WithdrawalAdmin(OfficeRowAdmin):
    """What was withdrawn, why, when, by whom."""

    model = Withdrawal
    menu_label = "Pencabutan"
    menu_icon = "no-view"
    export_name = "pencabutan"
    permission_helper_class = WithdrawalPermissionHelper
    button_helper_class = RowButtons
    history_view_enabled = False
    list_display = ("title", "reason", "withdrawn_at", "withdrawn_by", "published_again")
    list_select_related = ("page", "withdrawn_by")
    list_export = ("title", "reason", "withdrawn_at", "withdrawn_by", "published_again", "url_path")
    search_fields = ("title", "reason")
    inspect_view_fields = (
        "title",
        "reason",
        "show_title",
        "withdrawn_at",
        "withdrawn_by",
        "published_again",
        "url_path",
    )

    def get_queryset(self, request):
        """Withdrawals at addresses of the user's offices."""
        rows = self.model.objects.all()
        if request.user.is_superuser:
            return rows
        kept = rows.none()
        for office in offices_of(request.user):
            kept |= rows.filter(url_path__startswith=office.site.root_page.url_path)
        return kept

    def published_again(self, withdrawal) -> str:
        """Whether the page is live again."""
        return "ya" if withdrawal.page and withdrawal.page.live else "tidak"

    published_again.short_description = "terbit lagi"


class OfficeGroupAdmin(ModelAdminGroup):
    """Kantor: what the office is made of."""

    menu_label = "Kantor"
    menu_icon = "site"
    menu_order = 800
    items = (OfficeAdmin, WorkUnitAdmin, WithdrawalAdmin)


class DashboardItem(MenuItem):
    """Back to the dashboard."""

    def __init__(self):
        super().__init__("Dasbor", reverse("wagtailadmin_home"), name="dasbor", icon_name="home", order=1)


class VideoItem(MenuItem):
    """Homepage Video: the part of the home page that holds it."""

    def __init__(self):
        super().__init__(
            "Homepage Video", reverse("eppid_video"), name="homepage-video", icon_name="media", order=60
        )

    def is_shown(self, request):
        """For people who write for an office."""
        return bool(offices_of(request.user)) and has_role(request.user, *WRITERS)


class HistoryItem(MenuItem):
    """The report of what was done."""

    def __init__(self):
        super().__init__(
            "Riwayat kegiatan", reverse("eppid_history"), name="riwayat", icon_name="history", order=900
        )

    def is_shown(self, request):
        """For its readers."""
        from home.audit import READERS

        return has_role(request.user, *READERS)


def video_address(user) -> str:
    """Return the address of the video's panel on the first office's home page."""
    return f"{home_edit_url(offices_of(user)[0])}#panel-child-content-child-video_beranda-section"
