"""Rows that many tests start from, made once in a process and put back for each later test.

Setting up an office writes some 80 rows through a thousand queries. The first test that needs it pays for that; the
later ones get the very same rows back, provided that their database stands where the first one's stood.
"""

from collections.abc import Callable

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core import serializers
from django.db import transaction
from django.test import override_settings

#: What is made is made whole: a test that keeps tasks waiting must not leave its queue, or an index without the
#: pages, to the tests that get the rows after it.
_TASKS_DONE_AT_ONCE = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": []}
}

Rows = dict[tuple[str, object], dict]


class Snapshot:
    """What `make()` adds to, changes in and removes from the database."""

    def __init__(self, make: Callable[[], object]):
        self._make = override_settings(TASKS=_TASKS_DONE_AT_ONCE)(make)
        self._before: Rows | None = None
        self._added: list[dict] = []
        self._removed: list[tuple[str, object]] = []

    def restore(self) -> None:
        """Bring the rows into the database: by `make()` the first time, or when the database differs, else as kept."""
        if self._before is None:
            before = _all_rows()
            self._make()
            after = _all_rows()
            self._before = before
            self._added = [row for key, row in after.items() if before.get(key) != row]
            self._removed = [key for key in before if key not in after]
            # Known again: else the rows of the migrations, put back after a flush, would meet content types that
            # signals of the rows before them have made anew.
            ContentType.objects.get_for_models(*apps.get_models())
        elif not self._starts_alike():
            self._make()
        else:
            with transaction.atomic():  # rows point at rows that come later
                for row in serializers.deserialize("python", self._added):
                    row.save()
                for label, pk in self._removed:
                    apps.get_model(label)._base_manager.filter(pk=pk).delete()

    def _starts_alike(self) -> bool:
        """Tell whether the tables concerned hold the rows that they held before `make()` ran."""
        labels = {row["model"] for row in self._added} | {"contenttypes.contenttype"}
        for label in labels:
            keys = {pk for model, pk in self._before if model == label}
            if set(apps.get_model(label)._base_manager.values_list("pk", flat=True)) != keys:
                return False
        return True


def _all_rows() -> Rows:
    ContentType.objects.clear_cache()
    rows: Rows = {}
    for model in apps.get_models():
        if model._meta.managed and not model._meta.proxy:
            for row in serializers.serialize("python", model._base_manager.order_by()):
                rows[(row["model"], _key(row["pk"]))] = row
    return rows


def _key(pk):
    """A primary key of several columns comes as a list from the serializer, as a tuple from a query."""
    return tuple(pk) if isinstance(pk, list) else pk
