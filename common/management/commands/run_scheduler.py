"""`manage.py run_scheduler`: run the jobs that apps registered with common.schedule, until told to stop."""

import signal
import threading

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from common import schedule

LONGEST_SLEEP = 15.0  # seconds; also how often the heartbeat is renewed
LONGEST_PAUSE = 60.0  # seconds between two tries while the database does not answer


class Command(BaseCommand):
    help = "Menjalankan tugas terjadwal: penerbitan terjadwal, masa berlaku, pembersihan."

    def add_arguments(self, parser):
        parser.add_argument(
            "--once", action="store_true", help="Jalankan yang sudah waktunya, lalu selesai (untuk cron)."
        )

    def handle(self, *args, once, verbosity, **options):
        self.process, self.started_at, self.loud = schedule.process_name(), timezone.now(), verbosity > 0
        if once:
            self.round()
            return
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        failures = 0
        while not stop.is_set():
            close_old_connections()
            try:
                self.round()
                pause, failures = schedule.seconds_to_next(LONGEST_SLEEP), 0
            except DatabaseError as error:
                failures += 1
                pause = min(LONGEST_PAUSE, 2.0**failures)
                self.stderr.write(
                    f"Basis data tidak menjawab ({error}); dicoba lagi dalam {pause:.0f} detik."
                )
            stop.wait(pause)

    def round(self) -> None:
        """Give a sign of life and run what is due."""
        schedule.beat(self.process, self.started_at)
        for name in schedule.run_due(self.process):
            if self.loud:
                self.stdout.write(f"{timezone.localtime():%H:%M:%S} {name}")
