"""A certification authority of nobody: agencies, persons, and PDF files signed by them, the same in every process.

Keys follow from a fixed text, signatures are of the deterministic kind (RFC 6979), so equal files have equal bytes.
"""

from __future__ import annotations

import asyncio
import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from asn1crypto import algos, pem, x509
from cryptography import x509 as certificates
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.signers import Signer
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import PdfSignedData
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko_certvalidator.registry import SimpleCertificateStore


ISSUER = "Cơ quan chứng thực thử nghiệm"
# Twice the bytes of a signature, as it stands in hexadecimal; the rest is padding that no signature covers.
RESERVED = 3072
_DEVICE = {"digest_algorithm": "sha256", "signature_algorithm": "sha256_ecdsa"}


@dataclass(frozen=True)
class Identity:
    """Whose certificate: an agency (no person) or a person of it; valid between two years."""

    organization: str
    person: str = ""
    first_year: int = 2023
    last_year: int = 2028


def _key(text: str) -> ec.EllipticCurvePrivateKey:
    number = int.from_bytes(hashlib.sha256(f"mtcl simulator {text}".encode()).digest())
    return ec.derive_private_key(number % (1 << 255) + 1, ec.SECP256R1())


def _name(identity: Identity) -> certificates.Name:
    parts = [
        (NameOID.COUNTRY_NAME, "VN"),
        (NameOID.ORGANIZATION_NAME, identity.organization),
        (NameOID.COMMON_NAME, identity.person or identity.organization),
        (NameOID.USER_ID, "CMND:270000001" if identity.person else "MST:3600000001"),
    ]
    return certificates.Name([certificates.NameAttribute(kind, text) for kind, text in parts])


@cache
def _certificate(identity: Identity) -> x509.Certificate:
    issuer = Identity(ISSUER)
    made = (
        certificates.CertificateBuilder()
        .subject_name(_name(identity))
        .issuer_name(_name(issuer))
        .public_key(_key(str(identity)).public_key())
        .serial_number(int.from_bytes(hashlib.sha256(str(identity).encode()).digest()[:8]))
        .not_valid_before(datetime(identity.first_year, 1, 1))
        .not_valid_after(datetime(identity.last_year, 12, 31))
        .sign(_key(ISSUER), hashes.SHA256(), ecdsa_deterministic=True)
    )
    return x509.Certificate.load(pem.unarmor(made.public_bytes(serialization.Encoding.PEM))[2])


class _Signer(Signer):
    """Signs with a key of the authority, the same text always the same way."""

    def __init__(self, identity: Identity) -> None:
        self._key = _key(str(identity))
        mechanism = algos.SignedDigestAlgorithm({"algorithm": _DEVICE["signature_algorithm"]})
        super().__init__(
            signing_cert=_certificate(identity),
            cert_registry=SimpleCertificateStore(),
            signature_mechanism=mechanism,
        )

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        return self._key.sign(data, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))


class _Writer(IncrementalPdfFileWriter):
    """An incremental update without what differs from run to run: random identifiers, the time of writing."""

    @classmethod
    def _handle_id(cls, prev: object) -> generic.ArrayObject:
        return generic.ArrayObject([generic.ByteStringObject(b"mtcl simulator 1"), generic.ByteStringObject(bytes(16))])

    def _update_meta(self) -> None:
        """No entry for the time of writing."""


def signed(content: bytes, identities: Sequence[Identity], at: datetime) -> bytes:
    """The file with one signature after another; `at` is naive UTC."""
    for place, identity in enumerate(identities):
        content = _signed(content, identity, f"Signature{place + 1}", at.replace(tzinfo=UTC))
    return content


def _signed(content: bytes, identity: Identity, field: str, at: datetime) -> bytes:
    output = io.BytesIO(content)
    steps = PdfCMSEmbedder().write_cms(field_name=field, writer=_Writer(output))
    next(steps)
    placeholder = PdfSignedData(generic.pdf_name("/Sig"), timestamp=at, bytes_reserved=RESERVED)
    steps.send(SigObjSetup(sig_placeholder=placeholder))
    prepared, _ = steps.send(SigIOSetup(md_algorithm=_DEVICE["digest_algorithm"], in_place=True))
    told = PdfCMSSignedAttributes(signing_time=at)
    signature = asyncio.run(
        _Signer(identity).async_sign(
            data_digest=prepared.document_digest,
            digest_algorithm=_DEVICE["digest_algorithm"],
            signed_attr_settings=told,
        )
    )
    steps.send(signature)
    return output.getvalue()


def varied(content: bytes, number: int) -> bytes:
    """The same file with other bytes in the padding behind its last signature: another hash, as valid as before."""
    end = content.index(b">", content.rindex(b"/Contents <"))
    mark = b"%016x" % number
    assert content[end - len(mark) : end] == b"0" * len(mark), "the padding has room for the number"
    return content[: end - len(mark)] + mark + content[end:]


def altered(content: bytes) -> bytes:
    """The file with one letter of its page changed after signing."""
    assert b"/MediaBox[0 0 595 842]" in content
    return content.replace(b"/MediaBox[0 0 595 842]", b"/MediaBox[0 0 595 841]", 1)
