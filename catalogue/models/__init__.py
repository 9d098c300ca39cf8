"""Catalogue: regulations, public information, exempted information, reports, open data."""

from catalogue.models.base import CatalogueFile, CataloguePage
from catalogue.models.consequence import ConsequenceTest
from catalogue.models.datasets import DatasetColumn, OpenDatasetPage
from catalogue.models.dip import DIPEntryPage, InformationKind
from catalogue.models.exempted import ExemptedInformationPage, LegalBasis
from catalogue.models.indexes import (
    DatasetIndexPage,
    DIPIndexPage,
    ExemptedIndexPage,
    RegulationIndexPage,
    ReportIndexPage,
)
from catalogue.models.regulations import RegulationPage
from catalogue.models.relations import RegulationRelation
from catalogue.models.reports import ServiceReportPage
from catalogue.workflow.models import ExemptionApprovalTask, OfficeRoleApprovalTask

__all__ = [
    "CatalogueFile",
    "CataloguePage",
    "ConsequenceTest",
    "DIPEntryPage",
    "DIPIndexPage",
    "DatasetColumn",
    "DatasetIndexPage",
    "ExemptedIndexPage",
    "ExemptedInformationPage",
    "ExemptionApprovalTask",
    "InformationKind",
    "LegalBasis",
    "OfficeRoleApprovalTask",
    "OpenDatasetPage",
    "RegulationIndexPage",
    "RegulationPage",
    "RegulationRelation",
    "ReportIndexPage",
    "ServiceReportPage",
]
