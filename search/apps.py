from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = "Pencarian"

    def ready(self):
        """Register the adapters and signal handlers, the nightly comparison, and who keeps the vocabulary."""
        from datetime import time

        from common import schedule
        from home.enums import Role
        from home.roles import register_model_right
        from search import adapters, signal_handlers  # noqa: F401 (adapters register themselves)
        from search.healing import heal
        from search.reconciling import nightly

        signal_handlers.connect()
        schedule.daily(time(1, 30), "cocokkan_indeks", nightly)
        schedule.every(15, "pulihkan_elasticsearch", heal)
        for model in ("abbreviation", "synonym"):
            for action in ("add", "change", "delete"):
                register_model_right(f"search.{action}_{model}", Role.ADMIN, topmost_only=True)
