"""One part of a list, filtered and sorted by the very form that the HTML listing uses."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict

from api.parameters import Paged
from api.present.base import View
from api.problems import bad_parameters
from catalogue.listing import ListingForm

#: What to say when the form refuses a value that looked right.
_REFUSALS = {"unit": "Unit kerja ini tidak ada di kantor ini. Daftarnya ada di /api/v1/office."}


def listed(
    form_class: type[ListingForm], entries: QuerySet, view: View, parameters: Paged, **form_options
) -> QuerySet:
    """Return `entries` filtered and sorted as the HTML listing does it.

    Raises Problem (422) naming the parameter that the form refuses. A type or year that no entry has is no mistake
    here: a program may ask for next year's reports before there are any, and gets an empty list.
    """
    asked = parameters.model_dump(exclude={"halaman", "ukuran"}, exclude_none=True)
    data = QueryDict(mutable=True)
    data.update({name: str(value) for name, value in asked.items()})
    form = form_class(data, entries=entries, office=view.office, **form_options)
    for name in asked:
        _admit(form.fields.get(name), data[name])
    if not form.is_valid():
        raise bad_parameters([(name, _REFUSALS.get(name, errors[0])) for name, errors in form.errors.items()])
    return form.sort(form.narrow(entries))


def _admit(field: forms.Field | None, value: str) -> None:
    """Let a choice field take a value that `api.parameters` has checked, though no entry has it now."""
    is_fixed_choice = isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField)
    if is_fixed_choice and not field.valid_value(value):
        field.choices = [*field.choices, (value, value)]


def part(
    view: View,
    entries: QuerySet,
    parameters: Paged,
    present: Callable[[View, Iterable], list],
    response: HttpResponse,
) -> dict[str, Any]:
    """Return the asked part of `entries` as the fields of `schemas.common.Listing`, and link its neighbours.

    A part beyond the last is empty; its `sebelumnya` leads back to the last one.
    """
    paginator = Paginator(entries, parameters.ukuran)
    total, last = paginator.count, paginator.num_pages
    inside = parameters.halaman <= last
    previous = _address(view, min(parameters.halaman - 1, last)) if parameters.halaman > 1 else None
    following = _address(view, parameters.halaman + 1) if parameters.halaman < last else None
    links = [f'<{url}>; rel="{rel}"' for url, rel in ((previous, "prev"), (following, "next")) if url]
    if links:
        response["Link"] = ", ".join(links)
    return {
        "total": total,
        "halaman": parameters.halaman,
        "ukuran": parameters.ukuran,
        "jumlah_halaman": last,
        "sebelumnya": previous,
        "berikutnya": following,
        "data": present(view, paginator.page(parameters.halaman).object_list) if inside else [],
    }


def _address(view: View, number: int) -> str:
    """Return this very list's address with another part of it."""
    query = view.request.GET.copy()
    query["halaman"] = str(number)
    return view.addresses.absolute(f"{view.request.path}?{query.urlencode()}")
