"""Angka layanan in the admin: a list and one form; PPID and administrators write, each for their own office."""

from __future__ import annotations

from django.contrib.admin import SimpleListFilter
from django.db import IntegrityError, transaction
from django.utils.html import format_html
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.log_actions import log
from wagtail_modeladmin.views import ModelFormView

from analytics.service_totals import history
from analytics.service_totals.figures import figures_of
from analytics.service_totals.forms import ServiceTotalsForm, already_there
from analytics.service_totals.groupings import BASES, GROUPINGS, TOTAL_NAMES, Grouping
from analytics.service_totals.models import ServiceTotals
from home.admin_base import DAY, AddRowView, EditRowView, OfficeRowAdmin, OfficeRowPermissionHelper
from home.enums import Role
from home.models import Office
from home.scope import offices_of, roles_of
from home.templatetags.eppid import angka, tanggal

WRITERS = frozenset({Role.PPID, Role.ADMIN})
_NOTICE = (
    "<p><strong>Angka yang Anda simpan langsung tampil untuk umum</strong> di halaman statistik dan Pojok Informasi "
    "Publik. Isi jumlahnya saja, jangan nama atau keterangan orang. Setiap perubahan tercatat di riwayat.</p>"
    "<p>Wajib: jumlah permohonan dan pemohon, keputusan, alasan bila ada yang ditolak, dan rata-rata hari kerja. "
    "Rincian jenis kelamin, pekerjaan, dan cara mengajukan boleh kosong; bila diisi, jumlahnya harus cocok. Tahun "
    "tanpa permohonan diisi 0.</p>"
)


def writing_offices(user) -> list[Office]:
    """Offices whose figures the user may write."""
    return [office for office in offices_of(user) if user.is_superuser or roles_of(user, office) & WRITERS]


class TotalsPermissionHelper(OfficeRowPermissionHelper):
    """Everybody of the office reads; PPID and administrators write; what was public is corrected, not deleted."""

    def user_can_create(self, user):
        """Whether there is an office to write for."""
        return bool(writing_offices(user))

    def user_can_edit_obj(self, user, obj):
        """Whether the row is of an office that the user writes for."""
        return obj.office_id in {office.pk for office in writing_offices(user)}

    def user_can_delete_obj(self, user, obj):
        """A row entered by mistake is removed by a superuser."""
        return user.is_superuser


class _SavesOnce:
    """For both forms: row and history together; of two officers who enter the same year at once, the second is told."""

    def form_valid(self, form):
        """Save, or refuse beside the year."""
        try:
            with transaction.atomic():
                return self.save_and_log(form)
        except IntegrityError:
            form.add_error("year", already_there(form.cleaned_data["office"], form.cleaned_data["year"]))
            return self.form_invalid(form)

    def get_success_message(self, instance):
        """Say that it is public now."""
        return f"{instance} tersimpan dan tampil untuk umum."

    def get_error_message(self):
        """Say what was kept."""
        return "Belum tersimpan: ada angka yang perlu diperbaiki. Yang Anda ketik masih ada di bawah."


class AddTotalsView(_SavesOnce, AddRowView):
    """The empty form, for the year that is over."""

    def get_instance(self):
        """Propose the last whole year."""
        row = super().get_instance()
        offices = writing_offices(self.request.user)
        if row.year is None and offices:
            row.year = offices[0].today().year - 1
        return row

    def save_and_log(self, form):
        """As the library does."""
        return AddRowView.form_valid(self, form)


class EditTotalsView(_SavesOnce, EditRowView):
    """The form of a row."""

    def save_and_log(self, form):
        """Log what was changed instead of the bare fact."""
        stored = ServiceTotals.objects.select_related("office").get(pk=self.instance.pk)
        before = history.snapshot(stored)
        response = ModelFormView.form_valid(self, form)
        changes = history.changes(before, history.snapshot(self.instance))
        log(self.instance, history.ACTION, data={"changes": changes}, content_changed=bool(changes))
        return response


class TotalsYearFilter(SimpleListFilter):
    """Year."""

    title = "tahun"
    parameter_name = "tahun"

    def lookups(self, request, model_admin):
        """Years that have a row."""
        rows = model_admin.get_queryset(request).order_by("-year").values_list("year", flat=True).distinct()
        return [(str(year), str(year)) for year in rows]

    def queryset(self, request, queryset):
        """Rows of the chosen year."""
        return queryset.filter(year=int(self.value())) if self.value() else queryset


