"""Views of the page editor that this site does in its own way: withdrawing and deleting."""

from django import forms
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages
from wagtail.admin.filters import MultipleUserFilter
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.listing import EditedByFilter, GenericPageFilterSet, PageFilterSet
from wagtail.admin.views.pages.unpublish import UnpublishView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page

from home.models import Withdrawal
from home.scope import colleagues_of
from home.withdrawals import withdraw


class WithdrawalForm(forms.ModelForm):
    """Why a publication goes, in words that the public reads."""

    use_required_attribute = False  # the sentence beside the field says more than the browser's

    class Meta:
        model = Withdrawal
        fields = ["reason", "show_title"]
        widgets = {"reason": forms.Textarea(attrs={"rows": 4})}
        error_messages = {
            "reason": {"required": "Tuliskan alasannya. Alasan ini dibaca publik di alamat halaman."}
        }
        help_texts = {
            "reason": "Dibaca publik di alamat halaman. Contoh: Memuat data pribadi; versi yang benar sedang disiapkan."
        }


class WithdrawView(UnpublishView):
    """Wagtail's "unpublish" with a stated reason: page, files and reason change together."""

    page_title = "Cabut publikasi"
    success_message = "Publikasi “%(page_title)s” dicabut. Alamatnya kini menampilkan alasan Anda."
    template_name = "home/admin/withdraw.html"

    def setup(self, request, *args, **kwargs):
        """Bind the form to what was typed."""
        super().setup(request, *args, **kwargs)
        self.form = WithdrawalForm(request.POST if request.method == "POST" else None)

    def post(self, request, *args, **kwargs):
        """Withdraw, or say beside the field what is missing; nothing typed is lost."""
        if not self.form.is_valid():
            return self.render_to_response(self.get_context_data())
        return super().post(request, *args, **kwargs)

    def unpublish(self):
        """Withdraw between the hooks that other rooms may have registered."""
        if response := self.run_hook("before_unpublish_page", self.request, self.object):
            return response
        withdraw(
            self.object,
            self.form.cleaned_data["reason"],
            self.request.user,
            self.form.cleaned_data["show_title"],
        )
        return self.run_hook("after_unpublish_page", self.request, self.object)

    def get_context_data(self, **kwargs):
        """Add the form."""
        return super().get_context_data(form=self.form, **kwargs)


class OfficeCreateView(CreateView):
    """Wagtail's empty editor, with the title that the address proposes (`?judul=`)."""

    def get(self, request):
        """Fill in the title; nothing is saved by opening the form."""
        self.page.title = request.GET.get("judul", "").replace("\0", "")[:255]
        return super().get(request)


class OfficeEditView(EditView):
    """Wagtail's editor, which saves by itself only while nobody reviews the page."""

    def get_context_data(self, **kwargs):
        """Switch autosave off under review: a reviewer changes a version on purpose, not by opening it."""
        context = super().get_context_data(**kwargs)
        if self.page.workflow_in_progress:
            context["autosave_enabled"] = False
        return context


class OfficePageFilterSet(GenericPageFilterSet):
    """Filters of page lists that offer the people of the own office only, and no sites: one has one."""

    owner = MultipleUserFilter(
        label="Pemilik",
        queryset=lambda request: colleagues_of(request.user),
        widget=PageFilterSet.base_filters["owner"].extra["widget"],
    )
    edited_by = EditedByFilter(
        label="Diubah oleh",
        queryset=lambda request: colleagues_of(request.user),
        widget=PageFilterSet.base_filters["edited_by"].extra["widget"],
    )
    site = None


class OfficePageViewSet(PageViewSet):
    """The editor of every page, with this site's own views."""

    model = Page
    filterset_class = OfficePageFilterSet
    add_view_class = OfficeCreateView
    edit_view_class = OfficeEditView
    unpublish_view_class = WithdrawView


def refuse_deletion_of_live(request, page: Page):
    """Turn the deletion of a live page (or of one above live pages) into the advice to withdraw it first."""
    if not page.get_descendants(inclusive=True).live().exists():
        return None
    messages.error(
        request,
        "Halaman yang terbit tidak dapat dihapus. Cabut dahulu dengan alasan; sesudah itu halaman dapat dihapus dan "
        "alamatnya tetap menampilkan alasan pencabutan.",
    )
    if page.live and page.permissions_for_user(request.user).can_unpublish():
        return redirect("wagtailadmin_pages:unpublish", page.pk)
    return redirect(reverse("wagtailadmin_explore", args=[page.get_parent().pk]))
