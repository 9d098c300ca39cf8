"""Errors as problem JSON (RFC 9457): one clear Indonesian sentence, and the parameter's name where one is at fault."""

import logging

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from api.rendering import json_bytes

PROBLEM_TYPE = "application/problem+json"
TITLES = {
    404: "Tidak ditemukan",
    405: "Cara ini tidak dilayani",
    410: "Publikasi ini telah dicabut",
    422: "Permintaan tidak dapat dipakai",
    500: "Kesalahan di pihak kami",
}
NOT_FOUND = "Alamat ini tidak ada, atau isinya tidak (lagi) terbuka untuk umum."
NOT_AN_ADDRESS = "Tidak ada alamat API seperti ini. Daftar alamatnya ada di /api/v1/docs."
READ_ONLY = "API ini hanya untuk membaca: pakai GET, HEAD, atau OPTIONS."
FAILED = "Permintaan ini gagal kami jawab dan sudah tercatat. Coba lagi beberapa saat lagi."

_SENTENCES = {
    "int_parsing": "Tulis angka bulat, misalnya 1.",
    "int_from_float": "Tulis angka bulat, misalnya 1.",
    "int_type": "Tulis angka bulat, misalnya 1.",
    "int_parsing_size": "Angkanya terlalu besar.",
    "greater_than_equal": "Nilai terkecil {ge}.",
    "less_than_equal": "Nilai terbesar {le}.",
    "literal_error": "Pilih salah satu: {expected}.",
    "enum": "Pilih salah satu: {expected}.",
    "date_from_datetime_parsing": "Tulis tanggal seperti 2023-10-31.",
    "date_from_datetime_inexact": "Tulis tanggal seperti 2023-10-31.",
    "date_parsing": "Tulis tanggal seperti 2023-10-31.",
    "bool_parsing": "Tulis 1 untuk ya, 0 untuk tidak.",
    "string_too_long": "Paling panjang {max_length} karakter.",
    "too_long": "Paling banyak {max_length} nilai.",
    "unknown_parameter": "Parameter ini tidak dikenal. Yang dikenal: {known}.",
}


class Problem(Exception):
    """Stop answering, with this status and sentence; `errors` names parameters as (name, sentence)."""

    def __init__(self, status: int, detail: str, errors: list[tuple[str, str]] | None = None):
        super().__init__(detail)
        self.status, self.detail, self.errors = status, detail, errors or []


class NotFound(Problem):
    """The thing does not exist, or the public may not see it: the answer is the same for both."""

    def __init__(self, detail: str = NOT_FOUND):
        super().__init__(404, detail)


class Withdrawn(Problem):
    """The publication was withdrawn with a stated reason (`home.models.Withdrawal`)."""

    def __init__(self, withdrawal):
        day = timezone.localtime(withdrawal.withdrawn_at).date()
        super().__init__(410, f"Dicabut pada {day:%Y-%m-%d}. Alasan: {withdrawal.reason}")


def problem_response(
    request: HttpRequest, status: int, detail: str, errors: list[tuple[str, str]] | None = None
) -> HttpResponse:
    """Return the problem as a response."""
    body: dict = {
        "type": "about:blank",
        "title": TITLES.get(status, TITLES[422]),
        "status": status,
        "detail": detail,
        "instance": request.path,
    }
    if errors:
        body["errors"] = [{"parameter": name, "detail": sentence} for name, sentence in errors]
    response = HttpResponse(json_bytes(body), status=status, content_type=PROBLEM_TYPE)
    response["Cache-Control"] = "no-store"  # what is missing now may be published the next minute
    return response


def bad_parameters(errors: list[tuple[str, str]]) -> Problem:
    """Return the problem of parameters that cannot be used, each with its sentence."""
    names = ", ".join(dict.fromkeys(name for name, _ in errors if name))
    return Problem(422, f"Periksa parameter: {names}." if names else "Periksa parameter Anda.", errors)


def install(api: NinjaAPI) -> None:
    """Make the API answer every error as a problem."""

    @api.exception_handler(Problem)
    def _problem(request, error):
        return problem_response(request, error.status, error.detail, error.errors)

    @api.exception_handler(Http404)
    def _missing(request, error):
        return problem_response(request, 404, NOT_FOUND)

    @api.exception_handler(HttpError)
    def _http_error(request, error):
        return problem_response(request, error.status_code, str(error))

    @api.exception_handler(ValidationError)
    def _invalid(request, error):
        problem = bad_parameters([pair for item in error.errors for pair in _explain(item)])
        return problem_response(request, problem.status, problem.detail, problem.errors)

    @api.exception_handler(Exception)
    def _failed(request, error):
        # The same logger and fields as Django's own, so that whoever watches errors sees this one too.
        logging.getLogger("django.request").error(
            "Internal Server Error: %s",
            request.path,
            exc_info=error,
            extra={"status_code": 500, "request": request},
        )
        return problem_response(request, 500, FAILED)


def _explain(item: dict) -> list[tuple[str, str]]:
    """Return (parameter, sentence) pairs of one pydantic error."""
    context = item.get("ctx", {})
    if item["type"] == "unknown_parameter":
        sentence = _SENTENCES["unknown_parameter"].format(**context)
        return [(name, sentence) for name in context["names"]]
    if "expected" in context:
        context = {**context, "expected": context["expected"].replace(" or ", ", ").replace("'", "")}
    name = next((str(part) for part in reversed(item["loc"]) if isinstance(part, str)), "")
    sentence = _SENTENCES.get(item["type"], "Nilai ini tidak dapat dipakai.").format(**context)
    return [(name, sentence)]
