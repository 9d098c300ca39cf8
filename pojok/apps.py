from django.apps import AppConfig


class PojokConfig(AppConfig):
    name = "pojok"
    verbose_name = "Pojok Informasi Publik"
