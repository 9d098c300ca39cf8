"""The page that uploads several files at once, for files that came in parts."""

from typing import Any

from django.http import JsonResponse
from wagtail.documents.views.multiple import AddView

from documents.uploads import sessions
from documents.uploads.forms import attributes


class AddSeveralView(AddView):
    """Wagtail's view; where an upload's token comes in place of a file, the file is taken from there."""

    def post(self, request):
        """Register one file, sent along or in parts before; the answer is JSON as the page's script expects it."""
        token = request.POST.get("unggahan", "")
        if request.FILES or not token:
            return super().post(request)
        given = {"unggahan": token, **{name: request.POST.get(name, "") for name in ("title", "collection")}}
        form: Any = self.get_upload_form_class()(given, user=request.user)
        if not form.is_valid():
            return JsonResponse({"success": False, "error_message": _sentences(form)})
        self.object = self.save_object(form)
        return JsonResponse(self.get_edit_object_response_data())

    def get_context_data(self, **kwargs):
        """Tell the page's script where large files go."""
        large = f"{sessions.FROM_BYTES // 1024**2} MB"
        return {**super().get_context_data(**kwargs), "unggah": attributes(), "unggah_dari": large}


def _sentences(form) -> str:
    """Return what is wrong, each with the name of its field unless it is the file."""
    lines = []
    for name, errors in form.errors.items():
        label = "" if name in ("file", "__all__") else f"{form.fields[name].label}: "
        lines += [f"{label}{error}" for error in errors]
    return "\n".join(lines)
