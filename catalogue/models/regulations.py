"""Regulations with JDIH metadata (Permenkumham 8/2019)."""

import datetime as dt
from collections.abc import Collection
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    TitleFieldPanel,
)
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField
from wagtail.models import Page, PageManager
from wagtail.search import index

from catalogue.enums import (
    REGULATION_TYPE_CHOICES,
    DocumentKind,
    RegulationStatus,
    RelationType,
)
from catalogue.models.base import CataloguePage, MissingItem
from catalogue.models.relations import RegulationRelation, StatusOn
from catalogue.panels import FileFindingsPanel
from catalogue.querysets import RegulationQuerySet
from catalogue.structured_data import legislation
from common.citations import RegulationNumber, parse_number
from common.regulation_types import REGULATION_TYPES
from common.visibility import Visibility, public

ABSTRACT_FEATURES = ["bold", "italic", "ol", "ul", "link"]


class RegulationPage(RoutablePageMixin, CataloguePage):
    """A regulation, decision or circular, with its file and its place among the others."""

    kategori = "regulasi"

    tipe_dokumen = models.CharField(
        "tipe dokumen", max_length=12, choices=DocumentKind.choices, default=DocumentKind.REGULATION
    )
    jenis = models.CharField("jenis", max_length=24, choices=REGULATION_TYPE_CHOICES, db_index=True)
    nomor = models.CharField(
        "nomor",
        max_length=120,
        help_text="Tulis seperti pada naskah. Contoh: 22 Tahun 2023, atau 8/HK.03.1/3673/2021",
    )
    nomor_norm = models.CharField(max_length=120, editable=False, db_index=True)
    nomor_kunci = models.CharField(max_length=120, editable=False, db_index=True)
    nomor_urut = models.PositiveIntegerField("nomor urut", null=True, editable=False, db_index=True)
    kode = models.JSONField("bagian kode", default=list, editable=False)
    tahun = models.PositiveSmallIntegerField(
        "tahun", null=True, blank=True, db_index=True, help_text="Diisi otomatis bila nomornya memuat tahun."
    )
    tentang = models.TextField(
        "tentang",
        blank=True,
        help_text="Bagian judul resmi setelah kata “tentang”. Contoh: Pengelolaan dan Pelayanan Informasi Publik",
    )
    teu_badan = models.CharField(
        "T.E.U. badan",
        max_length=160,
        blank=True,
        help_text="Badan yang menerbitkan. Contoh: Indonesia. Komisi Pemilihan Umum. Kota Serang",
    )
    tempat_penetapan = models.CharField(
        "tempat penetapan", max_length=80, blank=True, help_text="Contoh: Jakarta"
    )
    tanggal_penetapan = models.DateField("tanggal penetapan", null=True, blank=True)
    tanggal_pengundangan = models.DateField("tanggal pengundangan", null=True, blank=True)
    tanggal_berlaku = models.DateField(
        "mulai berlaku", null=True, blank=True, help_text="Kosongkan bila sama dengan tanggal pengundangan."
    )
    tanggal_berakhir = models.DateField(
        "tidak berlaku sejak",
        null=True,
        blank=True,
        help_text="Hanya bila berakhir tanpa peraturan pencabut di daftar ini, misalnya masa berlakunya habis.",
    )
    sumber = models.CharField(
        "sumber",
        max_length=160,
        blank=True,
        help_text="Lembaran atau berita negara. Contoh: BN 2023/NO 870, 35 HLM",
    )
    subjek = models.CharField(
        "subjek",
        max_length=255,
        blank=True,
        help_text="Kata kunci dipisahkan tanda hubung. Contoh: INFORMASI PUBLIK – PENGELOLAAN – PELAYANAN",
    )
    bahasa = models.CharField("bahasa", max_length=40, default="Indonesia")
    lokasi = models.CharField("lokasi", max_length=160, blank=True, help_text="Tempat naskah asli disimpan.")
    bidang_hukum = models.CharField(
        "bidang hukum", max_length=120, blank=True, help_text="Contoh: Hukum tata negara"
    )
    penandatangan = models.CharField("penandatangan", max_length=120, blank=True, help_text="Nama jabatan.")
    pemrakarsa = models.CharField("pemrakarsa", max_length=160, blank=True)
    abstrak = RichTextField(
        "abstrak",
        blank=True,
        features=ABSTRACT_FEATURES,
        help_text="Mengapa dibuat, dasar hukumnya, apa yang diatur.",
    )
    catatan = RichTextField(
        "catatan",
        blank=True,
        features=ABSTRACT_FEATURES,
        help_text="Mulai berlaku, dan apa yang dicabut atau diubah.",
    )

    objects = PageManager.from_queryset(RegulationQuerySet)()

    content_panels = [
        MultiFieldPanel(
            [
                FieldPanel("jenis"),
                FieldRowPanel([FieldPanel("nomor"), FieldPanel("tahun")]),
                TitleFieldPanel(
                    "title",
                    help_text="Judul singkat pada situs. Contoh: Peraturan KPU Nomor 22 Tahun 2023",
                ),
                FieldPanel("tentang"),
                FieldPanel("ringkasan"),
                FieldPanel("unit_kerja"),
            ],
            "Peraturan",
        ),
        InlinePanel("files", heading="Berkas", label="Berkas"),
        FileFindingsPanel(),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("tempat_penetapan"), FieldPanel("tanggal_penetapan")]),
                FieldRowPanel([FieldPanel("tanggal_pengundangan"), FieldPanel("tanggal_berlaku")]),
                FieldPanel("tanggal_berakhir"),
                FieldPanel("sumber"),
            ],
            "Penetapan dan keberlakuan",
        ),
        MultiFieldPanel(
            [
                HelpPanel(
                    content="Cukup isi dari sisi peraturan yang baru. Hubungan sebaliknya (“dicabut oleh”) "
                    "tampil sendiri di halaman peraturan yang lama."
                ),
                InlinePanel("relations", label="Hubungan"),
            ],
            "Hubungan dengan peraturan lain",
        ),
        MultiFieldPanel([FieldPanel("abstrak"), FieldPanel("catatan")], "Abstrak"),
        MultiFieldPanel(
            [
                FieldPanel("subjek"),
                FieldPanel("teu_badan"),
                FieldRowPanel([FieldPanel("bidang_hukum"), FieldPanel("bahasa")]),
                FieldRowPanel([FieldPanel("penandatangan"), FieldPanel("pemrakarsa")]),
                FieldRowPanel([FieldPanel("tipe_dokumen"), FieldPanel("lokasi")]),
            ],
            "Metadata JDIH",
            classname="collapsed",
        ),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("nomor"),
        index.FilterField("jenis"),
        index.FilterField("tahun"),
        index.FilterField("unit_kerja"),
    ]
    parent_page_types = ["catalogue.RegulationIndexPage"]
    subpage_types: list[str] = []
    template = "catalogue/regulation_page.html"

    class Meta:
        verbose_name = "regulasi"
        verbose_name_plural = "regulasi"

    # --- rules -------------------------------------------------------------------------------------------------------

    def derive_tanggal_informasi(self):
        """Date of enactment, else of promulgation, else the first day of its year."""
        fallback = dt.date(self.tahun, 1, 1) if self.tahun else None
        return self.tanggal_penetapan or self.tanggal_pengundangan or self.tanggal_berlaku or fallback

    def derive_fields(self):
        """Take the number apart first: the sorting date may need its year."""
        self.apply_number()
        super().derive_fields()

    def apply_number(self) -> RegulationNumber | None:
        """Fill the parts derived from `nomor` (`nomor_norm`, `nomor_kunci`, `nomor_urut`, `kode`, `tahun`).

        A number written without its year takes that of `tahun`, so that "22" of 2023 and "22 Tahun 2023" are equal.
        """
        number = parse_number(self.nomor) if self.nomor else None
        if number and number.tahun and not self.tahun:
            self.tahun = number.tahun
        if number and self.tahun and not number.tahun:
            number = replace(number, tahun=self.tahun)
        self.nomor_norm = number.nomor_norm if number else " ".join(self.nomor.lower().split())
        self.nomor_kunci = number.key if number else self.nomor_norm
        self.nomor_urut = number.nomor_urut if number else None
        self.kode = list(number.kode) if number else []
        return number

    def clean(self):
        """Refuse dates in the wrong order."""
        super().clean()
        if (
            self.tanggal_penetapan
            and self.tanggal_pengundangan
            and self.tanggal_pengundangan < self.tanggal_penetapan
        ):
            raise ValidationError(
                {"tanggal_pengundangan": "Tanggal pengundangan tidak mungkin sebelum tanggal penetapan."}
            )
        if self.tanggal_berakhir and self.starts_on and self.tanggal_berakhir < self.starts_on:
            raise ValidationError(
                {"tanggal_berakhir": "Tanggal berakhir tidak mungkin sebelum mulai berlaku."}
            )

    def find_duplicate(self, parent: Page | None = None) -> "RegulationPage | None":
        """Return another regulation of the same office with the same type, number and year, or None.

        Drafts count too: two officers must not enter the same decree side by side. `parent` is the page under which
        a new regulation will stand.
        """
        self.apply_number()
        if not self.nomor_kunci:
            return None
        same = RegulationPage.objects.filter(
            jenis=self.jenis, nomor_kunci=self.nomor_kunci, tahun=self.tahun
        ).exclude(pk=self.pk)
        prefix = parent.path if parent else self._tree_prefix()
        return (same.filter(path__startswith=prefix) if prefix else same).first()

    def _tree_prefix(self) -> str:
        """Path of the index page under which this page stands or will stand."""
        return self.path[: -self.steplen] if self.path else ""

    def missing_metadata(self) -> list[MissingItem]:
        """Checklist for submission: what a citizen needs to judge and find the text."""
        missing = super().missing_metadata()
        if not self.tahun:
            missing.append(MissingItem("tahun", "Isi tahun peraturan."))
        if not self.tanggal_penetapan:
            missing.append(MissingItem("tanggal_penetapan", "Isi tanggal penetapan seperti pada naskah."))
        if not self.tentang.strip():
            missing.append(
                MissingItem("tentang", "Isi judul resmi setelah kata “tentang” seperti pada naskah.")
            )
        if not list(self.files.all()):
            missing.append(MissingItem("files", "Lampirkan berkas naskah peraturan."))
        return missing

    # --- status ------------------------------------------------------------------------------------------------------

    @property
    def starts_on(self) -> dt.date | None:
        """Date from which the regulation holds, as far as known."""
        return self.tanggal_berlaku or self.tanggal_pengundangan or self.tanggal_penetapan

    @cached_property
    def incoming(self) -> list[RegulationRelation]:
        """Relations from regulations that the public may see now, oldest effect first."""
        return _incoming_of([self])[self.pk]

    @cached_property
    def outgoing(self) -> list[RegulationRelation]:
        """Relations to other regulations, in the editor's order; a target that is not public is named, not linked."""
        relations = list(self.relations.all())
        targets = [relation.target_id for relation in relations if relation.target_id]
        shown = set(public(RegulationPage.objects.filter(pk__in=targets)).values_list("pk", flat=True))
        for relation in relations:
            relation.target_is_public = relation.target_id in shown
        return [relation for relation in relations if relation.target_is_public or relation.target_text]

    def status_on(self, on: dt.date) -> StatusOn:
        """Return the effective status on a date, from its own dates and from what others did to it.

        Same rule as `RegulationQuerySet.with_status`, with the reasons.
        """
        effects = [relation for relation in self.incoming if relation.takes_effect_by(on)]
        by_kind = {kind: tuple(r for r in effects if r.jenis == kind) for kind in RelationType.values}
        if self.tanggal_berakhir and self.tanggal_berakhir <= on:
            return StatusOn(
                RegulationStatus.REVOKED, on, self.tanggal_berakhir, by_kind[RelationType.REVOKES]
            )
        if revoking := by_kind[RelationType.REVOKES]:
            return StatusOn(RegulationStatus.REVOKED, on, revoking[0].effective_on, revoking)
        if self.starts_on and self.starts_on > on:
            return StatusOn(RegulationStatus.NOT_YET, on, self.starts_on)
        if partly := by_kind[RelationType.REVOKES_PARTLY]:
            return StatusOn(RegulationStatus.PARTLY_REVOKED, on, partly[0].effective_on, partly)
        if amending := by_kind[RelationType.AMENDS]:
            return StatusOn(RegulationStatus.AMENDED, on, amending[0].effective_on, amending)
        return StatusOn(RegulationStatus.IN_FORCE, on, self.starts_on)

    @cached_property
    def status_now(self) -> StatusOn:
        """Effective status today, at the office of this page."""
        return self.status_on(self.office.today() if self.office else dt.date.today())

    @property
    def structured_data(self) -> list[dict]:
        """What search engines may know of this page."""
        return [legislation(self)]

    @property
    def jenis_singkat(self) -> str:
        """Short name of the type ("PKPU", "UU", "Keputusan KPU Kab/Kota"); empty for a draft without a type."""
        return REGULATION_TYPES[self.jenis].short if self.jenis in REGULATION_TYPES else ""

    @property
    def citation(self) -> str:
        """How the regulation is cited: "PKPU 22 Tahun 2023", "Keputusan KPU Kab/Kota 8/HK.03.1/3673/2021"."""
        if self.kode or not self.tahun or str(self.tahun) in self.nomor:
            return f"{self.jenis_singkat} {self.nomor}".strip()
        return f"{self.jenis_singkat} {self.nomor} Tahun {self.tahun}".strip()

    @path("abstrak/", name="abstract")
    def abstract(self, request):
        """The printable abstract, in the layout that legal documentation centres use."""
        return self.render(request, template="catalogue/regulation_abstract.html")

    def get_context(self, request, *args, **kwargs):
        """Add status today, and on the date asked for with `?pada=YYYY-MM-DD` (an unreadable date says so)."""
        context = super().get_context(request, *args, **kwargs)
        asked = request.GET.get("pada", "").strip()
        asked_on, asked_error = None, ""
        if asked:
            try:
                asked_on = dt.date.fromisoformat(asked)
            except ValueError:
                asked_error = "Tanggal tidak terbaca. Tulis tahun-bulan-hari, misalnya 2023-10-31."
        context.update(
            status=self.status_now,
            incoming=self.incoming,
            outgoing=self.outgoing,
            pada=asked,
            pada_error=asked_error,
            status_pada=self.status_on(asked_on) if asked_on else None,
        )
        return context


def read_incoming(pages: "Collection[RegulationPage]") -> None:
    """Read :attr:`RegulationPage.incoming` of many regulations at once."""
    found = _incoming_of(pages)
    for page in pages:
        page.incoming = found[page.pk]


def _incoming_of(pages: "Collection[RegulationPage]") -> dict[int, list[RegulationRelation]]:
    found: dict[int, list[RegulationRelation]] = {page.pk: [] for page in pages}
    relations = RegulationRelation.objects.filter(Visibility().where("source"), target__in=found)
    for relation in relations.select_related("source"):
        found[relation.target_id].append(relation)
    for effects in found.values():
        effects.sort(key=lambda relation: relation.effective_on or dt.date.max)
    return found
