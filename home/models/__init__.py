"""Offices, and the editorial shell of an office's site."""

from home.models.content import (
    AnnouncementIndexPage,
    AnnouncementPage,
    FAQItem,
    FAQPage,
    GlossaryPage,
    GlossaryTerm,
    SOPIndexPage,
    SOPPage,
)
from home.models.offices import Office, OfficeGroup, WorkUnit
from home.models.shell import (
    HomePage,
    ProfileIndexPage,
    ProfilePage,
    StandardPage,
    StructurePage,
    StructureRole,
)
from home.models.withdrawal import Withdrawal

__all__ = [
    "AnnouncementIndexPage",
    "AnnouncementPage",
    "FAQItem",
    "FAQPage",
    "GlossaryPage",
    "GlossaryTerm",
    "HomePage",
    "Office",
    "OfficeGroup",
    "ProfileIndexPage",
    "ProfilePage",
    "SOPIndexPage",
    "SOPPage",
    "StandardPage",
    "StructurePage",
    "StructureRole",
    "Withdrawal",
    "WorkUnit",
]
