from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "api"
    verbose_name = "API"

    def ready(self):
        """Let every page name its JSON twin."""
        from api.addresses import twin
        from home.registry import register_data_address

        register_data_address(twin)
