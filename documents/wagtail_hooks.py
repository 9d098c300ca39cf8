"""What Wagtail's admin learns of this room."""

from django.http import Http404
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import include, path
from django.utils.html import format_html
from wagtail import hooks
from wagtail.log_actions import LogFormatter

from documents import access
from documents.reading.corrections import LOG_ACTION as TEXT_CORRECTED
from documents.uploads.several import AddSeveralView
from documents.verification import admin_hooks  # noqa: F401  (registers its own)


@hooks.register("before_serve_document", order=-1)
def serve_by_the_one_rule(document, request):
    """Send Wagtail's own address of a file to ours, for those who may see it; for all others there is nothing."""
    if not access.may_read(request.user, document):
        raise Http404
    return redirect(document.url)


@hooks.register("register_admin_urls")
def admin_addresses():
    """Add this room's own pages of the admin."""
    return [path("dokumen/", include("documents.admin_urls"))]


@hooks.register("register_admin_urls", order=-1)
def upload_of_several_files():
    """Answer at Wagtail's address for several files at once, before Wagtail does."""
    return [path("documents/multiple/add/", AddSeveralView.as_view())]


@hooks.register("insert_editor_js")
def send_large_files_in_parts():
    """Load the script of large files wherever the popup that chooses a document may open."""
    return format_html('<script type="module" src="{}"></script>', static("js/unggah.js"))


@hooks.register("register_log_actions")
def register_log_actions(actions):
    """Name the correction of a text in histories."""

    @actions.register_action(TEXT_CORRECTED)
    class TextCorrected(LogFormatter):
        label = "Koreksi teks"

        def format_message(self, log_entry):
            """Say which page."""
            return f"Teks {str(log_entry.data.get('halaman', '')).lower()} dikoreksi."
