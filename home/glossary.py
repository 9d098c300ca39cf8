"""Statutory terms explained where they stand: each term once a page, visibly, in plain words.

The explanation is ordinary text after the term, so it works for touch, keyboard, screen readers and on paper alike.
"""

import re
from dataclasses import dataclass

from bs4 import BeautifulSoup, NavigableString
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

# Text inside these is left alone: links and buttons must keep their name, headings their length.
_SKIP = {
    "a",
    "button",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "dfn",
    "code",
    "pre",
    "script",
    "style",
    "summary",
}


@dataclass(frozen=True)
class _Terms:
    """All written forms in one pattern, and for each form (case-folded, blanks and hyphens alike) its term."""

    pattern: re.Pattern | None
    meaning: dict[str, tuple[int, str]]


def _key(form: str) -> str:
    return re.sub(r"[\s-]+", " ", form).casefold()


def _load() -> _Terms:
    from home.models import GlossaryTerm

    meaning: dict[str, tuple[int, str]] = {}
    forms: set[str] = set()
    for term in GlossaryTerm.objects.all():
        for form in term.forms:
            meaning.setdefault(_key(form), (term.pk, term.explanation))
            forms.add(_key(form))
    if not forms:
        return _Terms(None, {})
    alternatives = (
        r"[\s-]+".join(map(re.escape, form.split())) for form in sorted(forms, key=len, reverse=True)
    )
    return _Terms(re.compile(rf"(?<![\w-])(?:{'|'.join(alternatives)})(?![\w-])", re.IGNORECASE), meaning)


def _state(request) -> tuple[_Terms, set[int]]:
    """Terms and the ids of those already explained on this page; both live as long as the request."""
    if request is None:
        return _load(), set()
    if not hasattr(request, "_glossary"):
        request._glossary = (_load(), set())
    return request._glossary


def explain(value, request=None) -> SafeString:
    """Return HTML in which the first mention of each glossary term is followed by its explanation.

    `value` is safe HTML (rich text), or plain text, which is escaped. With a `request`, a term explained once is not
    explained again on the same page.
    """
    html = str(conditional_escape(value))
    terms, seen = _state(request)
    if terms.pattern is None or not terms.pattern.search(html):
        return mark_safe(html)  # unchanged: it was safe, or has been escaped
    soup = BeautifulSoup(html, "html.parser")
    for node in list(soup.find_all(string=True)):
        if type(node) is NavigableString and not any(parent.name in _SKIP for parent in node.parents):
            _explain_node(node, terms, seen)
    return mark_safe(str(soup))  # the same markup, with escaped explanations added


def _explain_node(node: NavigableString, terms: _Terms, seen: set[int]) -> None:
    text, end, pieces = str(node), 0, []
    for match in terms.pattern.finditer(text):
        term_id, explanation = terms.meaning[_key(match.group())]
        if term_id in seen:
            continue
        seen.add(term_id)
        pieces.append(str(conditional_escape(text[end : match.start()])))
        pieces.append(
            format_html(
                '<dfn>{}</dfn> <span class="meaning">({})</span>',
                match.group(),
                explanation.strip().rstrip("."),
            )
        )
        end = match.end()
    if pieces:
        pieces.append(str(conditional_escape(text[end:])))
        node.replace_with(BeautifulSoup("".join(pieces), "html.parser"))
