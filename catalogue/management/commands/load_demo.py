"""`manage.py load_demo`: the demo office, idempotent."""

from argparse import ArgumentParser
from time import monotonic

from django.core.management.base import BaseCommand

from catalogue.demo import accounts, loader, offices, steps
from common import planner
from home.models import Office


class Command(BaseCommand):
    help = "Memuat kantor contoh (KPU Kota Serang dari laporannya yang terbuka). Aman diulang."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments: that of `make run`, and a year of use."""
        parser.add_argument(
            "--if-empty",
            action="store_true",
            help="hanya bila basis data belum berisi kantor, atau muatannya dulu terputus",
        )
        parser.add_argument(
            "--year",
            action="store_true",
            help="tambahkan setahun pemakaian buatan: kunjungan, unduhan, pencarian",
        )

    def handle(self, *args, **options) -> None:
        """Load what is missing, then the accounts."""
        self.is_quiet = options["verbosity"] == 0
        if options["if_empty"] and not loader.may_load_into_this_database():
            offices.follow_port()
            return
        started = monotonic()
        office = loader.load(lambda words: self.say(f"Memuat {words} …"))
        offices.follow_port()
        if options["year"]:
            self._year()
        planner.refresh()
        self.say(f"Kantor contoh {office.name} siap ({monotonic() - started:.0f} detik).")
        self._accounts(office)

    def say(self, words: str) -> None:
        """Print unless silence was asked for."""
        if not self.is_quiet:
            self.stdout.write(words)

    def _year(self) -> None:
        for name, step in steps.registered_years():
            for office in Office.objects.filter(kode_wilayah__in=offices.CODES):
                self.say(f"Memuat setahun {name} {office.name} …")
                step(office)

    def _accounts(self, office: Office) -> None:
        try:
            made = accounts.create_accounts(office)
        except accounts.NotInProduction as refused:
            self.say(str(refused))
            return
        if made:
            self.say(f"Akun contoh: {', '.join(made)}. Kata sandinya di {accounts.accounts_file()}")
        elif not accounts.accounts_file().exists():
            self.say("Berkas kata sandi akun contoh hilang. Ganti dengan: manage.py changepassword editor")
