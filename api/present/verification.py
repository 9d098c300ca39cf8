"""The answer for a fingerprint."""

from django.urls import reverse

from api.present.base import View, choice_of
from api.schemas.verification import Place, Verification, VerifiedFile
from documents.verification.enums import Verdict
from documents.verification.lookup import Answer, Finding


def answer(view: View, found: Answer) -> Verification:
    """Return what is known of a fingerprint."""
    return Verification(
        sha256=found.fingerprint,
        jawaban=choice_of(Verdict, found.verdict),
        dokumen=[_finding(view, finding) for finding in found.findings],
        url=view.addresses.absolute(reverse("verification:answer", args=[found.fingerprint])),
    )


def _finding(view: View, finding: Finding) -> VerifiedFile:
    return VerifiedFile(
        jawaban=choice_of(Verdict, finding.verdict),
        judul=finding.title,
        nama=finding.file_name,
        versi=finding.version,
        diterbitkan=finding.since,
        berakhir=finding.until,
        alasan=finding.reason,
        halaman=[
            Place(judul=place.title, url=view.addresses.absolute(place.url), kantor=place.office)
            for place in finding.places
        ],
        versi_terkini=finding.current_version,
        url_terkini=view.addresses.absolute(finding.current_url) if finding.current_url else None,
    )
