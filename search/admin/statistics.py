"""The tabs of numbers: what is searched for most, and what finds nothing; the latter feeds the publication plan."""

from __future__ import annotations

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic.base import ContextMixin, View
from wagtail.admin import messages
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from catalogue.models import DIPEntryPage, DIPIndexPage
from home.exports import SafeSpreadsheetMixin
from home.templatetags.eppid import angka
from search.admin.access import OfficeChoice, SearchAdminMixin, choose_office, kept_offices
from search.admin.words import DEFAULT_PERIOD, PERIODS, ROWS, first_day, most_frequent, totals, without_result
from search.enums import Handling
from search.handled import HandledQuery
from search.language.tokens import normal_form
from search.query_log import MAX_LOGGED

PARAM_DAYS, PARAM_OFFICE, PARAM_HANDLED = "hari", "kantor", "ditangani"


class _Numbers(SafeSpreadsheetMixin, SpreadsheetExportMixin, SearchAdminMixin, ContextMixin, View):
    """Period, office, rows, exports."""

    export_name = ""

    def get(self, request):
        """Show the table, or send it as a spreadsheet."""
        days = request.GET.get(PARAM_DAYS, "")
        self.days = int(days) if days in {str(period) for period in PERIODS} else DEFAULT_PERIOD
        self.choice = choose_office(request.user, request.GET.get(PARAM_OFFICE, ""))
        self.since = first_day(self.days)
        rows = self.rows()
        if self.is_export:
            return self.as_spreadsheet(rows, request.GET["export"])
        return self.render_to_response(self.get_context_data(rows=rows[:ROWS], **self.summary(rows)))

    def rows(self) -> list:
        """All rows of the table."""
        raise NotImplementedError

    def summary(self, rows: list) -> dict:
        """Totals, and what the filters need."""
        sums = totals(self.choice.ids, self.since)
        return {
            "totals": sums,
            "share_without": _percent(sums.without, sums.count),
            "row_count": len(rows),
            "more": max(0, len(rows) - ROWS),
            "days": self.days,
            "periods": PERIODS,
            "choice": self.choice,
            "since": self.since,
            "xlsx_url": self.xlsx_export_url,
            "csv_url": self.csv_export_url,
        }

    @property
    def header_more_buttons(self):
        """The downloads stand beside the table."""
        return []

    def get_filename(self):
        """Name the file after the table, the office and the day."""
        return f"{self.export_name}-{self.choice.code}-{timezone.localdate():%Y-%m-%d}"

    def get_heading(self, queryset, field):
        """The column's heading."""
        return self.export_headings[field]

    def to_row_dict(self, item):
        """Cells of a row."""
        return {name: value for name, value in self.cells(item).items() if name in self.list_export}

    def cells(self, words) -> dict:
        """Everything that a column may show."""
        mark = words.mark
        return {
            "text": words.text,
            "spellings": ", ".join(words.spellings[1:]),
            "count": words.count,
            "without": words.without,
            "last": words.last,
            "last_without": words.last_without,
            "finds_now": words.finds_now,
            "how": mark.get_how_display() if mark and words.is_handled else "",
            "note": mark.note if mark and words.is_handled else "",
            "by": _name(mark.handled_by) if mark and words.is_handled else "",
            "at": mark.handled_at if mark and words.is_handled else None,
        }


class WordsView(_Numbers):
    """What is searched for most."""

    page_title = "Kata terbanyak"
    template_name = "search/admin/words.html"
    tab = "words"
    export_name = "kata-pencarian"
    list_export = ["text", "spellings", "count", "without", "last"]
    export_headings = {
        "text": "Kata yang dicari",
        "spellings": "Juga diketik",
        "count": "Berapa kali",
        "without": "Tanpa hasil",
        "last": "Terakhir",
    }

    def rows(self):
        """The most frequent first."""
        return most_frequent(self.choice.ids, self.since)

    def summary(self, rows):
        """Add each row's share of all searches."""
        context = super().summary(rows)
        for words in rows[:ROWS]:
            words.share = _percent(words.count, context["totals"].count)
        return context


