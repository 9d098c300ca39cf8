from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = "Pencarian"

    def ready(self):
        """Register the adapters and signal handlers, the nightly comparison, and who keeps the vocabulary."""
        from datetime import time

        from common import schedule, service_checks
        from documents.reading.highlighting import register_marker
        from home.enums import Role
        from home.roles import register_model_right
        from search import adapters, signal_handlers, vocabulary_readings  # noqa: F401 (adapters register themselves)
        from search.healing import heal, report_index
        from search.reading_marks import marker
        from search.reconciling import nightly
        from search.subscriptions import jobs as letters

        signal_handlers.connect()
        vocabulary_readings.connect()
        register_marker(marker)
        schedule.daily(time(1, 30), "cocokkan_indeks", nightly)
        service_checks.NOTES["search"] = report_index
        schedule.every(15, "pulihkan_elasticsearch", heal)
        schedule.every(60, "surel_langganan", letters.hand_over_due)
        schedule.daily(time(2, 40), "hapus_langganan_tak_dikonfirmasi", letters.forget_unconfirmed)
        for model in ("abbreviation", "synonym"):
            for action in ("add", "change", "delete"):
                register_model_right(f"search.{action}_{model}", Role.ADMIN, topmost_only=True)
        writers = (Role.EDITOR, Role.LIAISON, Role.PPID, Role.ADMIN)
        for action in ("add", "change", "delete"):
            register_model_right(f"search.{action}_pinnedresult", *writers)
