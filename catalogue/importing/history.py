"""Lines that programs leave in a page's history: an import, where officers read why a record is a draft; the demo."""

from wagtail import hooks
from wagtail.log_actions import LogFormatter

IMPORT_ACTION = "eppid.import"
DEMO_ACTION = "eppid.demo"


@hooks.register("register_log_actions")
def register_import_action(actions) -> None:
    """Describe the actions to Wagtail's history views."""

    class ImportFormatter(LogFormatter):
        label = "Impor"

        def format_message(self, log_entry) -> str:
            source, note = log_entry.data.get("source", ""), log_entry.data.get("note", "")
            sentence = f"Diimpor dari {source}." if source else "Diimpor."
            return f"{sentence} {note}" if note else sentence

    actions.register_action(IMPORT_ACTION)(ImportFormatter)
    actions.register_action(DEMO_ACTION, "Data contoh", "Data contoh dimuat.")
