from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "common"
    verbose_name = "Bersama"

    def ready(self):
        from . import jobs

        jobs.register()
