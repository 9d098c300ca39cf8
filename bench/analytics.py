"""What counting costs: a page, a download, adding up, reading the figures, embedded parts. Ratios inside one run.

    python bench/analytics.py [--events 1000000 10000000] [--rounds 300]

A trial site of its own below a temporary folder, gone afterwards.

- a page for a person (marked, reported later by the browser) and for a bot (recorded while it is answered), and a
  download (recorded), each against the same without any counting, asked in turn
- events a second from the spool into the database, and from the database into the figures of their days
- `/statistik/` with so many events behind its figures, against ten times as many
- bytes of an embedded part at the first view: page, styles, script, font
"""

import argparse
import datetime as dt
import os
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# This folder must not be looked through first: `analytics` is the room, not this file.
sys.path[:1] = [str(ROOT), str(ROOT / "site")]
BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36"
BOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
SPOOLED = 50_000
DAYS = 80
Row = tuple[str, str, str, str, str]


def main() -> None:
    """Prepare, measure, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--events", type=int, nargs="+", default=[1_000_000, 10_000_000])
    parser.add_argument("--rounds", type=int, default=300)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="eppid-bench-analytics-") as folder:
        os.environ |= {
            "EPPID_VAR_DIR": folder,
            "DJANGO_SETTINGS_MODULE": "eppid.settings.dev",
            "LOG_LEVEL": "ERROR",
        }
        import django

        django.setup()
        from django.conf import settings
        from django.core.management import call_command

        settings.ALLOWED_HOSTS = ["*"]
        call_command("migrate", verbosity=0)
        rows = [*requests(options.rounds), *spool_rate(), *figures(options.events), *weights()]
    print(f"{'measure':52} {'ours':>16} {'beside':>16} {'ratio':>7}  target")
    for name, ours, beside, ratio, target in rows:
        print(f"{name:52} {ours:>16} {beside:>16} {ratio:>7}  {target}")


def _site():
    from tests import factories

    office = factories.shared_office()
    document = factories.DocumentFactory(texts=["isi"], office=office)
    page = factories.RegulationPageFactory(files=[document], office=office)
    return office, page, document


def requests(rounds: int) -> list[Row]:
    """Pages and downloads, with and without counting."""
    from django.conf import settings
    from django.test import Client, override_settings

    from analytics.signal_handlers import _downloaded
    from analytics.templatetags import kunjungan
    from documents.signals import document_downloaded

    _office, page, document = _site()
    bare = [name for name in settings.MIDDLEWARE if not name.startswith("analytics.")]

    class Without:
        """The site as it would be without counting."""

        def __enter__(self):
            self.mark, kunjungan._visit = kunjungan._visit, lambda mark: ""
            document_downloaded.disconnect(dispatch_uid="analytics.downloaded")

        def __exit__(self, *error):
            kunjungan._visit = self.mark
            document_downloaded.connect(_downloaded, dispatch_uid="analytics.downloaded")

    counting = Client()
    with override_settings(MIDDLEWARE=bare):
        plain = Client()
        plain.get(page.url)  # loads its own chain of middleware
    rows: list[Row] = []
    for name, path, agent in (
        ("page for a person / without counting", page.url, BROWSER),
        ("page for a bot / without counting", page.url, BOT),
        ("download / without counting", document.url, BROWSER),
    ):
        ours, beside = [], []
        for _ in range(rounds):
            ours.append(_timed(lambda p=path, a=agent: _get(counting, p, a)))
            with Without():
                beside.append(_timed(lambda p=path, a=agent: _get(plain, p, a)))
        left, right = statistics.median(ours), statistics.median(beside)
        rows.append(
            (name, f"{1000 * left:.2f} ms", f"{1000 * right:.2f} ms", f"{left / right:.3f}", "<= 1.05")
        )
    return rows


def _get(client, path: str, agent: str) -> None:
    response = client.get(path, headers={"User-Agent": agent})
    assert response.status_code == 200, response
    if response.streaming:
        b"".join(response.streaming_content)


def spool_rate() -> list[Row]:
    """From lines in the spool to events in the database."""
    from analytics import collecting
    from analytics.models import Event
    from analytics.spool import spool
    from home.models import Office

    office = Office.objects.first()
    collecting.collect()
    line = {
        "k": "tayangan",
        "o": office.pk,
        "p": 7,
        "d": 0,
        "b": 0,
        "e": 0,
        "r": "langsung",
        "a": "ponsel",
        "g": 0,
    }
    now = time.time()
    started = time.perf_counter()
    for number in range(SPOOLED):
        spool().append({**line, "t": now - number % 3000, "v": f"{number % 9000:016x}"})
    written = SPOOLED / (time.perf_counter() - started)
    seconds = _timed(collecting.collect)
    Event.objects.all().delete()
    return [
        ("lines into the spool", f"{written:,.0f} /s", "", "", ""),
        ("from the spool into the database", f"{SPOOLED / seconds:,.0f} /s", "", "", ""),
    ]


def figures(sizes: list[int]) -> list[Row]:
    """Adding up, and reading what was added up."""
    from django.test import Client

    from analytics.models import Event, StaleDay
    from analytics.rollups import roll_up_stale
    from home.models import Office

    office, rows = Office.objects.first(), []
    medians = {}
    for size in sorted(sizes):
        Event.objects.all()._raw_delete("default")
        _fill(office, size)
        first = office.today() - dt.timedelta(days=DAYS - 1)
        StaleDay.objects.bulk_create(
            [StaleDay(office_id=office.pk, day=first + dt.timedelta(days=n)) for n in range(DAYS)],
            ignore_conflicts=True,
        )
        seconds = _timed(roll_up_stale)
        rows.append((f"adding up {size:,} events of {DAYS} days", f"{size / seconds:,.0f} /s", "", "", ""))
        client = Client()
        _get(client, "/statistik/", BROWSER)
        times = [_timed(partial(_get, client, "/statistik/", BROWSER)) for _ in range(15)]
        medians[size] = statistics.median(times)
    small, large = min(sizes), max(sizes)
    ratio = medians[large] / medians[small]
    rows.append(
        (
            f"/statistik/ with {large:,} / {small:,} events",
            f"{1000 * medians[large]:.0f} ms",
            f"{1000 * medians[small]:.0f} ms",
            f"{ratio:.2f}",
            "<= 1.5",
        )
    )
    return rows


def _fill(office, size: int) -> None:
    """Events spread over days, pages, files and people, made by the database itself."""
    from django.db import connection

    end = time.time()
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < %s)
            INSERT INTO analytics_event
                (kind, at, office_id, page_id, document_id, referrer, device, visitor, is_bot, is_empty)
            SELECT CASE i %% 5 WHEN 0 THEN 'unduhan' WHEN 1 THEN 'pencarian' ELSE 'tayangan' END,
                strftime('%%Y-%%m-%%d %%H:%%M:%%f', %s - (i * 7919) %% %s, 'unixepoch'),
                %s, i %% 600, CASE i %% 5 WHEN 0 THEN 1 + i %% 400 ELSE 0 END,
                CASE i %% 3 WHEN 0 THEN 'langsung' ELSE 'mesin_pencari' END, 'ponsel',
                printf('%%016x', i %% 97003), i %% 11 = 0, 0
            FROM n
            """,
            [size - 1, int(end), DAYS * 86_400, office.pk],
        )


def weights() -> list[Row]:
    """Bytes of embedded parts at the first view."""
    from django.conf import settings
    from django.test import Client

    client, rows = Client(), []
    for name in ("terbaru", "angka", "cari"):
        response = client.get(f"/pojok/embed/{name}/", headers={"User-Agent": BROWSER})
        html = response.content.decode()
        total = len(response.content)
        for address in set(re.findall(r'(?:src|href)="(/[^"]+\.(?:css|js|woff2|svg))"', html)):
            path = Path(ROOT / "static" / address.removeprefix(settings.STATIC_URL))
            total += path.stat().st_size if path.is_file() else len(client.get(address).content)
        rows.append((f"embedded part {name}, first view", f"{total / 1000:.1f} kB", "", "", "<= 30 kB"))
    return rows


def _timed(call: Callable) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
