"""The office's own pages: home, profile, structure of the PPID, and standard texts."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page

from common.visibility import public
from home.models.base import OfficePage
from home.structured_data import CONTEXT, organization

TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "hr"]


class HomePage(OfficePage):
    """Root of an office's site: search first, then the three classes, what is new, and how to ask."""

    welcome_title = models.CharField("judul sambutan", max_length=120, blank=True, default="Selamat datang")
    welcome_text = RichTextField(
        "teks selamat datang",
        blank=True,
        features=TEXT_FEATURES,
        help_text="Teks “Selamat datang” pada beranda.",
    )
    popular_queries = models.CharField(
        "sering dicari",
        max_length=255,
        blank=True,
        help_text="Dipisahkan titik koma. Contoh: daftar pemilih tetap; hasil pilwalkot; PKPU 22/2023",
    )
    video_title = models.CharField("judul video", max_length=160, blank=True)
    video = models.ForeignKey(
        settings.WAGTAILDOCS_DOCUMENT_MODEL,
        verbose_name="berkas video",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Video MP4 yang tampil di beranda.",
    )
    video_captions = models.ForeignKey(
        settings.WAGTAILDOCS_DOCUMENT_MODEL,
        verbose_name="takarir (VTT)",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Teks percakapan bertanda waktu, untuk pengunjung tuli.",
    )
    video_transcript = RichTextField(
        "transkrip video",
        blank=True,
        features=TEXT_FEATURES,
        help_text="Isi video sebagai teks, wajib bila ada video.",
    )
    video_poster = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name="gambar awal",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel([FieldPanel("welcome_title"), FieldPanel("welcome_text")], "Selamat datang"),
        FieldPanel("popular_queries"),
        MultiFieldPanel(
            [
                FieldPanel("video_title"),
                FieldPanel("video"),
                FieldPanel("video_poster"),
                FieldPanel("video_captions"),
                FieldPanel("video_transcript"),
            ],
            "Video beranda",
        ),
    ]
    parent_page_types = ["wagtailcore.Page"]
    template = "home/home_page.html"

    class Meta:
        verbose_name = "beranda"
        verbose_name_plural = "beranda"

    def clean(self):
        """Refuse a video that blind or deaf visitors could not follow (WCAG 1.2.1 to 1.2.3)."""
        super().clean()
        if self.video and not (self.video_transcript and self.video_captions):
            raise ValidationError(
                {
                    "video_transcript": "Lengkapi transkrip dan takarir agar video dapat diikuti semua pengunjung."
                }
            )

    @property
    def popular_query_list(self) -> list[str]:
        """The editor's suggested searches, at most six."""
        return [query.strip() for query in self.popular_queries.split(";") if query.strip()][:6]

    @property
    def structured_data(self) -> list[dict]:
        """What search engines may know of this page: the office itself."""
        return [{"@context": CONTEXT, **organization(self.office)}] if self.office else []

    def get_context(self, request, *args, **kwargs):
        """Add what the rooms above registered for the home page (`home.registry`)."""
        from home.registry import home_page_context

        context = super().get_context(request, *args, **kwargs)
        context.update(home_page_context(self, request))
        return context


class ProfileIndexPage(OfficePage):
    """The "Profil" section: lists the profile pages below it."""

    intro = RichTextField("pengantar", blank=True, features=TEXT_FEATURES)

    content_panels = [*Page.content_panels, FieldPanel("intro")]
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.ProfilePage", "home.StructurePage", "home.StandardPage"]
    max_count_per_parent = 1
    template = "home/profile_index_page.html"

    class Meta:
        verbose_name = "bagian profil"
        verbose_name_plural = "bagian profil"

    def get_context(self, request, *args, **kwargs):
        """Add the profile pages below this one as `children`."""
        context = super().get_context(request, *args, **kwargs)
        context["children"] = public(self.get_children()).specific()
        return context


class ProfilePage(OfficePage):
    """A part of the office's profile: vision and mission, duties, maklumat, facilities, budget."""

    intro = models.TextField("ringkasan", blank=True, help_text="Satu atau dua kalimat.")
    body = RichTextField("isi", features=TEXT_FEATURES)

    content_panels = [*Page.content_panels, FieldPanel("intro"), FieldPanel("body")]
    parent_page_types = ["home.ProfileIndexPage"]
    subpage_types: list[str] = []
    template = "home/profile_page.html"

    class Meta:
        verbose_name = "halaman profil"
        verbose_name_plural = "halaman profil"


class StructurePage(OfficePage):
    """Structure of the PPID: which post holds which role, on which decree."""

    intro = RichTextField("pengantar", blank=True, features=TEXT_FEATURES)
    sk_penetapan = models.CharField(
        "keputusan penetapan",
        max_length=255,
        blank=True,
        help_text="Nomor keputusan yang menetapkan struktur ini.",
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("intro"),
        FieldPanel("sk_penetapan"),
        InlinePanel("roles", heading="Susunan", label="Peran"),
    ]
    parent_page_types = ["home.ProfileIndexPage"]
    subpage_types: list[str] = []
    template = "home/structure_page.html"

    class Meta:
        verbose_name = "struktur PPID"
        verbose_name_plural = "struktur PPID"


class StructureRole(Orderable):
    """One line of the PPID structure: role, the post that holds it, and its duty."""

    page = ParentalKey(StructurePage, on_delete=models.CASCADE, related_name="roles")
    peran = models.CharField("peran", max_length=80, help_text="Contoh: Atasan PPID")
    jabatan = models.CharField("jabatan", max_length=160, help_text="Contoh: Sekretaris KPU Kota Serang")
    tugas = models.TextField("tugas", blank=True)

    panels = [FieldPanel("peran"), FieldPanel("jabatan"), FieldPanel("tugas")]


class StandardPage(OfficePage):
    """A text page: accessibility, privacy, how to ask, and what else an office explains."""

    intro = models.TextField("ringkasan", blank=True, help_text="Satu atau dua kalimat.")
    body = RichTextField("isi", features=TEXT_FEATURES)

    content_panels = [*Page.content_panels, FieldPanel("intro"), FieldPanel("body")]
    parent_page_types = ["home.HomePage", "home.ProfileIndexPage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]
    template = "home/standard_page.html"

    class Meta:
        verbose_name = "halaman teks"
        verbose_name_plural = "halaman teks"
