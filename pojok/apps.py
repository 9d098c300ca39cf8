from django.apps import AppConfig


class PojokConfig(AppConfig):
    name = "pojok"
    verbose_name = "Pojok Informasi Publik"

    def ready(self):
        """Give every office its Pojok, and let every page that can be embedded say so."""
        from catalogue.office_setup import register_section
        from home.registry import register_embed_address
        from pojok.embeds.oembed import discovery
        from pojok.models import SLUG, PojokPage

        register_section(PojokPage, SLUG, "Pojok Informasi Publik")
        register_embed_address(discovery)
