"""`roll_up` and a year of made-up use."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Sum

from analytics import demo_year
from analytics.enums import EventKind, Referrer
from analytics.figures import by_day, scope_of, totals
from analytics.models import DocumentDay, Event, OfficeDay, PageDay, SourceDay
from analytics.periods import Period
from tests import factories
from tests.analytics.usage import NOON, TODAY, office_day

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_spool", "at_noon")]


@pytest.fixture
def office():
    return factories.shared_office()


def test_roll_up_mends_days_that_have_events_and_leaves_older_ones(office, settings, capsys):
    old = TODAY - dt.timedelta(days=settings.ANALYTICS_KEEP_DAYS + 5)
    office_day(office, old, visitors=77)
    office_day(office, TODAY, visitors=77)
    Event.objects.create(
        kind=EventKind.VIEW, at=NOON, office_id=office.pk, visitor="a", referrer=Referrer.DIRECT
    )
    Event.objects.create(
        kind=EventKind.DOWNLOAD,
        at=NOON,
        office_id=office.pk,
        visitor="b",
        document_id=5,
        referrer=Referrer.SOCIAL,
    )
    call_command("roll_up", kantor=office.kode_wilayah, dari=old)
    days = dict(OfficeDay.objects.values_list("day", "visitors"))
    assert days == {old: 77, TODAY: 2}
    row = DocumentDay.objects.get()
    assert (row.downloads, row.from_social, row.from_direct) == (1, 1, 0)
    assert "sudah dihapus, angkanya tetap" in capsys.readouterr().out
    call_command("roll_up", dari=TODAY, sampai=TODAY, verbosity=0)
    assert OfficeDay.objects.get(day=TODAY).visitors == 2


@pytest.mark.parametrize(
    "arguments", [["--kantor", "9999"], ["--dari", "kemarin"], ["--sampai", "2026-02-30"]]
)
def test_roll_up_refuses_what_it_cannot_do(office, arguments):
    with pytest.raises(CommandError):
        call_command("roll_up", *arguments)


def test_a_year_of_use_is_plausible_and_the_same_every_time(office, settings, monkeypatch):
    monkeypatch.setattr(demo_year, "DAYS", 100)
    settings.ANALYTICS_KEEP_DAYS = 20
    factories.RegulationPageFactory(files=[factories.DocumentFactory(office=office) for _ in range(3)])
    demo_year.load_year(office)
    before = snapshot()
    assert OfficeDay.objects.count() == 100
    demo_year.load_year(office)
    assert snapshot() == before
    period = Period(TODAY - dt.timedelta(days=100), TODAY)
    sums = totals(scope_of(office), period)
    assert sums.visitors <= sums.views
    assert 0 < sums.downloaders <= sums.downloads < sums.views
    assert 0 < sums.empty_searches < sums.searches
    assert PageDay.objects.aggregate(sum=Sum("views"))["sum"] == sums.views
    assert DocumentDay.objects.aggregate(sum=Sum("downloads"))["sum"] == sums.downloads
    assert (
        SourceDay.objects.filter(dimension="jam", kind="tayangan").aggregate(sum=Sum("count"))["sum"]
        == sums.views
    )
    weekend = [day.visitors for when, day in by_day(scope_of(office), period) if when.weekday() > 4]
    working = [day.visitors for when, day in by_day(scope_of(office), period) if when.weekday() < 5]
    assert sum(weekend) / len(weekend) < 0.7 * sum(working) / len(working)
    oldest = office.day_bounds(TODAY - dt.timedelta(days=19))[0]
    assert not Event.objects.filter(at__lt=oldest).exists()
    call_command("roll_up", verbosity=0)  # what is kept adds up to what was there
    assert snapshot() == before


def snapshot() -> list:
    return [
        list(model.objects.order_by("day", "office_id").values_list("day", *names))
        for model, names in ((OfficeDay, ("views", "visitors", "downloads", "bots", "searches")),)
    ] + [sorted(Event.objects.values_list("at", "visitor", "page_id"))]


def test_real_figures_are_left_alone(office, monkeypatch):
    monkeypatch.setattr(demo_year, "DAYS", 3)
    office_day(office, TODAY - dt.timedelta(days=2), visitors=4321)
    demo_year.load_year(office)
    assert OfficeDay.objects.get(day=TODAY - dt.timedelta(days=2)).visitors == 4321
    assert OfficeDay.objects.count() == 3
