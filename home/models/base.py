"""What every page of an office's site shares."""

from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PublishingPanel
from wagtail.models import Page

from home.forms import OfficePageForm
from home.models.offices import Office


class OfficePageMixin:
    """A page's office, its form, and panels in plain words."""

    base_form_class = OfficePageForm

    promote_panels = [
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")],
            "Alamat dan ringkasan",
        ),
    ]
    settings_panels = [PublishingPanel()]

    @property
    def office(self) -> Office | None:
        """The office in whose tree this page stands."""
        if not hasattr(self, "_office"):
            self._office = Office.objects.for_page(self)
        return self._office

    @property
    def last_updated(self):
        """Moment of the last publication (aware datetime), or None for a page never published."""
        return self.last_published_at or self.first_published_at


class OfficePage(OfficePageMixin, Page):
    """Abstract base of the editorial pages."""

    class Meta:
        abstract = True
