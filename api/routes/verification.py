"""Whether a file is genuine, by its fingerprint."""

from django.http import HttpRequest
from ninja import Router

from api import scope
from api.present import verification as present
from api.present.base import View
from api.problems import NotFound
from api.routes.responses import MISSING, answers
from api.schemas.verification import Verification
from documents.verification.lookup import look_up, read_fingerprint

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
