"""When a rich text counts as changed: by what a reader sees, not by what the editor writes down.

The editor numbers its paragraphs anew where a text has no numbers yet, and sends an empty text in two ways, depending
on whether its script had started when the button was pressed. Neither is a change by a person; taken for one, a
reviewer's plain approval would count as a new version and go back to the step before.
"""

import re
from functools import partial

from django import forms
from django.utils.html import strip_tags

_PARAGRAPH_NUMBER = re.compile(r'\sdata-block-key="[^"]*"')
_SHOWS_WITHOUT_WORDS = re.compile(r"<(?:hr|img|embed)\b")


def as_read(html: str | None) -> str:
    """Return a rich text without the editor's numbering; empty when it shows nothing."""
    html = _PARAGRAPH_NUMBER.sub("", html or "")
    shows_something = strip_tags(html).strip() or _SHOWS_WITHOUT_WORDS.search(html)
    return html if shows_something else ""


def compare_as_read(form: forms.BaseForm) -> None:
    """Make the rich-text fields of a form count as changed only where a reader would see it."""
    from wagtail.admin.rich_text import DraftailRichTextArea  # needs the models, which name this form

    for field in form.fields.values():
        if isinstance(field.widget, DraftailRichTextArea):
            field.has_changed = partial(_differs, field)


def _differs(field: forms.Field, initial: str | None, data: str | None) -> bool:
    return not field.disabled and as_read(initial) != as_read(data)
