"""The tab on the health of the index: engines, changes that wait for the cluster, failed tasks; and the vocabulary."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Min, Q
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic.base import ContextMixin, View
from django_tasks import TaskResultStatus
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult
from wagtail.admin import messages
from wagtail.models import Page

from home.scope import rows_of
from home.templatetags.eppid import angka
from search import service, tasks
from search.admin.access import SearchAdminMixin, may_see_health
from search.changes import IndexChange, retry_now
from search.pins import PinnedResult
from search.vocabulary import Abbreviation, Synonym

FAILURES = 20  # shown; the numbers count all


@dataclass(frozen=True)
class Backlog:
    """Changes that the cluster has not acknowledged: how many, how long the oldest waits, how many have failed."""

    waiting: int
    oldest: dt.datetime | None
    failed: int

    @property
    def lag(self) -> str:
        """How long the oldest change waits, in words."""
        if self.oldest is None:
            return "tidak ada yang menunggu"
        return duration(timezone.now() - self.oldest)


def duration(span: dt.timedelta) -> str:
    """A span of time in its largest whole unit: "3 jam"."""
    seconds = max(0, int(span.total_seconds()))
    for size, name in ((86400, "hari"), (3600, "jam"), (60, "menit")):
        if seconds >= size:
            return f"{angka(seconds // size)} {name}"
    return f"{angka(seconds)} detik"


def backlog() -> Backlog:
    """The outbox in numbers. One statement."""
    return Backlog(
        **IndexChange.objects.aggregate(
            waiting=Count("pk"), oldest=Min("changed_at"), failed=Count("pk", filter=Q(attempts__gt=0))
        )
    )


def failed_changes() -> list[tuple[IndexChange, str]]:
    """The first changes that failed, with the title of their page. Two statements."""
    changes = list(IndexChange.objects.filter(attempts__gt=0).order_by("-attempts", "changed_at")[:FAILURES])
    titles = dict(Page.objects.filter(pk__in=[c.page_id for c in changes]).values_list("pk", "title"))
    return [(change, titles.get(change.page_id, "halaman yang sudah dihapus")) for change in changes]


def failed_tasks():
    """Tasks of the search queue that ended in an error, the latest first."""
    return DBTaskResult.objects.filter(
        task_path__startswith="search.", status=TaskResultStatus.FAILED
    ).order_by("-finished_at")


def retry_tasks() -> int:
    """Queue every failed task of the search room anew and forget the failure. Returns how many."""
    ours = {task.module_path: task for task in vars(tasks).values() if isinstance(task, Task)}
    count = 0
    for row in failed_tasks().filter(task_path__in=ours):
        ours[row.task_path].enqueue(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])
        row.delete()
        count += 1
    return count


class HealthView(SearchAdminMixin, ContextMixin, View):
    """How the engines are, what waits, what failed; and buttons to try again."""

    page_title = "Kesehatan indeks"
    template_name = "search/admin/health.html"
    tab = "health"

    def may_enter(self, user):
        """Only who looks after the index of all offices."""
        return may_see_health(user)

    def get(self, request):
        """Show the state of things."""
        failed = failed_tasks()
        return self.render_to_response(
            self.get_context_data(
                engines=service.health(),
                backlog=backlog(),
                failed_changes=failed_changes(),
                failed_tasks=failed[:FAILURES],
                failed_task_count=failed.count(),
            )
        )

    def post(self, request):
        """Try again now: what waits for the cluster, or the failed tasks."""
        if "tugas" in request.POST:
            count = retry_tasks()
            messages.success(request, f"{angka(count)} tugas dimasukkan lagi ke antrean.")
        else:
            count = retry_now()
            messages.success(request, f"{angka(count)} perubahan dicoba lagi sekarang.")
        return redirect("eppid_search_health")


class VocabularyView(SearchAdminMixin, ContextMixin, View):
    """The editors' tables with their sizes."""

    page_title = "Kamus dan pilihan"
    template_name = "search/admin/vocabulary.html"
    tab = "vocabulary"

    def get(self, request):
        """Count the tables, and link those that the person may open."""
        user = request.user
        pins = rows_of(user, PinnedResult.objects.all())
        over = pins.filter(until__lt=timezone.localdate()).count()
        tables = [
            (
                "Hasil pilihan",
                "Halaman yang ditaruh paling atas untuk kata tertentu.",
                pins.count(),
                f"{angka(over)} sudah lewat masa berlakunya" if over else "",
                _url(user, "pinnedresult", "search_pinnedresult_modeladmin_index"),
            ),
            (
                "Singkatan",
                "Singkatan dan kepanjangannya, misalnya DPT: Daftar Pemilih Tetap. Berlaku untuk semua kantor.",
                Abbreviation.objects.count(),
                "",
                _url(user, "abbreviation", "wagtailsnippets_search_abbreviation:list"),
            ),
            (
                "Sinonim",
                "Kata yang semakna, misalnya unduh dan download. Berlaku untuk semua kantor.",
                Synonym.objects.count(),
                "",
                _url(user, "synonym", "wagtailsnippets_search_synonym:list"),
            ),
        ]
        return self.render_to_response(self.get_context_data(tables=tables))


def _url(user, model: str, name: str) -> str:
    """Address of a table, "" for who may not keep it."""
    may = any(user.has_perm(f"search.{action}_{model}") for action in ("add", "change", "delete"))
    return reverse(name) if may else ""
