"""Actions on many things at once, held to the own office and to the rules of single ones."""

from django import forms
from django.core.exceptions import ValidationError
from wagtail.admin.views.pages.bulk_actions.delete import DeleteBulkAction
from wagtail.admin.views.pages.bulk_actions.move import MoveBulkAction
from wagtail.admin.views.pages.bulk_actions.publish import PublishBulkAction
from wagtail.admin.views.pages.bulk_actions.unpublish import UnpublishBulkAction
from wagtail.documents.views import bulk_actions as document_actions
from wagtail.images.views import bulk_actions as image_actions

from home.scope import may_see_page
from home.withdrawals import withdraw


class OwnOnly:
    """Leave things of other offices out altogether; Wagtail would name them as "no permission"."""

    def get_actionable_objects(self):
        """Return what may be acted on, and of the rest only what the person may see."""
        objects, rest = super().get_actionable_objects()
        refused = rest.get("items_with_no_access", [])
        visible = [
            thing
            for thing in refused
            if hasattr(thing, "url_path") and may_see_page(self.request.user, thing)
        ]
        return objects, {**rest, "items_with_no_access": visible}


class WithdrawManyForm(forms.Form):
    """The reason for several pages, and Wagtail's own question about pages below."""

    reason = forms.CharField(
        label="Alasan pencabutan",
        help_text="Dibaca publik di alamat setiap halaman.",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Tuliskan alasannya. Alasan ini dibaca publik di alamat halaman."},
    )
    show_title = forms.BooleanField(label="Tampilkan judul di alamat halaman", required=False, initial=True)
    include_descendants = forms.BooleanField(required=False, widget=forms.HiddenInput)


class WithdrawMany(OwnOnly, UnpublishBulkAction):
    """Withdraw several pages for one reason."""

    display_name = "Cabut publikasi"
    aria_label = "Cabut publikasi halaman terpilih"
    form_class = WithdrawManyForm
    template_name = "home/admin/withdraw_many.html"

    def get_execution_context(self):
        """Hand the reason on."""
        cleaned = self.cleaned_form.cleaned_data
        return {"user": self.request.user, "reason": cleaned["reason"], "show_title": cleaned["show_title"]}

    @classmethod
    def execute_action(cls, objects, reason="", show_title=True, user=None, **kwargs):
        """Withdraw each page with the pages below it."""
        done = [item for page in objects for item in withdraw(page, reason, user, show_title)]
        return len(objects), max(0, len(done) - len(objects))


class DeleteMany(OwnOnly, DeleteBulkAction):
    """Delete several pages, of which none is live."""

    def check_perm(self, page):
        """A live page is withdrawn before it is deleted."""
        return super().check_perm(page) and not page.get_descendants(inclusive=True).live().exists()


class PublishMany(OwnOnly, PublishBulkAction):
    """Publish several pages of the shell, each of which is complete; entries of the catalogue go through moderation."""

    def check_perm(self, page):
        """Leave out what goes live by moderation, also for superusers."""
        return super().check_perm(page) and not getattr(page.specific_class, "goes_live_by_moderation", False)

    @classmethod
    def execute_action(cls, objects, **kwargs):
        """Refuse all when one is incomplete: what goes live was looked at one by one."""
        for page in objects:
            page.specific.get_latest_revision_as_object().full_clean()
        return super().execute_action(objects, **kwargs)

    def form_valid(self, form):
        """Say what is wrong instead of failing."""
        try:
            return super().form_valid(form)
        except ValidationError as error:
            form.add_error(None, error.messages[0])
            return self.form_invalid(form)


def scoped(action: type) -> type:
    """Return a bulk action that leaves out what is another office's."""
    return type(f"Own{action.__name__}", (OwnOnly, action), {})


ACTIONS = [
    WithdrawMany,
    DeleteMany,
    PublishMany,
    scoped(MoveBulkAction),
    *(
        scoped(getattr(document_actions, name))
        for name in ("AddTagsBulkAction", "AddToCollectionBulkAction", "DeleteBulkAction")
    ),
    *(
        scoped(getattr(image_actions, name))
        for name in ("AddTagsBulkAction", "AddToCollectionBulkAction", "DeleteBulkAction")
    ),
]
