"""What this site's lists in the admin (wagtail-modeladmin) share.

The library narrows its list to `get_queryset` but opens, shows and exports rows by any id and any query parameter.
Here every way in asks `home.scope`, only declared filters filter, and a wrong parameter is a sentence, not an error.
"""

import datetime as dt

from django.contrib.admin import SimpleListFilter
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton
from wagtail_modeladmin.helpers import ButtonHelper, PagePermissionHelper, PermissionHelper
from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import CreateView, DeleteView, EditView, HistoryView, IndexView, InspectView

from home.enums import Role
from home.exports import SafeSpreadsheetMixin
from home.scope import has_role, may_see_page, offices_of, pages_of, roles_of, rows_of
from home.states import PublicationState, with_state

_STATE_CLASSES = {
    PublicationState.LIVE: "w-status--primary",
    PublicationState.LIVE_DRAFT: "w-status--primary",
    PublicationState.LIVE_REVIEW: "w-status--primary",
}
DAY = '<span class="nowrap">{}</span>'
_WRITERS = (Role.EDITOR, Role.LIAISON, Role.PPID, Role.ADMIN)


# --- views ------------------------------------------------------------------------------------------------------------


class ListView(SafeSpreadsheetMixin, IndexView):
    """The list, its filters and its exports."""

    def dispatch(self, request, *args, **kwargs):
        """Answer a parameter that cannot be read with the whole list and a sentence."""
        try:
            if any("\0" in value for value in request.GET.values()):  # PostgreSQL refuses to be asked
                raise IncorrectLookupParameters
            return super().dispatch(request, *args, **kwargs)
        except (IncorrectLookupParameters, ValidationError, ValueError):
            messages.warning(request, "Saringan pada alamat tidak dikenal, jadi semua baris ditampilkan.")
            return redirect(self.index_url)

    def get_filters(self, request):
        """Refuse parameters that no declared filter took: they would reach any field of any related row."""
        specs, has_filters, remaining, distinct = super().get_filters(request)
        if remaining:
            raise IncorrectLookupParameters
        return specs, has_filters, remaining, distinct

    def get_context_data(self, **kwargs):
        """Add what the list's template shows besides the library's: breadcrumbs, buttons, filters as choices."""
        context = super().get_context_data(**kwargs)
        for spec in self.filter_specs:
            spec.chosen = spec.value() or ""
        heading = self.model_admin.get_menu_label()
        context.update(
            header_title=heading,
            header_icon=self.header_icon,
            header_buttons=self._buttons(context["user_can_create"]),
            breadcrumbs_items=[
                {"url": reverse("wagtailadmin_home"), "label": "Dasbor"},
                {"url": self.index_url, "label": heading},
            ],
            list_filters=self.filter_specs,
            is_narrowed=bool(self.query) or any(spec.chosen for spec in self.filter_specs),
        )
        return context

    def _buttons(self, user_can_create: bool) -> list:
        buttons = []
        if user_can_create:
            buttons.append(HeaderButton(f"Tambah {self.verbose_name}", self.create_url, icon_name="plus"))
        if self.list_export:
            buttons += [
                HeaderButton("Unduh XLSX", self.xlsx_export_url, icon_name="download"),
                HeaderButton("Unduh CSV", self.csv_export_url, icon_name="download"),
            ]
        return buttons

    def get_filename(self):
        """Name the file after the list and the day."""
        return f"{self.model_admin.export_name or self.opts.model_name}-{dt.date.today():%Y-%m-%d}"

    def to_row_dict(self, item):
        """Return the cells of a row: methods of the list's definition first, then of the row, choices in words."""
        return {name: self._cell(item, name) for name in self.list_export}

    def _cell(self, item, name):
        if method := getattr(self.model_admin, name, None):
            return method(item)
        if display := getattr(item, f"get_{name}_display", None):
            return display()
        value = getattr(item, name)
        return value() if callable(value) else value


class _KnownRow:
    """For views of one row: an id that is no number is not found."""

    def __init__(self, model_admin, instance_pk):
        if not str(instance_pk).isdecimal():
            raise Http404
        super().__init__(model_admin, instance_pk)


class _NarrowedForm:
    """For forms: choices of the own offices only."""

    def get_form(self):
        """Narrow each choice that the definition names, and fill in the only possible one."""
        form = super().get_form()
        for name, narrow in self.model_admin.narrowed_fields.items():
            if name in form.fields:
                field = form.fields[name]
                field.queryset = narrow(self.request.user, field.queryset)
                choices = list(field.queryset[:2])
                if len(choices) == 1 and field.required:
                    field.initial, field.empty_label = choices[0], None
        return form


