"""Who did what and when, in the own office: pages, files, rows, in one readable list with exports."""

from django.core.exceptions import PermissionDenied
from django.db.models import CharField, IntegerField, Q, Value
from django.db.models.functions import Cast
from django.urls import path
from wagtail.admin.views.reports.audit_logging import LogEntriesView, SiteHistoryReportFilterSet
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.log_actions import registry as log_registry
from wagtail.models import Page, PageLogEntry

from home.enums import Role
from home.exports import SafeSpreadsheetMixin
from home.scope import colleagues_of, has_role, offices_of, within

READERS = (Role.PPID, Role.ADMIN, Role.SUPERIOR)


def entries_of(user, log_model):
    """Narrow a log to the user's offices: things of the office, and what its people did to things that are gone."""
    entries = log_model.objects.all()
    if user.is_superuser:
        return entries
    offices = offices_of(user)
    by_colleagues = Q(user__in=colleagues_of(user).order_by().values("pk"))
    if log_model is PageLogEntry:
        pages = Page.objects.filter(within(offices)).order_by().values("pk")
        gone = ~Q(page__in=Page.objects.order_by().values("pk"))
        return entries.filter(Q(page__in=pages) | (gone & by_colleagues))
    files = Q(pk__in=[])
    for model in (get_document_model(), get_image_model()):
        own = model.objects.filter(collection__in=[office.collection_id for office in offices])
        keys = own.order_by().annotate(key=Cast("pk", CharField())).values("key")
        files |= Q(
            content_type__app_label=model._meta.app_label,
            content_type__model=model._meta.model_name,
            object_id__in=keys,
        )
    return entries.filter(files | by_colleagues)


class OfficeHistoryFilterSet(SiteHistoryReportFilterSet):
    """Filters that offer the own people only."""

    def get_action_choices(self):
        """All actions that are recorded."""
        return log_registry.get_choices()

    def get_users_queryset(self):
        """The people of the own offices."""
        return colleagues_of(self.request.user)

    class Meta(SiteHistoryReportFilterSet.Meta):
        exclude = ["object_type", "is_commenting_action"]


class OfficeHistoryView(SafeSpreadsheetMixin, LogEntriesView):
    """The report for PPID, Atasan PPID and the administrator."""

    page_title = "Riwayat kegiatan"
    filterset_class = OfficeHistoryFilterSet
    index_url_name = "eppid_history"
    index_results_url_name = "eppid_history_results"
    export_headings = {
        "label": "Nama",
        "content_type": "Jenis",
        "message": "Kegiatan",
        "user_display_name": "Petugas",
        "timestamp": "Waktu",
    }
    list_export = ["timestamp", "user_display_name", "message", "content_type", "label"]

    def dispatch(self, request, *args, **kwargs):
        """For those who answer for the office's publications."""
        if not has_role(request.user, *READERS):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_filename(self):
        """Name of the exported file."""
        return "riwayat-kegiatan"

    def get_filtered_queryset(self):
        """Both logs together, each narrowed to the office before they join (as Wagtail's own report does)."""
        self.log_models = list(log_registry.get_log_entry_models())
        parts = []
        for number, log_model in enumerate(self.log_models):
            rows = entries_of(self.request.user, log_model).values("pk", "timestamp")
            rows = rows.annotate(log_model_index=Value(number, output_field=IntegerField()))
            parts.append(self.filter_queryset(rows).order_by())
        return parts[0].union(*parts[1:], all=True).order_by("-timestamp")


def urls() -> list:
    """Addresses of the report."""
    return [
        path("riwayat/", OfficeHistoryView.as_view(), name="eppid_history"),
        path("riwayat/hasil/", OfficeHistoryView.as_view(results_only=True), name="eppid_history_results"),
    ]
