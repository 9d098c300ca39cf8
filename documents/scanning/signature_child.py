"""The child process that reads the signatures of one PDF with pyHanko. It has no network and fetches nothing."""

import json
import logging
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from documents.extraction.child import confine, report_channel
from documents.extraction.types import Limits
from documents.scanning.types import ADDED_TO, ALTERED, INVALID, KNOWN, UNKNOWN, UNREADABLE, WHOLE

MAX_SIGNATURES = 20


def read_signatures(path: Path, roots: list[Path]) -> list[dict[str, Any]]:
    """Return what each signature of the file says and whether it still holds, in the order of signing."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    trusted = [certificate for root in roots for certificate in _certificates(root)]
    with path.open("rb") as handle:
        try:
            reader = PdfFileReader(handle, strict=False)
            embedded = list(reader.embedded_signatures)[:MAX_SIGNATURES]
        except Exception:  # pyHanko meets whatever a hostile or broken file holds
            return [_unreadable()]
        rows = []
        for signature in embedded:
            try:
                rows.append(_read(signature, trusted))
            except Exception:  # see above; one broken signature must not hide the others
                rows.append({**_unreadable(), **_told(signature)})
        return rows or [_unreadable()]


def _unreadable() -> dict[str, Any]:
    return {
        "state": UNREADABLE,
        "issuer_state": UNKNOWN,
        "signer": "",
        "organization": "",
        "issuer": "",
        "signed_at": None,
        "time_is_stamped": False,
        "is_timestamp": False,
        "covers_whole_file": False,
        "valid_from": None,
        "valid_until": None,
        "field": "",
        "reason": "",
        "location": "",
    }


def _certificates(path: Path) -> list:
    from asn1crypto import pem, x509

    try:
        data = path.read_bytes()
        if not pem.detect(data):
            return [x509.Certificate.load(data)]
        return [x509.Certificate.load(body) for _name, _headers, body in pem.unarmor(data, multiple=True)]
    except (OSError, ValueError):
        return []


def _short(value: Any) -> str:
    return " ".join(str(value or "").split())[:200]


def _told(signature: Any) -> dict[str, Any]:
    """What the signature says of itself in the PDF, as far as it can be read."""
    told: dict[str, Any] = {}
    try:
        told["field"] = _short(signature.field_name)
        told["reason"] = _short(signature.sig_object.get("/Reason", ""))
        told["location"] = _short(signature.sig_object.get("/Location", ""))
        told["signer"] = _short(signature.sig_object.get("/Name", ""))
    except Exception:  # a field without a name, a signature that is no dictionary
        pass
    return told


def _names(certificate: Any) -> dict[str, Any]:
    subject, issuer = certificate.subject.native, certificate.issuer.native
    return {
        "signer": _short(subject.get("common_name") or certificate.subject.human_friendly),
        "organization": _short(subject.get("organization_name")),
        "issuer": _short(issuer.get("common_name") or issuer.get("organization_name")),
        "valid_from": certificate.not_valid_before.isoformat(),
        "valid_until": certificate.not_valid_after.isoformat(),
    }


def _read(signature: Any, trusted: list) -> dict[str, Any]:
    from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp

    is_timestamp = str(signature.sig_object.get("/Type", "")) == "/DocTimeStamp"
    certificate = signature.signer_cert
    claimed = signature.self_reported_timestamp
    at = claimed if claimed and claimed.tzinfo else None
    context = _context(trusted, at)
    if is_timestamp:
        status = validate_pdf_timestamp(signature, validation_context=context)
        signed_at, stamped = status.timestamp, True
    else:
        status = validate_pdf_signature(signature, signer_validation_context=context)
        stamp = status.timestamp_validity
        stamped = bool(stamp and stamp.valid and stamp.intact)
        signed_at = stamp.timestamp if stamped else claimed
    names = _names(certificate)
    return {
        **_unreadable(),
        **_told(signature),
        **names,
        "state": _state(status),
        "issuer_state": _issuer_state(status, signed_at, certificate),
        "signed_at": signed_at.isoformat() if signed_at else None,
        "time_is_stamped": stamped,
        "is_timestamp": is_timestamp,
        "covers_whole_file": status.coverage is not None and status.coverage.name == "ENTIRE_FILE",
    }


def _context(trusted: list, at: datetime | None) -> Any:
    from pyhanko_certvalidator import ValidationContext

    return ValidationContext(
        trust_roots=trusted, allow_fetching=False, revocation_mode="soft-fail", moment=at or datetime.now(UTC)
    )


def _state(status: Any) -> str:
    if not (status.intact and status.valid):
        return ALTERED
    level = status.modification_level
    name = level.name if level is not None else "OTHER"
    if name == "NONE":
        return WHOLE
    if name == "OTHER" or status.docmdp_ok is False:
        return ALTERED
    return ADDED_TO


def _issuer_state(status: Any, signed_at: datetime | None, certificate: Any) -> str:
    moment = signed_at if signed_at and signed_at.tzinfo else datetime.now(UTC)
    if not certificate.not_valid_before <= moment <= certificate.not_valid_after:
        return INVALID
    return KNOWN if status.trusted else UNKNOWN


def main() -> None:
    """Read the order from the command line; report on the inherited standard output and nowhere else."""
    order = json.loads(sys.argv[1])
    confine(Limits(**order["limits"]))
    logging.disable(logging.CRITICAL)
    channel = report_channel()
    rows = read_signatures(Path(order["path"]), [Path(root) for root in order["roots"]])
    channel.write(json.dumps({"signatures": rows}))
    channel.flush()


if __name__ == "__main__":
    main()