def _explained(grouping: Grouping) -> str:
    """What stands below a breakdown in the form."""
    return f"Jumlahnya sama dengan {TOTAL_NAMES[grouping.total]}. Dasar: {grouping.basis}."


def _basis(name: str, first: str = "") -> str:
    return f"{first}Dasar: {BASES[name]}."


class ServiceTotalsAdmin(OfficeRowAdmin):
    """Angka layanan."""

    model = ServiceTotals
    menu_label = "Angka layanan"
    menu_icon = "table"
    menu_order = 75
    export_name = "angka-layanan"
    permission_helper_class = TotalsPermissionHelper
    create_view_class = AddTotalsView
    edit_view_class = EditTotalsView
    form_view_extra_js = ["js/angka-layanan.js"]
    list_display = ("heading", "requests", "applicants", "decisions", "average", "updated")
    list_select_related = ("office",)
    list_filter = (TotalsYearFilter,)
    search_fields = ("office__name", "office__kode_wilayah")
    list_export = (
        "office", "year", "requests", "applicants", "sexes", "occupations", "channels", "decisions", "reasons",
        "days_average", "days_shortest", "days_longest", "in_time", "note", "updated_at",
    )  # fmt: skip
    inspect_view_fields = (
        "requests", "applicants", "sexes", "occupations", "channels", "decisions", "reasons", "average",
        "days_shortest", "days_longest", "in_time", "note", "updated",
    )  # fmt: skip
    narrowed_fields = {
        "office": lambda user, offices: offices.filter(pk__in=[office.pk for office in writing_offices(user)])
    }
    edit_handler = ObjectList(
        [
            HelpPanel(content=_NOTICE),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("office"), FieldPanel("year", help_text="Contoh: 2024.")]),
                    FieldRowPanel(
                        [
                            FieldPanel("requests", help_text=_basis("requests")),
                            FieldPanel(
                                "applicants",
                                help_text=_basis("applicants", "Orang, kelompok, atau badan hukum. "),
                            ),
                        ]
                    ),
                ],
                "Jumlah setahun",
            ),
            *(FieldPanel(grouping.field, help_text=_explained(grouping)) for grouping in GROUPINGS),
            MultiFieldPanel(
                [
                    FieldRowPanel(
                        [
                            FieldPanel("days_average", help_text="Contoh: 1,5."),
                            FieldPanel("days_shortest"),
                            FieldPanel("days_longest"),
                        ]
                    ),
                    FieldPanel("in_time", help_text=_basis("in_time")),
                ],
                "Hari kerja sampai pemberitahuan tertulis",
                help_text=_basis("days"),
            ),
            FieldPanel(
                "note",
                help_text="Dari mana angkanya; tampil untuk umum. Contoh: buku register permohonan 2024.",
            ),
        ],
        base_form_class=ServiceTotalsForm,
    )

    def heading(self, row) -> str:
        """Office and year."""
        return f"{row.office.name}, {row.year}"

    heading.short_description = "kantor dan tahun"
    heading.admin_order_field = "year"

    def updated(self, row):
        """Day of the last change."""
        return format_html(DAY, tanggal(row.updated_at))

    updated.short_description = "diubah"
    updated.admin_order_field = "updated_at"

    def average(self, row) -> str:
        """Working days on average."""
        return angka(row.days_average)

    average.short_description = "rata-rata hari kerja"
    average.admin_order_field = "days_average"

    def sexes(self, row) -> str:
        """Applicants by sex."""
        return _in_words(row, "by_sex")

    def occupations(self, row) -> str:
        """Applicants by occupation."""
        return _in_words(row, "by_occupation")

    def channels(self, row) -> str:
        """Requests by channel."""
        return _in_words(row, "by_channel")

    def decisions(self, row) -> str:
        """Requests by decision."""
        return _in_words(row, "by_decision")

    def reasons(self, row) -> str:
        """Refusals by reason."""
        return _in_words(row, "by_refusal_reason")

    sexes.short_description = "jenis kelamin"
    occupations.short_description = "pekerjaan"
    channels.short_description = "cara mengajukan"
    decisions.short_description = "keputusan"
    reasons.short_description = "alasan penolakan"


def _in_words(row: ServiceTotals, name: str) -> str:
    """The counts of a breakdown that are not 0: "laki-laki 9; perempuan 6"."""
    found = next((part for part in figures_of(row).breakdowns if part.field == name), None)
    return "; ".join(f"{label} {angka(count)}" for label, count in found.rows if count) if found else ""
