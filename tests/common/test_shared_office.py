"""The office that tests share is whole, whichever test needs it first."""

import pytest
from django_tasks_db.models import DBTaskResult

from search.reconciling import compare
from tests.factories import OfficeFactory
from tests.snapshot import Snapshot

pytestmark = pytest.mark.django_db


def test_a_test_that_keeps_tasks_waiting_leaves_no_queue_and_a_full_index(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    Snapshot(lambda: OfficeFactory(kode_wilayah="3671", name="KPU Kota Contoh")).restore()
    assert not DBTaskResult.objects.exists()
    assert compare().count == 0
