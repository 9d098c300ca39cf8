"""Whether a file is genuine, by its fingerprint."""

from django.http import HttpRequest, HttpResponse, QueryDict
from ninja import Query, Router

from api import scope
from api.paging import part
from api.parameters import LogParameters
from api.present import verification as present
from api.present.base import View
from api.problems import NotFound, bad_parameters
from api.routes.responses import LIST_PROBLEMS, MISSING, answers
from api.schemas.common import Listing
from api.schemas.verification import LogEntry, Verification
from documents.verification.log_filter import LogFilter
from documents.verification.lookup import look_up, read_fingerprint
from documents.verification.models import LedgerEntry

router = Router(tags=["Berkas"])


@router.get(
    "verification/{sha256}",
    response=answers(Verification, MISSING),
    url_name="verification",
    operation_id="verify_file",
    summary="Keaslian berkas",
)
def verification(request: HttpRequest, sha256: str):
    """Apakah berkas dengan sidik jari SHA-256 ini sedang atau pernah diterbitkan. Tidak ada berkas yang dikirim."""
    try:
        fingerprint = read_fingerprint(sha256)
    except ValueError as error:
        raise NotFound(str(error)) from error
    return present.answer(View(request), look_up(fingerprint, scope.office_of(request)))


@router.get(
    "publication-log",
    response=answers(Listing[LogEntry], LIST_PROBLEMS),
    url_name="publication-log",
    operation_id="list_publication_log",
    summary="Catatan publikasi",
)
def publication_log(request: HttpRequest, response: HttpResponse, parameters: Query[LogParameters]):
    """Berkas apa yang diterbitkan, diganti, dan ditarik, kapan dan mengapa; yang terbaru dahulu.

    Seluruh rantai untuk diperiksa sendiri ada di `/verifikasi/catatan.jsonl`.
    """
    asked = parameters.model_dump(exclude={"halaman", "ukuran"}, exclude_none=True)
    data = QueryDict(mutable=True)
    for name, value in asked.items():
        data.setlist(name, [str(one) for one in value] if isinstance(value, list) else [str(value)])
    form = LogFilter(data)
    if not form.is_valid():
        raise bad_parameters([(name, errors[0]) for name, errors in form.errors.items()])
    entries = form.narrow(LedgerEntry.objects.order_by("-number"))
    return part(View(request), entries, parameters, present.log_entries, response)
