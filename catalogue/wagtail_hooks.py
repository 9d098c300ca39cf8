"""What Wagtail's admin learns of the catalogue: its lists."""

from wagtail_modeladmin.options import modeladmin_register

from catalogue import dashboard
from catalogue.admin import DatasetAdmin, DIPEntryAdmin, ExemptionGroup, RegulationAdmin, ReportAdmin

for definition in (RegulationAdmin, DIPEntryAdmin, ExemptionGroup, DatasetAdmin, ReportAdmin):
    modeladmin_register(definition)

dashboard.register()
