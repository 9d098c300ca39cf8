from django.apps import AppConfig


class AnalyticsConfig(AppConfig):
    name = "analytics"
    verbose_name = "Statistik"

    def ready(self):
        """Listen to what happens, put the collecting and the forgetting on the timetable; rights, the demo's year."""
        from datetime import time

        from analytics import demo_year, jobs, signal_handlers
        from analytics.service_totals.demo import load_service_totals
        from analytics.service_totals.rights import register_service_totals_rights
        from catalogue.demo.steps import register_demo_step, register_demo_year
        from common import schedule

        signal_handlers.connect()
        schedule.every(30, "kumpulkan_kunjungan", jobs.collect)
        schedule.daily(time(3, 10), "hapus_kejadian_lama", jobs.forget)
        register_service_totals_rights()
        register_demo_step("angka layanan", load_service_totals)
        register_demo_year("kunjungan", demo_year.load_year)
