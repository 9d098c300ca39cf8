"""The line that an import leaves in a page's history, where officers read why a record is a draft."""

from wagtail import hooks
from wagtail.log_actions import LogFormatter

IMPORT_ACTION = "eppid.import"


@hooks.register("register_log_actions")
def register_import_action(actions) -> None:
    """Describe the action to Wagtail's history views."""

    class ImportFormatter(LogFormatter):
        label = "Impor"

        def format_message(self, log_entry) -> str:
            source, note = log_entry.data.get("source", ""), log_entry.data.get("note", "")
            sentence = f"Diimpor dari {source}." if source else "Diimpor."
            return f"{sentence} {note}" if note else sentence

    actions.register_action(IMPORT_ACTION)(ImportFormatter)
