"""What the tests of letters share: links out of a mail, and mail servers that fail."""

import re
import smtplib
from urllib.parse import urlsplit

from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.locmem import EmailBackend as Outbox

ADDRESS = "Warga.Serang@contoh.id"
FORM = {"q": "kelapagading", "surel": ADDRESS, "frekuensi": "harian"}


class Refusing(BaseEmailBackend):
    """A mail server that takes no letter, and names the address in its answer."""

    def send_messages(self, messages):
        """Refuse the first."""
        raise smtplib.SMTPRecipientsRefused(
            {messages[0].to[0]: (550, f"no {messages[0].to[0]} here".encode())}
        )


class DiesAfterSending(Outbox):
    """The letter leaves, then the process is gone before anything is noted."""

    def send_messages(self, messages):
        """Send, and die as a process does: not by an exception that anybody handles."""
        super().send_messages(messages)
        raise KeyboardInterrupt


def path_to(kind: str, message=None) -> str:
    """Path and key of a link in a letter (the last one): `kelola` or `berhenti`."""
    body = (message or mail.outbox[-1]).body
    url = urlsplit(re.search(rf"\S+/cari/langganan/{kind}/\S+", body).group())
    return f"{url.path}?{url.query}"


def subscribe(client, **fields):
    """Fill in the form and send it; returns where it leads."""
    return client.post("/cari/langganan/", {**FORM, **fields})


def confirmed(client, **fields):
    """A subscription as it is after the button in the mailbox; returns its row."""
    from search.subscriptions.models import SavedSearch

    subscribe(client, **fields)
    client.post(path_to("kelola"))
    mail.outbox.clear()
    return SavedSearch.objects.latest("pk")
