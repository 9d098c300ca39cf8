"""KPU offices: each has one site, its people's groups and its units."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.models import Collection, Page, Site

from home import office_memory
from home.enums import OfficeLevel, Role, TimeZone
from home.workdays import is_working_day

WEEKDAYS = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]


@dataclass(frozen=True)
class OpeningState:
    """Whether an office serves at a moment, in words for the public.

    `until` is the end of the current period when open, `next_opening` the next start when closed (both aware, in the
    office's time zone; None when no service day is found within two weeks).
    """

    is_open: bool
    label: str
    until: dt.datetime | None = None
    next_opening: dt.datetime | None = None


class OfficeQuerySet(models.QuerySet):
    """Ways from a request, a page or a site to its office."""

    def for_site(self, site: Site | None) -> "Office | None":
        """Return the office of a Wagtail site, or None."""
        return self.select_related("site", "parent").filter(site=site).first() if site else None

    def for_request(self, request) -> "Office | None":
        """Return the office whose site answers this request; looked up once in a few seconds (`office_memory`)."""
        if not hasattr(request, "_eppid_office"):
            request._eppid_office = office_memory.recall(request) or self._find_for_request(request)
        return request._eppid_office

    def _find_for_request(self, request) -> "Office | None":
        office = self.for_site(Site.find_for_request(request))
        if office is not None:
            office_memory.remember(request, office)
        return office

    def for_page(self, page: Page) -> "Office | None":
        """Return the office in whose tree the page stands (the nearest, when trees are nested), or None."""
        lengths = range(Page.steplen, len(page.path) + 1, Page.steplen)
        holders = self.select_related("site__root_page", "parent").filter(
            site__root_page__path__in=[page.path[:length] for length in lengths]
        )
        return max(holders, key=lambda office: len(office.site.root_page.path), default=None)

    def in_province_of(self, office: "Office") -> "OfficeQuerySet":
        """Return the provincial office to which an office belongs, with all offices right below it."""
        province = office.pk if office.is_provincial else office.parent_id or office.pk
        return self.filter(models.Q(pk=province) | models.Q(parent_id=province))

    def finder(self) -> "Callable[[Page], Office | None]":
        """Return `for_page` for many pages: the offices are looked up once, when the first page asks."""
        offices = self.select_related("site__root_page", "parent")

        def office_of(page: Page) -> "Office | None":
            holders = [office for office in offices if page.path.startswith(office.site.root_page.path)]
            return max(holders, key=lambda office: len(office.site.root_page.path), default=None)

        return office_of


class Office(models.Model):
    """A KPU office: national, provincial, or of a city or regency."""

    name = models.CharField("nama", max_length=120, help_text="Contoh: KPU Kota Serang")
    level = models.CharField("tingkat", max_length=10, choices=OfficeLevel.choices)
    kode_wilayah = models.CharField(
        "kode wilayah",
        max_length=4,
        unique=True,
        validators=[
            RegexValidator(
                r"^(0|\d{2}|\d{4})$",
                "Kode wilayah: 0 untuk KPU RI, 2 angka untuk provinsi, 4 angka untuk kabupaten/kota.",
            )
        ],
        help_text="Kode wilayah Kemendagri. Contoh: 3673 untuk Kota Serang, 36 untuk Banten, 0 untuk KPU RI.",
    )
    parent = models.ForeignKey(
        "self",
        verbose_name="kantor atasan",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    site = models.OneToOneField(Site, verbose_name="situs", on_delete=models.PROTECT, related_name="office")
    collection = models.OneToOneField(
        Collection,
        verbose_name="koleksi berkas",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="office",
    )

    alamat = models.CharField("alamat", max_length=255)
    kota = models.CharField("kota", max_length=80, help_text="Tempat penandatanganan. Contoh: Kota Serang")
    telepon = models.CharField("telepon", max_length=40, blank=True)
    faks = models.CharField("faks", max_length=40, blank=True)
    email = models.EmailField("surel", blank=True)
    nama_lembaga = models.CharField(
        "nama lembaga lengkap", max_length=160, help_text="Contoh: Komisi Pemilihan Umum Kota Serang"
    )

    time_zone = models.CharField("zona waktu", max_length=20, choices=TimeZone.choices, default=TimeZone.WIB)
    service_days = models.CharField(
        "hari layanan",
        max_length=7,
        default="01234",
        help_text="Angka hari tanpa spasi: 0 Senin sampai 6 Minggu. Contoh: 01234",
        validators=[RegexValidator(r"^0?1?2?3?4?5?6?$", "Tulis angka hari berurutan, misalnya 01234.")],
    )
    opens_at = models.TimeField("buka", default=dt.time(9, 0))
    closes_at = models.TimeField("tutup", default=dt.time(15, 0))
    break_starts_at = models.TimeField("mulai istirahat", null=True, blank=True)
    break_ends_at = models.TimeField("selesai istirahat", null=True, blank=True)

    objects = OfficeQuerySet.as_manager()

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("name"),
                FieldPanel("nama_lembaga"),
                FieldRowPanel(
                    [
                        FieldPanel("level", permission="superuser"),
                        FieldPanel("kode_wilayah", permission="superuser"),
                    ]
                ),
                FieldPanel("parent", permission="superuser"),
                FieldPanel("site", permission="superuser"),
            ],
            "Kantor",
        ),
        MultiFieldPanel(
            [
                FieldPanel("alamat"),
                FieldPanel("kota"),
                FieldRowPanel([FieldPanel("telepon"), FieldPanel("faks")]),
                FieldPanel("email"),
            ],
            "Alamat",
        ),
        MultiFieldPanel(
            [
                HelpPanel(content="Jam ini tampil di setiap halaman dan menentukan tulisan “Buka sekarang”."),
                FieldRowPanel([FieldPanel("time_zone"), FieldPanel("service_days")]),
                FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
                FieldRowPanel([FieldPanel("break_starts_at"), FieldPanel("break_ends_at")]),
            ],
            "Jam layanan",
        ),
    ]

    class Meta:
        ordering = ["kode_wilayah"]
        verbose_name = "kantor"
        verbose_name_plural = "kantor"

    def __str__(self):
        return self.name

    def clean(self):
        """Refuse hours that contradict each other and a parent that is not above this office."""
        if self.opens_at and self.closes_at and self.opens_at >= self.closes_at:
            raise ValidationError({"closes_at": "Jam tutup harus sesudah jam buka."})
        if bool(self.break_starts_at) != bool(self.break_ends_at):
            raise ValidationError({"break_ends_at": "Isi kedua jam istirahat, atau kosongkan keduanya."})
        if self.break_starts_at and not (
            self.opens_at <= self.break_starts_at < self.break_ends_at <= self.closes_at
        ):
            raise ValidationError({"break_starts_at": "Jam istirahat harus di dalam jam layanan."})
        above = {OfficeLevel.PROVINCE: OfficeLevel.NATIONAL, OfficeLevel.CITY: OfficeLevel.PROVINCE}
        if self.parent and above.get(self.level) != self.parent.level:
            raise ValidationError({"parent": "Kantor atasan harus satu tingkat di atas kantor ini."})

    @property
    def is_provincial(self) -> bool:
        """Whether this is the office of a province."""
        return self.level == OfficeLevel.PROVINCE

    @property
    def tz(self) -> ZoneInfo:
        """Time zone in which this office's dates and hours are read."""
        return ZoneInfo(self.time_zone)

    @property
    def tz_label(self) -> str:
        """Short name of the time zone: WIB, WITA or WIT."""
        return TimeZone(self.time_zone).label

    def today(self) -> dt.date:
        """Return today's date at this office."""
        return self.local_day(timezone.now())

    def local_day(self, moment: dt.datetime) -> dt.date:
        """Return the date that it is at this office at a moment (aware)."""
        return moment.astimezone(self.tz).date()

    def day_bounds(self, day: dt.date) -> tuple[dt.datetime, dt.datetime]:
        """Return the moments (aware) at which a day begins and the next begins at this office."""
        first, second = (
            dt.datetime.combine(day + dt.timedelta(days=n), dt.time(), tzinfo=self.tz) for n in (0, 1)
        )
        return first, second

    @property
    def service_days_label(self) -> str:
        """Service days in words: "Senin–Jumat", or a list when they do not run on."""
        days = [int(day) for day in self.service_days]
        if len(days) > 2 and days == list(range(days[0], days[-1] + 1)):
            return f"{WEEKDAYS[days[0]]}–{WEEKDAYS[days[-1]]}"
        return ", ".join(WEEKDAYS[day] for day in days)

    @property
    def hours_label(self) -> str:
        """Service hours in words, with the time zone: "09.00–15.00 WIB"."""
        return f"{self.opens_at:%H.%M}–{self.closes_at:%H.%M} {self.tz_label}"

    @property
    def break_label(self) -> str:
        """Break in words ("12.00–13.00"), or an empty string."""
        return f"{self.break_starts_at:%H.%M}–{self.break_ends_at:%H.%M}" if self.break_starts_at else ""

    def _periods(self, day: dt.date) -> list[tuple[dt.datetime, dt.datetime]]:
        """Service periods of a day as aware datetimes: none on a day without service, two around a break."""
        if str(day.weekday()) not in self.service_days or not is_working_day(day):
            return []
        edges = [self.opens_at, self.closes_at]
        if self.break_starts_at:
            edges[1:1] = [self.break_starts_at, self.break_ends_at]
        moments = [dt.datetime.combine(day, edge, tzinfo=self.tz) for edge in edges]
        return [(start, end) for start, end in zip(moments[::2], moments[1::2], strict=True) if start < end]

    def opening_state(self, now: dt.datetime | None = None) -> OpeningState:
        """Tell whether the desk serves at `now` (aware; default the present), and until or from when.

        Weekends, national holidays and collective leave are closed (`home.workdays`).
        """
        now = (now or timezone.now()).astimezone(self.tz)
        for offset in range(15):
            day = now.date() + dt.timedelta(days=offset)
            for start, end in self._periods(day):
                if start <= now < end:
                    return OpeningState(True, f"Buka sekarang, sampai {end:%H.%M} {self.tz_label}", until=end)
                if now < start:
                    return OpeningState(False, self._closed_label(now, start), next_opening=start)
        return OpeningState(False, "Tutup sekarang")

    def _closed_label(self, now: dt.datetime, start: dt.datetime) -> str:
        if start.date() == now.date():
            word = "Istirahat" if self.break_ends_at and start.time() == self.break_ends_at else "Tutup"
            return f"{word} sekarang, buka lagi pukul {start:%H.%M} {self.tz_label}"
        days = (start.date() - now.date()).days
        when = "besok" if days == 1 else WEEKDAYS[start.weekday()]
        return f"Tutup sekarang, buka {when} pukul {start:%H.%M} {self.tz_label}"

    def group(self, role: Role) -> Group | None:
        """Return the group of this office's people in a role, or None when it was not made."""
        link = self.office_groups.select_related("group").filter(role=role).first()
        return link.group if link else None

    @property
    def home_page(self) -> Page:
        """Root page of this office's site."""
        return self.site.root_page


class OfficeGroup(models.Model):
    """Ties a permission group to an office and a role, so that code finds it without reading names."""

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="office_groups")
    role = models.CharField("peran", max_length=20, choices=Role.choices)
    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="office_group")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "role"], name="one_group_a_role")]
        verbose_name = "kelompok kantor"
        verbose_name_plural = "kelompok kantor"

    def __str__(self):
        return f"{self.get_role_display()} {self.office}"


class WorkUnit(models.Model):
    """A unit (subbagian) of an office that holds information."""

    office = models.ForeignKey(Office, verbose_name="kantor", on_delete=models.CASCADE, related_name="units")
    name = models.CharField("nama", max_length=120, help_text="Contoh: Subbagian Hukum")

    panels = [FieldPanel("office"), FieldPanel("name")]

    class Meta:
        ordering = ["office_id", "name"]
        constraints = [models.UniqueConstraint(fields=["office", "name"], name="one_name_a_unit")]
        verbose_name = "unit kerja"
        verbose_name_plural = "unit kerja"

    def __str__(self):
        return self.name