class AddRowView(_NarrowedForm, CreateView):
    """Create a row."""


class EditRowView(_KnownRow, _NarrowedForm, EditView):
    """Edit a row of the own office."""


class DeleteRowView(_KnownRow, DeleteView):
    """Delete a row of the own office."""


class ShowRowView(_KnownRow, InspectView):
    """Read a row of the own office."""

    def get_context_data(self, **kwargs):
        """Add the header's parts."""
        context = super().get_context_data(**kwargs)
        heading = self.model_admin.get_menu_label()
        context.update(
            header_title=str(self.instance),
            header_icon=self.header_icon,
            breadcrumbs_items=[
                {"url": reverse("wagtailadmin_home"), "label": "Dasbor"},
                {"url": self.index_url, "label": heading},
                {"url": "", "label": str(self.instance)},
            ],
        )
        return context

    def get_field_label(self, field_name, field=None):
        """Prefer the words of the definition's own method."""
        method = getattr(self.model_admin, field_name, None)
        return getattr(method, "short_description", None) or super().get_field_label(field_name, field)

    def get_field_display_value(self, field_name, field=None):
        """Prefer what the definition's own method returns."""
        method = getattr(self.model_admin, field_name, None)
        value = (
            method(self.instance) if callable(method) else super().get_field_display_value(field_name, field)
        )
        return "ya" if value is True else "tidak" if value is False else value


class RowHistoryView(_KnownRow, HistoryView):
    """History of a row, for those who may read the row; the library asks nothing here."""

    def check_action_permitted(self, user):
        """Ask the same question as for reading."""
        return self.permission_helper.user_may_read(user, self.instance)


# --- rights -----------------------------------------------------------------------------------------------------------


class OfficeRowPermissionHelper(PermissionHelper):
    """Model permissions, narrowed to rows of the user's offices."""

    office_field = "office"

    def in_scope(self, user, obj) -> bool:
        """Tell whether the row belongs to an office of the user's."""
        return user.is_superuser or getattr(obj, f"{self.office_field}_id") in {
            o.pk for o in offices_of(user)
        }

    def user_may_read(self, user, obj) -> bool:
        """Tell whether the user may read this row."""
        return self.user_has_any_permissions(user) and self.in_scope(user, obj)

    def user_can_inspect_obj(self, user, obj):
        """Reading follows the office."""
        return self.inspect_view_enabled and self.user_may_read(user, obj)

    def user_can_edit_obj(self, user, obj):
        """Editing follows the office."""
        return super().user_can_edit_obj(user, obj) and self.in_scope(user, obj)

    def user_can_delete_obj(self, user, obj):
        """Deleting follows the office."""
        return super().user_can_delete_obj(user, obj) and self.in_scope(user, obj)


class OfficePagePermissionHelper(PagePermissionHelper):
    """Everybody who works for an office reads its pages; who may write is asked once a list, not once a row."""

    def user_can_list(self, user):
        """Lists are for people of an office."""
        return user.is_superuser or bool(offices_of(user))

    def user_can_inspect_obj(self, user, obj):
        """Reading follows the office."""
        return self.inspect_view_enabled and may_see_page(user, obj)

    def user_writes(self, user, obj) -> bool:
        """Tell whether the user writes for the office of this page, without asking the page's workflow."""
        if user.is_superuser:
            return True
        return any(
            obj.path.startswith(office.site.root_page.path) and roles_of(user, office) & set(_WRITERS)
            for office in offices_of(user)
        )

    def user_can_edit_obj(self, user, obj):
        """The editor itself asks again, with locks and workflow."""
        return self.user_writes(user, obj)

    def user_can_delete_obj(self, user, obj):
        """Deleting is done from the page, not from the list."""
        return False

    def user_can_create(self, user):
        """Only people who write add pages."""
        return has_role(user, *_WRITERS) and super().user_can_create(user)


