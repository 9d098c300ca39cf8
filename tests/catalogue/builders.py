"""A small site to try the catalogue's rules on."""

import datetime as dt

from catalogue.models import RegulationIndexPage, RegulationPage, RegulationRelation
from catalogue.office_setup import OfficeSpec, create_office


def make_office(kode="3673", name="KPU Kota Serang", hostname="localhost", **changes):
    """Return an office with its whole page tree."""
    spec = {
        "kode_wilayah": kode,
        "name": name,
        "level": "kabkota",
        "nama_lembaga": f"Komisi Pemilihan Umum {name[4:]}",
        "kota": name[4:],
        "alamat": "Jalan Contoh 1",
        "hostname": hostname,
        "is_default_site": hostname == "localhost",
    }
    return create_office(OfficeSpec(**(spec | changes)))


def make_regulation(office, jenis="pkpu", nomor="1", tahun=2015, live=True, relations=(), **fields):
    """Return a regulation of the office; `relations` are (type, target or text, effective date) triples."""
    index = RegulationIndexPage.objects.child_of(office.home_page).get()
    page = RegulationPage(
        title=f"{jenis.upper()} Nomor {nomor} Tahun {tahun}",
        jenis=jenis,
        nomor=nomor,
        tahun=tahun,
        live=live,
        **fields,
    )
    for kind, target, since in relations:
        relation = RegulationRelation(jenis=kind, tanggal_efektif=since)
        if isinstance(target, RegulationPage):
            relation.target = target
        else:
            relation.target_text = target
        page.relations.add(relation)
    index.add_child(instance=page)
    return page


def day(text: str) -> dt.date:
    """Shorthand for a date in a test."""
    return dt.date.fromisoformat(text)
