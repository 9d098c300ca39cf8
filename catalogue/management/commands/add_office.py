"""`manage.py add_office`: an office in one step."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from catalogue.office_setup import OfficeSpec, create_office
from home.enums import OfficeLevel, TimeZone
from home.models import Office


def level_of(kode_wilayah: str) -> OfficeLevel:
    """Return the level that a region code implies: "0" national, two digits a province, four a city or regency."""
    if kode_wilayah == "0":
        return OfficeLevel.NATIONAL
    return OfficeLevel.PROVINCE if len(kode_wilayah) == 2 else OfficeLevel.CITY


def parent_of(kode_wilayah: str) -> Office | None:
    """Return the office above, as far as it exists here: the province of a city, KPU RI of a province."""
    level = level_of(kode_wilayah)
    if level == OfficeLevel.NATIONAL:
        return None
    code = "0" if level == OfficeLevel.PROVINCE else kode_wilayah[:2]
    return Office.objects.filter(kode_wilayah=code).first()


class Command(BaseCommand):
    """Site, page tree, file collection, groups and workflow of an office; run again, it adds only what is missing."""

    help = "Menambah kantor: situs, halaman, koleksi berkas, kelompok petugas, dan alur moderasi, dalam satu langkah."

    def add_arguments(self, parser):
        """Code, name and address; the rest has defaults."""
        parser.add_argument("kode", help="kode wilayah: 0 KPU RI, 2 angka provinsi, 4 angka kabupaten/kota")
        parser.add_argument("--nama", help='nama pendek, contoh: "KPU Kota Serang"')
        parser.add_argument("--lembaga", help="nama lembaga lengkap (bawaan: dari nama pendek)")
        parser.add_argument("--kota", help='tempat kedudukan, contoh: "Kota Serang"')
        parser.add_argument("--alamat", help="alamat kantor")
        parser.add_argument("--host", help="nama host situs, contoh: serangkotappid.kpu.go.id")
        parser.add_argument("--port", type=int, default=80)
        parser.add_argument("--zona", choices=TimeZone.values, default=TimeZone.WIB)
        parser.add_argument(
            "--utama", action="store_true", help="jadikan situs bawaan untuk host yang tidak dikenal"
        )

    def handle(self, kode, **options):
        """Create or complete the office."""
        existing = Office.objects.select_related("site").filter(kode_wilayah=kode).first()
        missing = [name for name in ("nama", "kota", "alamat", "host") if not options[name]]
        if existing is None and missing:
            raise CommandError(
                f"Kantor {kode} belum ada. Lengkapi: {', '.join(f'--{name}' for name in missing)}."
            )
        name = options["nama"] or existing.name
        spec = OfficeSpec(
            kode_wilayah=kode,
            name=name,
            level=level_of(kode),
            nama_lembaga=options["lembaga"] or name.replace("KPU", "Komisi Pemilihan Umum", 1),
            kota=options["kota"] or existing.kota,
            alamat=options["alamat"] or existing.alamat,
            hostname=options["host"] or existing.site.hostname,
            port=options["port"],
            is_default_site=options["utama"],
            parent=parent_of(kode),
            fields={"time_zone": options["zona"]},
        )
        try:
            office = create_office(spec)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        verb = "dilengkapi" if existing else "ditambahkan"
        self.stdout.write(f"{office.name} ({kode}) {verb}: {office.site.root_url}")
