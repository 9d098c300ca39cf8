from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = "Pencarian"

    def ready(self):
        """Register the adapters and signal handlers, and the nightly comparison of index and database."""
        from datetime import time

        from common import schedule
        from search import adapters, signal_handlers  # noqa: F401 (adapters register themselves)
        from search.reconciling import nightly

        signal_handlers.connect()
        schedule.daily(time(1, 30), "cocokkan_indeks", nightly)
