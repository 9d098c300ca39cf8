"""The health of the index in the admin: what waits, what failed, trying again; and the dashboard's figure."""

import datetime as dt

import pytest
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from home.dashboard import FiguresPanel
from search.admin.index_health import retry_tasks
from search.changes import IndexChange, retry_now
from search.tasks import apply_changes, build_cluster_index, index_page, index_tree, merge_segments
from tests.admin.test_search_pages import HEALTH, asked, text_of
from tests.factories import RegulationPageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def test_what_waits_for_the_cluster_is_shown_with_its_reason_and_tried_again(client, office, people):
    page = RegulationPageFactory(office=office, title="Peraturan yang tertinggal")
    later = timezone.now() + dt.timedelta(hours=6)
    IndexChange.objects.update_or_create(
        page_id=page.pk,
        defaults={
            "changed_at": timezone.now() - dt.timedelta(hours=3, minutes=5),
            "attempts": 4,
            "next_attempt_at": later,
            "error": "Elasticsearch tidak menjawab.",
        },
    )
    client.force_login(people.superuser)
    text = text_of(client, HEALTH)
    for words in (
        "Peraturan yang tertinggal",
        "Elasticsearch tidak menjawab.",
        "3 jam",
        "Coba lagi sekarang",
    ):
        assert words in text
    client.post(HEALTH, {"perubahan": "1"})
    change = IndexChange.objects.filter(page_id=page.pk).first()
    assert change is None or (change.next_attempt_at <= timezone.now() and change.attempts >= 4)


def test_trying_again_hands_the_work_to_the_queue(settings, office):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    assert retry_now() == 0
    assert not DBTaskResult.objects.exists()
    IndexChange.objects.create(page_id=1, attempts=2, next_attempt_at=timezone.now() + dt.timedelta(hours=1))
    assert retry_now() == 1
    assert DBTaskResult.objects.get().task_path.endswith("apply_changes")
    assert IndexChange.objects.get().attempts == 2


def test_failed_tasks_are_named_and_run_again(client, settings, office, people):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    index_page.enqueue(12345)
    DBTaskResult.objects.update(
        status=TaskResultStatus.FAILED, exception_class_path="ValueError", finished_at=timezone.now()
    )
    client.force_login(people.superuser)
    text = text_of(client, HEALTH)
    assert "index_page 12345" in text
    assert "ValueError" in text
    client.post(HEALTH, {"tugas": "1"})
    row = DBTaskResult.objects.get()
    assert (row.status, row.args_kwargs["args"]) == (TaskResultStatus.READY, [12345])


def test_every_task_of_the_search_queue_can_be_run_again(settings, office):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    for task in (apply_changes, build_cluster_index, merge_segments):
        task.enqueue()
    index_tree.enqueue(12345)
    DBTaskResult.objects.update(status=TaskResultStatus.FAILED, finished_at=timezone.now())
    assert retry_tasks() == DBTaskResult.objects.filter(status=TaskResultStatus.READY).count() == 4
    assert retry_tasks() == 0


def test_the_dashboard_counts_the_weeks_searches_without_a_result(client, office, other_office, people, rf):
    asked(office, "gaji kpps", 3)
    asked(office, "lama", 5, days_ago=7)
    asked(office, "ada", 7, total=1)
    asked(other_office, "lain", 11)
    request = rf.get("/admin/")
    request.user = people.desk
    figures = {f.label: f.value for f in FiguresPanel().get_context_data({"request": request})["figures"]}
    assert figures["pencarian tanpa hasil minggu ini"] == 3
