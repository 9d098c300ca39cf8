"""What the parts of the Pojok show: one place for the kiosk, for parts on other sites, and for their JSON.

Plain functions that return frozen values. Each value has `as_data()`, the same as its JSON; addresses in it are paths
on the office's own site, which whoever writes to another site makes absolute (`absolute`). Nothing here is told that
the public may not see at this moment.
"""

from pojok.parts.addresses import absolute
from pojok.parts.announcements import Announcement, announcement
from pojok.parts.charts import CHARTS, Chart, UnknownChart, chart
from pojok.parts.documents import DocumentPart, DocumentState, document
from pojok.parts.figures import DEFAULT_FIGURES, FIGURES, Figure, UnknownFigure, figures
from pojok.parts.hours import ServiceHours, service_hours
from pojok.parts.publications import CLASSES, MAX_COUNT, Latest, Publication, UnknownClass, latest
from pojok.parts.searching import SearchBox, search_box

__all__ = [
    "CHARTS",
    "CLASSES",
    "DEFAULT_FIGURES",
    "FIGURES",
    "MAX_COUNT",
    "Announcement",
    "Chart",
    "DocumentPart",
    "DocumentState",
    "Figure",
    "Latest",
    "Publication",
    "SearchBox",
    "ServiceHours",
    "UnknownChart",
    "UnknownClass",
    "UnknownFigure",
    "absolute",
    "announcement",
    "chart",
    "document",
    "figures",
    "latest",
    "search_box",
    "service_hours",
]