class NothingView(_Numbers):
    """What finds nothing, and what was done about it."""

    page_title = "Pencarian tanpa hasil"
    template_name = "search/admin/nothing.html"
    tab = "nothing"
    export_name = "pencarian-tanpa-hasil"
    list_export = ["text", "spellings", "without", "last_without", "finds_now", "how", "note", "by", "at"]
    export_headings = {
        "text": "Kata yang dicari",
        "spellings": "Juga diketik",
        "without": "Berapa kali tanpa hasil",
        "last_without": "Terakhir tanpa hasil",
        "finds_now": "Kini ada hasil",
        "how": "Tindakan",
        "note": "Catatan",
        "by": "Petugas",
        "at": "Ditangani pada",
    }

    @property
    def shows_handled(self) -> bool:
        """Whether what was dealt with is shown too."""
        return self.request.GET.get(PARAM_HANDLED) == "1"

    def rows(self):
        """Open ones; with the box ticked, and in a spreadsheet, all."""
        found = without_result(self.choice.ids, self.since, self.choice.shown)
        self.handled_count = sum(words.is_handled for words in found)
        if self.shows_handled or self.is_export:
            return found
        return [words for words in found if not words.is_handled]

    def summary(self, rows):
        """Add what may be done here."""
        user, keeper = self.request.user, self.choice.keeper
        return super().summary(rows) | {
            "shows_handled": self.shows_handled,
            "handled_count": self.handled_count,
            "ways": Handling.choices,
            "synonym_url": _add_synonym_url(user),
            "entry_url": _add_entry_url(user, self.choice),
            "keeper": keeper,
            "here": self.request.get_full_path(),
        }


class MarkForm(forms.Form):
    """What was done about words that found nothing."""

    text = forms.CharField(max_length=MAX_LOGGED)
    how = forms.ChoiceField(choices=Handling.choices)
    note = forms.CharField(max_length=160, required=False)


class MarkView(SearchAdminMixin, View):
    """Mark words as dealt with, or take the mark away. Only for an office that the person writes for."""

    http_method_names = ["post"]

    def post(self, request):
        """Set or take the mark, and go back to the table as it was."""
        office = next(
            (o for o in kept_offices(request.user) if o.kode_wilayah == request.POST.get(PARAM_OFFICE)), None
        )
        if office is None:
            raise PermissionDenied
        form = MarkForm(request.POST)
        if "batal" in request.POST:
            HandledQuery.objects.filter(office=office, key=normal_form(request.POST.get("text", ""))).delete()
            messages.success(request, "Tanda dibatalkan.")
        elif form.is_valid() and (key := normal_form(form.cleaned_data["text"])):
            HandledQuery.objects.update_or_create(
                office=office,
                key=key,
                defaults=form.cleaned_data | {"handled_by": request.user, "handled_at": timezone.now()},
            )
            messages.success(request, f"“{form.cleaned_data['text']}” ditandai sudah ditangani.")
        else:
            messages.error(
                request, "Tanda belum disimpan: pilih tindakannya; catatan paling panjang 160 huruf."
            )
        return HttpResponseRedirect(_back(request))


def _back(request) -> str:
    """The table as it was when the button was pressed; never an address elsewhere."""
    address = reverse("eppid_search_nothing")
    asked = request.POST.get("kembali", "")
    return asked if asked.startswith(f"{address}?") and "\n" not in asked else address


def _add_synonym_url(user) -> str:
    if not user.has_perm("search.add_synonym"):
        return ""
    return reverse("wagtailsnippets_search_synonym:add")


def _add_entry_url(user, choice: OfficeChoice) -> str:
    """Where the office's DIP gets a new draft; "" when the person may not add one there."""
    if choice.keeper is None:
        return ""
    section = DIPIndexPage.objects.descendant_of(choice.keeper.home_page).first()
    if section is None or not section.permissions_for_user(user).can_add_subpage():
        return ""
    return reverse("wagtailadmin_pages:add", args=["catalogue", DIPEntryPage._meta.model_name, section.pk])


def _percent(part: int, whole: int) -> str:
    """A share in words: "12 %", "kurang dari 1 %"."""
    if not whole or not part:
        return "0\u00a0%"
    share = 100 * part / whole
    return "kurang dari 1\u00a0%" if share < 1 else f"{angka(round(share))}\u00a0%"


def _name(user) -> str:
    return (user.get_full_name() or user.get_username()) if user else ""
