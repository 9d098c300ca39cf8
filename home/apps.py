from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = "Beranda"

    def ready(self):
        """Give the roles their rights on this room's rows."""
        from home.roles import register_home_rights

        register_home_rights()
