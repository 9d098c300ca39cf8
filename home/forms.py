"""The editing form of every page: choices reach no further than the office of the page.

The page models name this form, so the models themselves are imported where they are used.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage
from wagtail.models import Page
from wagtail.permissions import policy_registry

from home.rich_text import compare_as_read

_office_rows: dict[type, Callable[[Any], Q]] = {}


def register_office_rows(model: type, condition: Callable[[Any], Q]) -> None:
    """Say which rows of a model a page of an office may point to: `condition(office)`."""
    _office_rows[model] = condition


def narrowed(rows: QuerySet, user, office) -> QuerySet:
    """Return the rows that a field of the office's page may be set to by this user."""
    from home.scope import choosable_pages

    if rows.model in _office_rows and office is not None:
        return rows.filter(_office_rows[rows.model](office))
    if user is None or user.is_superuser:
        return rows
    if issubclass(rows.model, Page):
        return rows.filter(pk__in=choosable_pages(user, Page.objects.all()).order_by().values("pk"))
    if issubclass(rows.model, AbstractDocument | AbstractImage):
        policy = policy_registry.get_by_type(rows.model)
        return rows.filter(pk__in=policy.instances_user_has_any_permission_for(user, ["choose"]).values("pk"))
    return rows


class OfficePageForm(WagtailAdminPageForm):
    """Offers and accepts only what the page may point to; what it points to already stays valid."""

    def __init__(self, *args, **kwargs):
        from home.models import Office

        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False  # an empty one is made from the title (Page.full_clean)
        page = self.parent_page if self.instance.pk is None else self.instance
        self.page_office = Office.objects.for_page(page) if page is not None and page.path else None
        for form in (self, *(form for formset in self.formsets.values() for form in formset.forms)):
            self._narrow(form)
            compare_as_read(form)

    def _narrow(self, form) -> None:
        for name, field in form.fields.items():
            rows = getattr(field, "queryset", None)
            if rows is None:
                continue
            allowed = narrowed(rows, self.for_user, self.page_office)
            present = getattr(form.instance, f"{name}_id", None)
            if allowed is not rows and present:
                allowed = rows.filter(Q(pk=present) | Q(pk__in=allowed.order_by().values("pk")))
            field.queryset = allowed
