"""The letters: text and plain HTML, in the name of the subscription's office, with links to that office's host.

Nothing in them is fetched from elsewhere, so nobody is told that a letter was opened.
"""

from __future__ import annotations

import hashlib
import smtplib
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from search.following import address, describe
from search.subscriptions.models import SavedSearch
from search.subscriptions.news import News

TEMPLATES = "search/langganan/surel"
PARAM_KEY = "kunci"
SUBJECT_WORDS = 60  # characters of the search in a subject


class NotSent(Exception):
    """A letter could not be sent. Says what kind of failure it was, and nothing of the letter or its address."""


def send_answer(row: SavedSearch) -> None:
    """Ask for confirmation, or say that it was given long ago.

    The letter holds none of the words that were typed: anybody may type anything, and anybody's address. They stand
    on the page behind the link. Raises NotSent.
    """
    name = "konfirmasi" if row.confirmed_at is None else "sudah"
    subject = "Konfirmasi langganan surel" if row.confirmed_at is None else "Anda sudah berlangganan"
    context = {"days": settings.SAVED_SEARCH_LIMITS["days_to_confirm"]}
    _send(row, name, f"{subject} – {row.office.name}", context)


def send_news(row: SavedSearch, news: News) -> None:
    """Tell what is new, with the headers by which a mail program offers to unsubscribe (RFC 8058). Raises NotSent."""
    query = row.query
    what = describe(query)
    entries = [
        {"hit": hit, "url": address(row.office, hit.url), "summary": " ".join(hit.summary.split())}
        for hit in news.hits
    ]
    results = f"{reverse('search:results')}?{query.querystring(sort='terbaru')}"
    subject = f"{news.total} informasi baru: {Truncator(what).chars(SUBJECT_WORDS)} – {row.office.name}"
    context = {
        "what": what,
        "news": news,
        "entries": entries,
        "results_url": address(row.office, results),
    }
    unsubscribe = _link(row, "search:unsubscribe")
    ids = ",".join(str(hit.page_id) for hit in news.hits)
    headers = {
        "List-Unsubscribe": f"<{unsubscribe}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        # The same news sent twice (a worker died after sending) is one letter for mail programs that look at this.
        "Message-ID": f"<{_digest(row.key_hash, str(news.total), ids)}@{row.office.site.hostname}>",
    }
    _send(row, "kabar", subject, context, headers)


def _send(row: SavedSearch, name: str, subject: str, context: dict, headers: dict | None = None) -> None:
    context = {
        **context,
        "office": row.office,
        "row": row,
        "host": row.office.site.root_url,
        "manage_url": _link(row, "search:manage"),
        "unsubscribe_url": _link(row, "search:unsubscribe"),
    }
    _, sender = parseaddr(settings.DEFAULT_FROM_EMAIL)
    with timezone.override(row.office.tz):
        text, html = (render_to_string(f"{TEMPLATES}/{name}.{kind}", context) for kind in ("txt", "html"))
    message = EmailMultiAlternatives(
        subject=" ".join(subject.split()),
        body=text.strip() + "\n",
        from_email=formataddr((" ".join(f"PPID {row.office.name}".split()), sender)),
        to=[row.address.reveal()],
        reply_to=[row.office.email] if row.office.email else [],
        headers={"Auto-Submitted": "auto-generated", **(headers or {})},
    )
    message.attach_alternative(html, "text/html")
    try:
        message.send()
    except Exception as error:
        # What a mail server answers names the address, and a failed task keeps its traceback.
        raise NotSent(_kind(error)) from None


def _link(row: SavedSearch, name: str) -> str:
    return address(row.office, f"{reverse(name)}?{PARAM_KEY}={row.key.reveal()}")


def _digest(*parts: str) -> str:
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:32]


def _kind(error: Exception) -> str:
    """The class of an error, and the numbers of a mail server's answer."""
    codes = [getattr(error, "smtp_code", None)]
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _ in error.recipients.values()]
    return " ".join([type(error).__name__, *(str(code) for code in codes if code)])
