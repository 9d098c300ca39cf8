"""Reports of readers' browsers, and the way from them to the figures."""

from analytics import collecting, rollups
from analytics.enums import EventKind
from analytics.tokens import Mark, token_of

CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36"
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605 Version/17 Mobile/15E Safari/604"
)
GOOGLEBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"


def report(
    client, office, page_id=7, agent=CHROME, address="10.0.0.1", came_from="", kind=EventKind.VIEW, **headers
):
    token = token_of(Mark(kind, office.pk, page_id))
    return client.post(
        "/statistik/kunjungan",
        {"t": token, "r": came_from},
        headers={"User-Agent": agent, **headers},
        REMOTE_ADDR=address,
    )


def count():
    """Collect and add up; the events stored."""
    stored = collecting.collect()
    rollups.roll_up_stale()
    return stored
