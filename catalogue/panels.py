"""Panels of the editing forms that are more than a field."""

from django.db.models import Count
from wagtail.admin.panels import HelpPanel

from catalogue.rules.class_mix import mix_warnings


class ClassGuidancePanel(HelpPanel):
    """How to choose among the three classes, and a word when the office's mix looks wrong."""

    def __init__(self, **kwargs):
        super().__init__(
            **{"template": "catalogue/admin/class_guidance.html", "heading": "Memilih klasifikasi", **kwargs}
        )

    class BoundPanel(HelpPanel.BoundPanel):
        """Counts the classes of the list in which the entry stands or will stand."""

        def get_context_data(self, parent_context=None):
            """Add `mix_warnings`."""
            context = super().get_context_data(parent_context)
            context["mix_warnings"] = mix_warnings(self._counts())
            return context

        def _counts(self) -> dict[str, int]:
            from catalogue.models import DIPEntryPage

            form_parent = getattr(self.form, "parent_page", None)
            parent = form_parent or (self.instance.get_parent() if self.instance.pk else None)
            if parent is None:
                return {}
            entries = DIPEntryPage.objects.child_of(parent).order_by().values_list("klasifikasi")
            return dict(entries.annotate(total=Count("pk")))


class FileFindingsPanel(HelpPanel):
    """What the checks found in the attached files; it stands below them while there is something to say."""

    def __init__(self, **kwargs):
        super().__init__(
            **{"template": "catalogue/admin/file_findings.html", "heading": "Periksa isi berkas", **kwargs}
        )

    class BoundPanel(HelpPanel.BoundPanel):
        """Looks at the files of the saved entry."""

        def _documents(self) -> list:
            if not self.instance.pk:
                return []
            documents = [attached.document for attached in self.instance.files.all() if attached.document_id]
            return [document for document in documents if document.warnings]

        def is_shown(self):
            """Only while a file has something to be looked at."""
            return super().is_shown() and bool(self._documents())

        def get_context_data(self, parent_context=None):
            """Add `documents`."""
            return {**super().get_context_data(parent_context), "documents": self._documents()}
