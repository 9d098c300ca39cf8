"""Loads the demo's Daftar Informasi Publik."""

import datetime as dt

from django.utils.text import slugify

from catalogue.demo import files, offices
from catalogue.demo.dip_entries import KINDS, Entry, entries
from catalogue.demo.regulations import SOURCE
from catalogue.demo.shell import section
from catalogue.demo.texts import EXAMPLE
from catalogue.enums import CLASS_SLUGS, InformationClass
from catalogue.importing.bulk_pages import add_pages
from catalogue.models import CatalogueFile, DIPEntryPage, DIPIndexPage, InformationKind
from catalogue.retention import add_months
from catalogue.signals import regulations_imported
from home.models import Office

_OFFICERS = {
    offices.LAW: "Kepala Subbagian Hukum",
    offices.DATA: "Kepala Subbagian Program dan Data",
    offices.FINANCE: "Kepala Subbagian Keuangan, Umum, dan Logistik",
    offices.PARTICIPATION: "Kepala Subbagian SDM dan Partisipasi Masyarakat",
}
_ELECTION_YEAR = dt.date(2024, 9, 21)


def load_dip(office: Office) -> None:
    """Add the entries that the office's list lacks."""
    for order, name in enumerate(KINDS):
        InformationKind.objects.get_or_create(name=name, parent=None, defaults={"sort_order": order})
    index = section(office, DIPIndexPage)
    present = set(DIPEntryPage.objects.child_of(index).values_list("klasifikasi", "nomor"))
    missing = [entry for entry in entries() if (entry.klasifikasi, entry.nomor) not in present]
    kinds = {kind.name: kind for kind in InformationKind.objects.filter(name__in=KINDS, parent=None)}
    units = {name: offices.unit(office, name) for name in offices.UNITS}
    pages = [_page(office, entry, kinds, units) for entry in missing]
    add_pages(index, pages, source=SOURCE)
    if pages:
        regulations_imported.send(DIPEntryPage, page_ids=[page.pk for page in pages])


def _page(office: Office, entry: Entry, kinds: dict, units: dict) -> DIPEntryPage:
    periodic = entry.klasifikasi == InformationClass.BERKALA
    renewed = add_months(office.today(), -entry.months)
    published = renewed if periodic else _ELECTION_YEAR
    return DIPEntryPage(
        title=f"{entry.title} (contoh)",
        slug=slugify(f"{CLASS_SLUGS[entry.klasifikasi]} {entry.nomor.replace('.', '-')} {entry.title}")[:100],
        klasifikasi=entry.klasifikasi,
        nomor=entry.nomor,
        ringkasan=f"{entry.title}. {EXAMPLE}",
        unit_kerja=units[entry.unit],
        jenis_informasi=kinds[entry.kind],
        kategori_kpu=entry.category,
        pejabat_penanggung_jawab=_OFFICERS[entry.unit],
        tanggal_penerbitan=published,
        tempat_penerbitan=office.kota,
        softcopy=bool(entry.pages),
        hardcopy=not entry.pages,
        retensi_arsip=entry.retention,
        periode_pembaruan=entry.period,
        tanggal_pemutakhiran=renewed if periodic else None,
        tahun_dip=2024,
        files=_files(office, entry),
    )


def _files(office: Office, entry: Entry) -> list[CatalogueFile]:
    if not entry.pages:
        return []
    name = f"{slugify(entry.title)[:60]}.pdf"
    document = files.stored(office, f"{entry.title} (contoh)", name, files.text_pdf(entry.title, entry.pages))
    return [CatalogueFile(document=document, sort_order=0)]
