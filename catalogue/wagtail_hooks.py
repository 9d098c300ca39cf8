"""What Wagtail's admin learns of the catalogue: its lists, its part of the dashboard, the reviewer's editor."""

from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail_modeladmin.options import modeladmin_register

from catalogue import dashboard
from catalogue.admin import DatasetAdmin, DIPEntryAdmin, ExemptionGroup, RegulationAdmin, ReportAdmin
from catalogue.viewsets import InformationKindViewSet
from catalogue.workflow import editor

for definition in (RegulationAdmin, DIPEntryAdmin, ExemptionGroup, DatasetAdmin, ReportAdmin):
    modeladmin_register(definition)

register_snippet(InformationKindViewSet)

dashboard.register()

hooks.register("before_edit_page", editor.explain_review)
hooks.register("construct_page_action_menu", editor.decision_first)
