from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = "Beranda"

    def ready(self):
        """Give the roles their rights on this room's rows, and pages the units of their office."""
        from django.db.models import Q

        from home import office_memory
        from home.forms import register_office_rows
        from home.models import WorkUnit
        from home.roles import register_home_rights

        office_memory.connect()
        register_home_rights()
        register_office_rows(WorkUnit, lambda office: Q(office=office))
