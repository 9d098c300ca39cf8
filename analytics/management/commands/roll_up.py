"""`manage.py roll_up`: add up days again, as far back as their events are kept."""

import datetime as dt
from argparse import ArgumentParser, ArgumentTypeError

from django.core.management.base import BaseCommand, CommandError

from analytics import collecting, rollups
from home.models import Office


def day(value: str) -> dt.date:
    """A day as it is typed."""
    try:
        return dt.date.fromisoformat(value)
    except ValueError as error:
        raise ArgumentTypeError(f"“{value}” bukan tanggal; contoh: 2026-01-31") from error


class Command(BaseCommand):
    help = "Menjumlahkan ulang angka harian dari kejadian yang masih disimpan. Aman diulang."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the office and the days."""
        parser.add_argument("--kantor", metavar="KODE", help="kode wilayah satu kantor (bila tidak: semua)")
        parser.add_argument(
            "--dari", metavar="TANGGAL", type=day, help="hari pertama (bila tidak: yang tertua)"
        )
        parser.add_argument(
            "--sampai", metavar="TANGGAL", type=day, help="hari terakhir (bila tidak: hari ini)"
        )

    def handle(self, *args, **options) -> None:
        """Store what waits, then add up each day of each office."""
        offices = Office.objects.order_by("kode_wilayah")
        if code := options["kantor"]:
            offices = offices.filter(kode_wilayah=code)
            if not offices:
                raise CommandError(f"Tidak ada kantor dengan kode {code}.")
        collecting.collect()
        for office in offices:
            self._office(office, options["dari"], options["sampai"], options["verbosity"])

    def _office(
        self, office: Office, asked_first: dt.date | None, asked_last: dt.date | None, verbosity: int
    ) -> None:
        oldest, today = rollups.oldest_day(office), office.today()
        first, last = max(asked_first or oldest, oldest), min(asked_last or today, today)
        count = max(0, (last - first).days + 1)
        for number in range(count):
            rollups.roll_up(office, first + dt.timedelta(days=number))
        if verbosity:
            words = f"{office.name}: {count} hari dijumlahkan ulang"
            if count:
                words += f", {first} sampai {last}"
            if asked_first and asked_first < oldest:
                words += f"; kejadian sebelum {oldest} sudah dihapus, angkanya tetap"
            self.stdout.write(f"{words}.")
