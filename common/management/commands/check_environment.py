"""`manage.py check_environment`: say in one sentence why the site cannot start here, or nothing."""

from django.core.management.base import BaseCommand

from common.env_checks import UnusableEnvironment
from common.service_checks import ServiceUnusable, check_all, notes


class Command(BaseCommand):
    help = "Memeriksa basis data, penyimpanan berkas, dan cache sebelum situs dijalankan."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--wait", type=float, default=0.0, help="Tunggu server yang baru menyala, dalam detik."
        )

    def handle(self, *args, wait, **options):
        try:
            check_all(wait)
        except ServiceUnusable as error:
            raise UnusableEnvironment(str(error)) from None
        for sentence in filter(None, notes().values()):
            self.stderr.write(f"Perhatian: {sentence}")
