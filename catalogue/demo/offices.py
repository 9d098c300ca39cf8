"""KPU Kota Serang, and the two offices above it whose decisions it needs."""

import datetime as dt

from django.conf import settings
from wagtail.models import Site

from catalogue.office_setup import OfficeSpec, create_office
from home.enums import OfficeLevel
from home.models import Office, WorkUnit

SERANG = "3673"
BANTEN = "36"
NATIONAL = "0"
CODES = (SERANG, BANTEN, NATIONAL)
_BREAK = {"break_starts_at": dt.time(12), "break_ends_at": dt.time(13)}

UNITS = (
    "Subbagian Hukum",
    "Subbagian Program dan Data",
    "Subbagian Keuangan, Umum, dan Logistik",
    "Subbagian SDM dan Partisipasi Masyarakat",
)
LAW, DATA, FINANCE, PARTICIPATION = UNITS


def load_offices() -> dict[str, Office]:
    """Create or complete the three offices and return them by code."""
    national = create_office(
        OfficeSpec(
            kode_wilayah=NATIONAL,
            name="KPU RI",
            level=OfficeLevel.NATIONAL,
            nama_lembaga="Komisi Pemilihan Umum Republik Indonesia",
            kota="Jakarta",
            alamat="Jl. Imam Bonjol No. 29, Jakarta Pusat",
            hostname="kpu-ri.localhost",
            port=settings.SITE_PORT,
            fields=_BREAK,
        )
    )
    province = create_office(
        OfficeSpec(
            kode_wilayah=BANTEN,
            name="KPU Provinsi Banten",
            level=OfficeLevel.PROVINCE,
            nama_lembaga="Komisi Pemilihan Umum Provinsi Banten",
            kota="Kota Serang",
            alamat="Kota Serang, Banten",
            hostname="banten.localhost",
            port=settings.SITE_PORT,
            parent=national,
            fields=_BREAK,
        )
    )
    city = create_office(
        OfficeSpec(
            kode_wilayah=SERANG,
            name="KPU Kota Serang",
            level=OfficeLevel.CITY,
            nama_lembaga="Komisi Pemilihan Umum Kota Serang",
            kota="Kota Serang",
            alamat="Jl. KH. A. Fatah Hasan No. 247, Bunderan Ciceri, Sumur Pecung, Kota Serang, Banten",
            hostname="localhost",
            port=settings.SITE_PORT,
            is_default_site=True,
            parent=province,
            fields=_BREAK | {"telepon": "(0254) 200374", "faks": "(0254) 200374"},
        )
    )
    for name in UNITS:
        WorkUnit.objects.get_or_create(office=city, name=name)
    return {NATIONAL: national, BANTEN: province, SERANG: city}


def follow_port() -> None:
    """Point the demo sites at the port of this start, so that their absolute addresses lead somewhere.

    Only for sites on this machine (`localhost` and its subdomains).
    """
    sites = Site.objects.filter(office__kode_wilayah__in=CODES, hostname__endswith="localhost")
    if sites.exclude(port=settings.SITE_PORT).exists():
        for site in sites:
            site.port = settings.SITE_PORT
            site.save()


def unit(office: Office, name: str) -> WorkUnit:
    """Return a unit of the demo office by its name."""
    return WorkUnit.objects.get(office=office, name=name)