class RowButtons(ButtonHelper):
    """Buttons of a row: edit or read, and for pages the public address."""

    def inspect_button(self, pk, classnames_add=None, classnames_exclude=None):
        """Call reading "Baca"."""
        button = super().inspect_button(pk, classnames_add, classnames_exclude)
        return {**button, "label": "Baca", "title": f"Baca {self.verbose_name}"}

    def get_buttons_for_obj(self, obj, exclude=None, classnames_add=None, classnames_exclude=None):
        """Return the buttons without a query a row."""
        buttons = super().get_buttons_for_obj(
            obj,
            exclude=[*(exclude or []), "delete"],
            classnames_add=classnames_add,
            classnames_exclude=classnames_exclude,
        )
        if url := self.view.model_admin.public_url(obj):
            classname = self.finalise_classname(
                ["button-secondary", *(classnames_add or [])], classnames_exclude
            )
            buttons.append(
                {
                    "url": url,
                    "label": "Lihat di situs",
                    "classname": classname,
                    "title": f"Lihat “{obj}” di situs",
                }
            )
        return buttons


# --- definitions ------------------------------------------------------------------------------------------------------


class OfficeRowAdmin(ModelAdmin):
    """A list of rows that belong to an office."""

    export_name = ""
    list_per_page = 50
    inspect_view_enabled = True
    index_view_class = ListView
    create_view_class = AddRowView
    edit_view_class = EditRowView
    delete_view_class = DeleteRowView
    inspect_view_class = ShowRowView
    history_view_class = RowHistoryView
    permission_helper_class = OfficeRowPermissionHelper
    button_helper_class = RowButtons
    #: Form fields whose choices are narrowed: name to `narrow(user, queryset)`.
    narrowed_fields: dict = {}

    def get_queryset(self, request) -> QuerySet:
        """Rows of the user's offices."""
        return rows_of(request.user, super().get_queryset(request), self.permission_helper.office_field)

    def public_url(self, obj) -> str:
        """Address of the row on the public site; rows have none."""
        return ""


class OfficePageAdmin(ModelAdmin):
    """A list of pages of one kind, with their state of publication."""

    export_name = ""
    list_per_page = 50
    inspect_view_enabled = True
    history_view_enabled = False  # the page's own history is the fuller one
    index_view_class = ListView
    inspect_view_class = ShowRowView
    permission_helper_class = OfficePagePermissionHelper
    button_helper_class = RowButtons
    narrowed_fields: dict = {}
    list_export = ("title", "state", "last_published_at", "latest_revision_created_at", "public_url")
    search_fields = ("title",)

    def get_queryset(self, request) -> QuerySet:
        """Pages of the user's offices with their state."""
        return with_state(pages_of(request.user, super().get_queryset(request)))

    def state(self, page):
        """State of publication in words."""
        known = getattr(page, "state_code", None)  # annotated by the list; a single row is asked for its own
        code = PublicationState(known or with_state(self.model.objects.filter(pk=page.pk)).get().state_code)
        return format_html('<span class="w-status {}">{}</span>', _STATE_CLASSES.get(code, ""), code.label)

    state.short_description = "keadaan"
    state.admin_order_field = "state_code"

    def updated(self, page):
        """Day of the newest version."""
        moment = page.latest_revision_created_at or page.last_published_at
        return format_html(DAY, f"{timezone.localtime(moment):%d-%m-%Y}") if moment else ""

    updated.short_description = "diubah"
    updated.admin_order_field = "latest_revision_created_at"

    def public_url(self, page) -> str:
        """Address on the public site while the page is live."""
        return (page.get_full_url() or "") if page.live else ""

    public_url.short_description = "alamat"

    def published(self, page):
        """Moment of the last publication."""
        return page.last_published_at

    published.short_description = "terbit terakhir"


# --- filters ----------------------------------------------------------------------------------------------------------


class StateFilter(SimpleListFilter):
    """State of publication."""

    title = "keadaan"
    parameter_name = "keadaan"

    def lookups(self, request, model_admin):
        """All states."""
        return PublicationState.choices

    def queryset(self, request, queryset):
        """Rows in the chosen state."""
        return (
            queryset.filter(state_code=self.value()) if self.value() in PublicationState.values else queryset
        )


class OfficeFilter(SimpleListFilter):
    """Office, for people who work for several."""

    title = "kantor"
    parameter_name = "kantor"

    def lookups(self, request, model_admin):
        """The user's offices, when there is a choice."""
        offices = offices_of(request.user)
        return [(office.kode_wilayah, office.name) for office in offices] if len(offices) > 1 else []

    def queryset(self, request, queryset):
        """Pages in the chosen office's tree."""
        for office in offices_of(request.user):
            if office.kode_wilayah == self.value():
                return queryset.filter(path__startswith=office.site.root_page.path)
        return queryset
