"""The editing form of catalogue entries: free drafts, and a checklist when an entry is handed over."""

from django.core.exceptions import NON_FIELD_ERRORS
from django.urls import reverse
from django.utils.html import format_html

from home.forms import OfficePageForm

#: Buttons of the editor that hand an entry over or make it live.
_HANDING_OVER = ("action-submit", "action-publish", "action-restart-workflow")


class EntryForm(OfficePageForm):
    """Asks for the metadata checklist only when an entry is submitted, approved or published.

    A draft is saved with whatever is there. The gaps stand beside their fields, and nothing that was typed is lost.
    """

    @property
    def hands_over(self) -> bool:
        """Whether the pressed button submits, approves or publishes the entry."""
        if any(self.data.get(name) for name in _HANDING_OVER):
            return True
        return (
            bool(self.data.get("action-workflow-action"))
            and self.data.get("workflow-action-name") == "approve"
        )

    def is_valid(self):
        """Check the form; where the entry is handed over, also its checklist and duplicates."""
        valid = super().is_valid()
        if not self.is_bound or not self.hands_over or getattr(self, "_checklist_done", False):
            return valid
        self._checklist_done = True
        return not self._add_checklist_errors() and valid

    def _add_checklist_errors(self) -> bool:
        """Put the gaps beside their fields; return whether there are any."""
        broken = {name for name, formset in self.formsets.items() if not formset.is_valid()}
        for name, formset in self.formsets.items():
            if name not in broken and name != "comments":
                formset.save(commit=False)  # in memory, so that the checklist sees the rows that were typed
        gaps = [gap for gap in self._gaps() if gap.field not in broken and gap.field not in self.errors]
        for gap in gaps:
            self._add_gap(gap.field, gap.message)
        duplicate = self.instance.find_duplicate(self.parent_page)
        if duplicate is not None:
            self._add_gap("nomor", duplicate_message(duplicate))
        return bool(gaps or duplicate)

    def _gaps(self):
        from catalogue.workflow.checks import publication_obstacles, submission_obstacles

        is_publishing = self.data.get("action-publish")
        return publication_obstacles(self.instance) if is_publishing else submission_obstacles(self.instance)

    def _add_gap(self, field: str, message: str) -> None:
        if field in self.fields:
            self.add_error(field, message)
        elif field in self.formsets:
            self.formsets[field].non_form_errors().append(message)
        else:
            self.add_error(NON_FIELD_ERRORS, message)


def duplicate_message(duplicate) -> str:
    """Return the sentence about an entry that exists already, with a link to it."""
    return format_html(
        'Nomor ini sudah dipakai: <a href="{}">{}</a>. Buka entri itu, atau periksa kembali nomor dan tahunnya.',
        reverse("wagtailadmin_pages:edit", args=[duplicate.pk]),
        duplicate.title,
    )
