"""Texts that help people ask and understand: SOP, questions, announcements, glossary."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page

from common.visibility import public
from home.enums import FAQTopic
from home.models.base import OfficePage
from home.models.shell import TEXT_FEATURES


class SOPIndexPage(OfficePage):
    """List of the office's standard operating procedures."""

    intro = RichTextField("pengantar", blank=True, features=TEXT_FEATURES)

    content_panels = [*Page.content_panels, FieldPanel("intro")]
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.SOPPage"]
    max_count_per_parent = 1
    template = "home/sop_index_page.html"

    class Meta:
        verbose_name = "daftar SOP"
        verbose_name_plural = "daftar SOP"

    def get_context(self, request, *args, **kwargs):
        """Add the public procedures as `sops`."""
        context = super().get_context(request, *args, **kwargs)
        context["sops"] = (
            public(SOPPage.objects.child_of(self)).select_related("document").order_by("nomor", "title")
        )
        return context


class SOPPage(OfficePage):
    """A standard operating procedure: what it governs, its steps, its file."""

    nomor = models.PositiveSmallIntegerField("nomor urut", default=1)
    tahun = models.PositiveSmallIntegerField("tahun", null=True, blank=True)
    ringkasan = models.TextField(
        "ringkasan", help_text="Apa yang diatur SOP ini, dalam satu atau dua kalimat."
    )
    body = RichTextField("langkah-langkah", blank=True, features=TEXT_FEATURES)
    document = models.ForeignKey(
        settings.WAGTAILDOCS_DOCUMENT_MODEL,
        verbose_name="berkas",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    content_panels = [
        *Page.content_panels,
        FieldRowPanel([FieldPanel("nomor"), FieldPanel("tahun")]),
        FieldPanel("ringkasan"),
        FieldPanel("body"),
        FieldPanel("document"),
    ]
    parent_page_types = ["home.SOPIndexPage"]
    subpage_types: list[str] = []
    template = "home/sop_page.html"

    class Meta:
        verbose_name = "SOP"
        verbose_name_plural = "SOP"


class FAQPage(OfficePage):
    """Frequent questions with short answers, by topic."""

    intro = models.TextField("pengantar", blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("intro"),
        InlinePanel("items", heading="Tanya jawab", label="Pertanyaan"),
    ]
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    template = "home/faq_page.html"

    class Meta:
        verbose_name = "tanya jawab"
        verbose_name_plural = "tanya jawab"

    @property
    def topics(self) -> list[tuple[str, list["FAQItem"]]]:
        """Questions grouped by topic label, in the order of `FAQTopic`, without empty topics."""
        items = list(self.items.all())
        groups = [(topic.label, [item for item in items if item.topic == topic]) for topic in FAQTopic]
        return [(label, members) for label, members in groups if members]


class FAQItem(Orderable):
    """A question and its answer."""

    page = ParentalKey(FAQPage, on_delete=models.CASCADE, related_name="items")
    topic = models.CharField("topik", max_length=20, choices=FAQTopic.choices, default=FAQTopic.REQUEST)
    question = models.CharField("pertanyaan", max_length=255)
    answer = RichTextField("jawaban", features=["bold", "italic", "ol", "ul", "link"])

    panels = [FieldPanel("topic"), FieldPanel("question"), FieldPanel("answer")]


class AnnouncementIndexPage(OfficePage):
    """List of announcements, those of serta-merta information first."""

    intro = models.TextField("pengantar", blank=True)

    content_panels = [*Page.content_panels, FieldPanel("intro")]
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.AnnouncementPage"]
    max_count_per_parent = 1
    template = "home/announcement_index_page.html"

    class Meta:
        verbose_name = "daftar pengumuman"
        verbose_name_plural = "daftar pengumuman"

    def get_context(self, request, *args, **kwargs):
        """Add the public announcements, newest first, as `announcements`."""
        context = super().get_context(request, *args, **kwargs)
        context["announcements"] = public(AnnouncementPage.objects.child_of(self)).order_by(
            "-first_published_at"
        )
        return context


class AnnouncementPage(OfficePage):
    """An announcement; a serta-merta one stands as a banner on every page while it runs (UU 14/2008, Pasal 10)."""

    ringkasan = models.CharField("ringkasan", max_length=240, help_text="Kalimat yang tampil pada spanduk.")
    body = RichTextField("isi", features=TEXT_FEATURES)
    is_banner = models.BooleanField(
        "tampilkan sebagai spanduk",
        default=False,
        help_text="Untuk informasi serta-merta: yang menyangkut keselamatan atau kepentingan orang banyak.",
    )
    banner_from = models.DateTimeField("spanduk mulai", null=True, blank=True)
    banner_until = models.DateTimeField("spanduk sampai", null=True, blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("ringkasan"),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("is_banner"), FieldRowPanel([FieldPanel("banner_from"), FieldPanel("banner_until")])],
            "Spanduk serta-merta",
        ),
    ]
    parent_page_types = ["home.AnnouncementIndexPage"]
    subpage_types: list[str] = []
    template = "home/announcement_page.html"

    class Meta:
        verbose_name = "pengumuman"
        verbose_name_plural = "pengumuman"

    def clean(self):
        """Refuse a banner that would end before it starts."""
        super().clean()
        if self.banner_from and self.banner_until and self.banner_from >= self.banner_until:
            raise ValidationError({"banner_until": "Akhir spanduk harus sesudah awalnya."})

    @classmethod
    def running_banners(cls, root: Page):
        """Return the public announcements below `root` whose banner runs now, newest first."""
        now = timezone.now()
        return (
            public(cls.objects.descendant_of(root))
            .filter(is_banner=True)
            .filter(Q(banner_from__isnull=True) | Q(banner_from__lte=now))
            .filter(Q(banner_until__isnull=True) | Q(banner_until__gt=now))
            .order_by("-first_published_at")
        )


class GlossaryTerm(models.Model):
    """A statutory term and its plain explanation, shared by all offices; explained inline on public pages."""

    term = models.CharField("istilah", max_length=80, unique=True)
    variants = models.CharField(
        "bentuk lain",
        max_length=255,
        blank=True,
        help_text="Dipisahkan koma. Contoh: serta merta, serta-merta",
    )
    explanation = models.CharField(
        "penjelasan", max_length=320, help_text="Satu kalimat yang dipahami semua orang."
    )
    legal_basis = models.CharField("dasar hukum", max_length=160, blank=True)

    panels = [
        FieldPanel("term"),
        FieldPanel("variants"),
        FieldPanel("explanation"),
        FieldPanel("legal_basis"),
    ]

    class Meta:
        ordering = ["term"]
        verbose_name = "istilah"
        verbose_name_plural = "istilah"

    def __str__(self):
        return self.term

    @property
    def forms(self) -> list[str]:
        """All written forms of the term, longest first."""
        forms = {self.term, *(form.strip() for form in self.variants.split(",") if form.strip())}
        return sorted(forms, key=len, reverse=True)


class GlossaryPage(OfficePage):
    """All terms with their explanations."""

    intro = models.TextField("pengantar", blank=True)

    content_panels = [*Page.content_panels, FieldPanel("intro")]
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    template = "home/glossary_page.html"

    class Meta:
        verbose_name = "daftar istilah"
        verbose_name_plural = "daftar istilah"

    def get_context(self, request, *args, **kwargs):
        """Add every term as `terms`."""
        context = super().get_context(request, *args, **kwargs)
        context["terms"] = GlossaryTerm.objects.all()
        return context
