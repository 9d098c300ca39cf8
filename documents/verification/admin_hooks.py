"""What Wagtail's admin learns of versions of files: names in histories. Imported by `documents.wagtail_hooks`."""

from wagtail import hooks
from wagtail.log_actions import LogFormatter

from documents.scanning import older_files
from documents.verification import withdrawing


@hooks.register("register_log_actions")
def register_log_actions(actions):
    """Name what officers do to versions of files, with the version and the reason."""
    labels = {
        withdrawing.LOG_WITHDRAWN: "Tarik berkas",
        withdrawing.LOG_REOPENED: "Batalkan penarikan berkas",
        withdrawing.LOG_OPENED: "Buka versi lama",
        withdrawing.LOG_CLOSED: "Tutup versi lama",
        older_files.LOG_CLEANED: "Bersihkan berkas lama",
        older_files.LOG_QUARANTINED: "Karantina berkas lama",
    }
    for action, label in labels.items():
        actions.register_action(action)(_formatter(label))


def _formatter(label_: str) -> type[LogFormatter]:
    class Formatter(LogFormatter):
        label = label_

        def format_message(self, log_entry):
            """Say which version, and why."""
            reason = log_entry.data.get("reason", "")
            return f"{label_}, versi {log_entry.data.get('version')}" + (
                f". Alasan: {reason}" if reason else ""
            )

    return Formatter
