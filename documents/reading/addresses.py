"""Addresses of single pages of a text, which take along the words that somebody looked for."""

from urllib.parse import urlencode

from common.addresses import path_named

TEXT_PAGES_PER_VIEW = 50


def text_address(document_id: int, number: int, words: str = "") -> str:
    """Return the address of page `number` in the reading view; `words` are marked there."""
    parameters = {}
    if number > TEXT_PAGES_PER_VIEW:
        parameters["halaman"] = str(number)
    if words:
        parameters["q"] = words
    query = f"?{urlencode(parameters)}" if parameters else ""
    return f"{path_named('documents:text', document_id)}{query}#halaman-{number}"
