"""Index pages: one a kind, at the addresses that the contract fixes."""

import datetime as dt

from django.db.models import Count
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField
from wagtail.models import Page

from catalogue.enums import CLASS_EXPLANATIONS, CLASS_SLUGS, InformationClass
from catalogue.listing import (
    DatasetListingForm,
    DIPListingForm,
    RegulationListingForm,
    ReportListingForm,
    build_listing,
)
from catalogue.models.datasets import OpenDatasetPage
from catalogue.models.dip import DIPEntryPage
from catalogue.models.exempted import ExemptedInformationPage
from catalogue.models.regulations import RegulationPage
from catalogue.models.reports import ServiceReportPage
from catalogue.permissions import SectionPermissionTester
from home.models.base import OfficePage
from home.models.shell import TEXT_FEATURES


class IndexPage(OfficePage):
    """Abstract base: an introduction and a filtered list of public entries below it."""

    intro = RichTextField("pengantar", blank=True, features=TEXT_FEATURES)

    content_panels = [*Page.content_panels, FieldPanel("intro")]
    parent_page_types = ["home.HomePage"]
    max_count_per_parent = 1

    class Meta:
        abstract = True

    def permissions_for_user(self, user):
        """Return what the user may do with this list; entries below it go live through moderation."""
        return SectionPermissionTester(user, self)

    def today(self) -> dt.date:
        """Today's date at this page's office."""
        return self.office.today() if self.office else dt.date.today()


class RegulationIndexPage(IndexPage):
    """Regulations, filtered by type, year, effective status and unit."""

    subpage_types = ["catalogue.RegulationPage"]
    template = "catalogue/regulation_index_page.html"

    class Meta:
        verbose_name = "daftar regulasi"
        verbose_name_plural = "daftar regulasi"

    def entries(self):
        """Regulations of this list that the public may see, with `status_code` as of today."""
        return RegulationPage.objects.child_of(self).visible().with_status(self.today())

    def get_context(self, request, *args, **kwargs):
        """Add the `listing`."""
        context = super().get_context(request, *args, **kwargs)
        entries = self.entries()
        form = RegulationListingForm(
            request.GET, entries=RegulationPage.objects.child_of(self).visible(), office=self.office
        )
        context["listing"] = build_listing(form, entries.with_files(), request.GET)
        return context


class DIPIndexPage(RoutablePageMixin, IndexPage):
    """The Daftar Informasi Publik: an overview, and one list a class."""

    subpage_types = ["catalogue.DIPEntryPage"]
    template = "catalogue/dip_index_page.html"

    class Meta:
        verbose_name = "daftar informasi publik"
        verbose_name_plural = "daftar informasi publik"

    def entries(self):
        """Entries of this list that the public may see."""
        return DIPEntryPage.objects.child_of(self).visible()

    def class_counts(self) -> list[dict]:
        """The three classes with label, address part, explanation and number of public entries."""
        counts = dict(self.entries().order_by().values_list("klasifikasi").annotate(total=Count("pk")))
        return [
            {
                "code": kind.value,
                "label": kind.label,
                "slug": CLASS_SLUGS[kind],
                "url": f"{self.url}{CLASS_SLUGS[kind]}/",
                "explanation": CLASS_EXPLANATIONS[kind],
                "count": counts.get(kind.value, 0),
            }
            for kind in InformationClass
        ]

    def _listing(self, request, klasifikasi: str | None = None):
        entries = self.entries()
        if klasifikasi:
            entries = entries.filter(klasifikasi=klasifikasi)
        form = DIPListingForm(request.GET, entries=entries, office=self.office)
        if klasifikasi:
            del form.fields["klasifikasi"]
        return build_listing(form, entries.with_files(), request.GET)

    @path("")
    def overview(self, request):
        """All classes together, with their counts."""
        return self.render(
            request, context_overrides={"listing": self._listing(request), "classes": self.class_counts()}
        )

    @path("berkala/")
    def berkala(self, request):
        """The periodic entries."""
        return self._render_class(request, InformationClass.BERKALA)

    @path("serta-merta/")
    def serta_merta(self, request):
        """The entries announced at once."""
        return self._render_class(request, InformationClass.SERTA_MERTA)

    @path("setiap-saat/")
    def setiap_saat(self, request):
        """The entries available at any time."""
        return self._render_class(request, InformationClass.SETIAP_SAAT)

    def _render_class(self, request, kind: InformationClass):
        return self.render(
            request,
            template="catalogue/dip_class.html",
            context_overrides={
                "listing": self._listing(request, kind),
                "klasifikasi": kind,
                "klasifikasi_label": kind.label,
                "klasifikasi_slug": CLASS_SLUGS[kind],
                "klasifikasi_explanation": CLASS_EXPLANATIONS[kind],
            },
        )


class ExemptedIndexPage(IndexPage):
    """The list of exempted information."""

    subpage_types = ["catalogue.ExemptedInformationPage"]
    template = "catalogue/exempted_index_page.html"

    class Meta:
        verbose_name = "daftar informasi dikecualikan"
        verbose_name_plural = "daftar informasi dikecualikan"

    def entries(self):
        """Entries of this list that the public may see."""
        return ExemptedInformationPage.objects.child_of(self).visible()

    def get_context(self, request, *args, **kwargs):
        """Add the public entries with their grounds as `entries`."""
        context = super().get_context(request, *args, **kwargs)
        entries = list(self.entries().prefetch_related("dasar_hukum").newest_first())
        for entry in entries:
            entry._office = self.office  # all stand below this page: no look-up for each
        context["entries"] = entries
        return context


class ReportIndexPage(IndexPage):
    """The annual service reports."""

    subpage_types = ["catalogue.ServiceReportPage"]
    template = "catalogue/report_index_page.html"

    class Meta:
        verbose_name = "daftar laporan layanan"
        verbose_name_plural = "daftar laporan layanan"

    def entries(self):
        """Reports of this list that the public may see."""
        return ServiceReportPage.objects.child_of(self).visible()

    def get_context(self, request, *args, **kwargs):
        """Add the `listing`."""
        context = super().get_context(request, *args, **kwargs)
        entries = self.entries()
        form = ReportListingForm(request.GET, entries=entries, office=self.office)
        context["listing"] = build_listing(form, entries.with_files(), request.GET)
        return context


class DatasetIndexPage(IndexPage):
    """The open data."""

    subpage_types = ["catalogue.OpenDatasetPage"]
    template = "catalogue/dataset_index_page.html"

    class Meta:
        verbose_name = "daftar data terbuka"
        verbose_name_plural = "daftar data terbuka"

    def entries(self):
        """Datasets of this list that the public may see."""
        return OpenDatasetPage.objects.child_of(self).visible()

    def get_context(self, request, *args, **kwargs):
        """Add the `listing`."""
        context = super().get_context(request, *args, **kwargs)
        entries = self.entries()
        form = DatasetListingForm(request.GET, entries=entries, office=self.office)
        context["listing"] = build_listing(form, entries.with_files(), request.GET)
        return context
