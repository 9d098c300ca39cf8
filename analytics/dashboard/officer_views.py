"""Statistik in the admin: the same figures with the words of searches, programs, and single events."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.views.generic.base import ContextMixin, View
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from analytics.dashboard import one_file
from analytics.dashboard.answers import (
    document_table,
    file_response,
    page_table,
    part_of,
    picture_response,
    table_named,
)
from analytics.dashboard.asking import form_of
from analytics.dashboard.officer_asking import asked_by_officer, may_view
from analytics.dashboard.overview import overview
from analytics.dashboard.tables import Table


class _OfficerView(WagtailAdminTemplateMixin, ContextMixin, View):
    """What the pages share: who may enter, whose figures, the form."""

    header_icon = "table"
    page_title = "Statistik"

    def dispatch(self, request, *args, **kwargs):
        """Let in whoever works for an office."""
        if not may_view(request.user):
            raise PermissionDenied
        self.asked, self.choice = asked_by_officer(request)
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        """Dashboard, statistics, this table."""
        items = [
            {"url": reverse("wagtailadmin_home"), "label": "Dasbor"},
            {"url": self.asked.url(), "label": "Statistik"},
        ]
        return items if self.page_title == "Statistik" else [*items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        """Add the question and its form."""
        form = form_of(self.asked, self.request.GET)
        return super().get_context_data(asked=self.asked, choice=self.choice, form=form, **kwargs)


class OverviewView(_OfficerView):
    """Everything on one page."""

    template_name = "analytics/admin/overview.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show it."""
        return self.render_to_response(self.get_context_data(page_data=overview(self.asked)))


class TableView(_OfficerView):
    """One table, page by page, or as a file."""

    template_name = "analytics/admin/table.html"

    def get(self, request: HttpRequest, **kwargs) -> HttpResponse:
        """Show or send it."""
        table = self.table(**kwargs)
        if response := file_response(request, table):
            return response
        self.page_title = table.title
        context = self.get_context_data(table=table, part=part_of(table, request.GET), **self.summary(table))
        return self.render_to_response(context)

    def summary(self, table: Table) -> dict:
        """What stands above the rows."""
        return {}

    def table(self, name: str) -> Table:
        """The table that the address names."""
        return table_named(name, self.asked, self.request.GET)


class DocumentView(TableView):
    """One file's days, below its numbers and its chart."""

    template_name = "analytics/admin/document.html"

    def table(self, document_id: int) -> Table:
        """The file's table, if this officer may be told of it."""
        return document_table(document_id, self.asked)

    def summary(self, table: Table) -> dict:
        """Numbers and chart."""
        return one_file.summary(table)


class PageView(TableView):
    """One page's days."""

    def table(self, number: int) -> Table:
        """The page's table, if this officer may be told of it: public ones below the own office too."""
        return page_table(number, self.asked)


class PictureView(_OfficerView):
    """A chart."""

    def get(self, request: HttpRequest, name: str, extension: str) -> HttpResponse:
        """Draw it."""
        return picture_response(name, extension, self.asked, request.GET)


def urls() -> list:
    """Addresses below /admin/."""
    return [
        path("statistik/", OverviewView.as_view(), name="eppid_statistics"),
        path(
            "statistik/grafik/<slug:name>.<slug:extension>",
            PictureView.as_view(),
            name="eppid_statistics_picture",
        ),
        path(
            "statistik/unduhan/<int:document_id>/", DocumentView.as_view(), name="eppid_statistics_document"
        ),
        path("statistik/halaman/<int:number>/", PageView.as_view(), name="eppid_statistics_page"),
        path("statistik/<slug:name>/", TableView.as_view(), name="eppid_statistics_table"),
    ]


class StatisticsItem(MenuItem):
    """The entry in the menu, for whom the page is for."""

    def __init__(self):
        super().__init__(
            "Statistik", reverse("eppid_statistics"), name="statistik", icon_name="table", order=780
        )

    def is_shown(self, request):
        """Ask the page's own rule."""
        return may_view(request.user)
