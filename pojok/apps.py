from django.apps import AppConfig


class PojokConfig(AppConfig):
    name = "pojok"
    verbose_name = "Pojok Informasi Publik"

    def ready(self):
        """Give every office its Pojok."""
        from catalogue.office_setup import register_section
        from pojok.models import SLUG, PojokPage

        register_section(PojokPage, SLUG, "Pojok Informasi Publik")
