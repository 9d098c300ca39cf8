"""Signed PDFs for tests: a certificate authority of our own, and pyHanko as the signing program."""

import io
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore


@dataclass
class Holder:
    """A certificate with its key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def pem(self) -> bytes:
        """The certificate as a text file."""
        return self.certificate.public_bytes(Encoding.PEM)

    @property
    def _der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)


def holder(
    name: str, issuer: Holder | None = None, *, starts: datetime | None = None, ends: datetime | None = None
) -> Holder:
    """Make a certificate for `name`: a root when nobody issues it, else a signer's."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, name),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Lembaga Uji"),
        ]
    )
    is_root = issuer is None
    signing_key = key if issuer is None else issuer.key
    now = datetime.now(UTC)
    usage = x509.KeyUsage(
        digital_signature=not is_root,
        content_commitment=not is_root,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_root,
        crl_sign=is_root,
        encipher_only=False,
        decipher_only=False,
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject if issuer is None else issuer.certificate.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(starts or now - timedelta(days=2))
        .not_valid_after(ends or now + timedelta(days=700))
        .add_extension(x509.BasicConstraints(is_root, None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signing_key.public_key()), critical=False
        )
        .sign(signing_key, hashes.SHA256())
    )
    return Holder(certificate, key)


def sign(
    data: bytes, who: Holder, root: Holder, *, field: str = "Tanda1", box: tuple | None = None, **facts
) -> bytes:
    """Return the PDF with a signature appended; invisible unless `box` says where it stands on page 1."""
    store = SimpleCertificateStore()
    store.register_multiple([asn1_x509.Certificate.load(root._der)])
    private = who.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    signer = signers.SimpleSigner(
        signing_cert=asn1_x509.Certificate.load(who._der),
        signing_key=asn1_keys.PrivateKeyInfo.load(private),
        cert_registry=store,
    )
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    place = fields.SigFieldSpec(field, on_page=0, box=box) if box else None
    metadata = signers.PdfSignatureMetadata(field_name=field, **facts)
    return signers.sign_pdf(writer, metadata, signer=signer, new_field_spec=place).getvalue()
