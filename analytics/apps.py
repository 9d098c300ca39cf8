from django.apps import AppConfig


class AnalyticsConfig(AppConfig):
    name = "analytics"
    verbose_name = "Statistik"

    def ready(self):
        """Listen to what happens, and put the collecting and the forgetting on the timetable."""
        from datetime import time

        from analytics import jobs, signal_handlers
        from common import schedule

        signal_handlers.connect()
        schedule.every(30, "kumpulkan_kunjungan", jobs.collect)
        schedule.daily(time(3, 10), "hapus_kejadian_lama", jobs.forget)
