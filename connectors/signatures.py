"""Facts of the digital signatures in a PDF (domain §4.3 E1), read before the file is dropped. No person's name passes.

Nothing is asked of the network: whether a certificate was revoked is not told here, only whether its own dates covered
the moment of signing, and whether the signed bytes are still the same.
"""

import io
import logging
import re
from datetime import UTC, datetime
from typing import Any

from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation.generic_cms import validate_sig_integrity
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from connectors.records import folded


# A file that nobody could have signed is not opened: this key stands in clear in every signed PDF.
MARK = b"/ByteRange"
MAX_SIGNATURES = 20
REMEMBERED = 2_000
PERSON = "cá nhân"
PERSONAL_ATTRIBUTES = {"given_name", "surname", "initials", "title", "pseudonym", "email_address"}
PERSONAL_IDENTIFIER = re.compile(r"^(cmnd|cccd|cmt|hc|pno|idc|pas|sđc|bhxh)\b", re.IGNORECASE)
AGENCY_IDENTIFIER = re.compile(r"^(mst|mns|mqhns|mdd|ntr|vat)\W*([\w.-]+)", re.IGNORECASE)
# Alone, "ban" is also a family name.
AGENCY_WORDS = (
    "ủy ban ", "uỷ ban ", "ubnd ", "hội đồng ", "văn phòng ", "bộ ", "sở ", "phòng ", "cục ", "chi cục ", "tổng cục ",
    "thanh tra ", "ban quản lý ", "ban tiếp công dân ", "ban dân tộc ", "ban tổ chức ", "ban chỉ đạo ", "trung tâm ",
    "trường ", "bệnh viện ", "viện ", "chi nhánh ", "công ty ", "tổng công ty ", "đảng ủy ", "tỉnh ủy ", "kho bạc ",
    "bảo hiểm xã hội ", "tòa án ", "công an ", "quỹ ", "hội ", "liên đoàn ", "mặt trận ", "chính phủ ", "thuế ",
    "hải quan ",
)  # fmt: skip

_RECENT: dict[str, dict[str, Any]] = {}

# pyHanko tells its log about every oddity of a file; a file is evidence here, and its oddities are facts.
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)


def signature_facts(content: bytes, digest: str) -> dict[str, Any]:
    """`{is_signed, signatures: [...]}` of a PDF with that SHA-256; signatures that cannot be read say so in `error`.

    A file that comes again (a re-send, an annex to many) is not read again: one takes some ten milliseconds.
    """
    if MARK not in content:
        return {"is_signed": False, "signatures": []}
    if digest not in _RECENT:
        if len(_RECENT) >= REMEMBERED:
            _RECENT.clear()
        _RECENT[digest] = read_signatures(content)
    return _RECENT[digest]


def read_signatures(content: bytes) -> dict[str, Any]:
    # A forged or damaged file may fail anywhere in the parsers: whatever is wrong with it is a fact about the file.
    try:
        found = PdfFileReader(io.BytesIO(content), strict=False).embedded_regular_signatures
        signatures = [one_signature(signature) for signature in found[:MAX_SIGNATURES]]
    except Exception:  # see above
        return {"is_signed": True, "signatures": [], "error": "unreadable"}
    return {"is_signed": bool(found), "signatures": signatures}


def one_signature(signature: EmbeddedPdfSignature) -> dict[str, Any]:
    """One signature: whose kind, by whose certificate, when, and what became of the file since."""
    signature.compute_integrity_info()
    certificate = signature.signer_cert
    digest = signature.compute_digest()
    is_same, is_genuine = validate_sig_integrity(signature.signer_info, certificate, "data", digest)
    signed_at = signature.self_reported_timestamp
    covers_all = signature.coverage == SignatureCoverageLevel.ENTIRE_FILE
    change = getattr(signature.diff_result, "modification_level", ModificationLevel.OTHER)
    return {
        **signer(certificate.subject),
        "issuer": organisation(certificate.issuer),
        "signed_at": signed_at.astimezone(UTC).isoformat() if signed_at else None,
        "is_certificate_valid": was_valid(certificate, signed_at),
        "is_intact": bool(is_same and is_genuine),
        "covers_whole": covers_all,
        # A further signature or a filled form field is no change of what was signed.
        "is_modified": change.value > ModificationLevel.FORM_FILLING.value,
        "algorithm": algorithm(signature),
    }


def was_valid(certificate: x509.Certificate, signed_at: datetime | None) -> bool | None:
    """Whether the dates of the certificate cover the moment of signing; None when no moment is told."""
    if signed_at is None:
        return None
    moment = signed_at if signed_at.tzinfo else signed_at.replace(tzinfo=UTC)
    return bool(certificate.not_valid_before <= moment <= certificate.not_valid_after)


def algorithm(signature: EmbeddedPdfSignature) -> str:
    used = signature.signer_info["signature_algorithm"]
    return f"{used.signature_algo}-{signature.md_algorithm}"


def signer(subject: x509.Name) -> dict[str, Any]:
    """`agency` with its name and tax code, or `person` without anything that names him.

    Both carry the organisation (O). A person is whoever has a personal attribute, a personal number, or a common name
    that is neither the organisation's nor begins like an agency's: in doubt it is a person, whose name is not kept.
    """
    names = readable(subject)
    common = names.get("common_name", "")
    numbers = [names[key] for key in ("user_id", "serial_number", "organization_identifier") if key in names]
    is_person = (
        bool(PERSONAL_ATTRIBUTES & names.keys())
        or any(PERSONAL_IDENTIFIER.match(number) for number in numbers)
        or not is_agency_name(common, names.get("organization_name", ""))
    )
    if is_person:
        return {"signer": "person", "signer_name": PERSON}
    tax_codes = [found.group(2) for number in numbers if (found := AGENCY_IDENTIFIER.match(number))]
    told = {"tax_code": tax_codes[0]} if tax_codes else {}
    return {"signer": "agency", "signer_name": common or names["organization_name"]} | told


def is_agency_name(common: str, organization: str) -> bool:
    name = folded(common or organization)
    return bool(name) and f"{name} ".startswith(AGENCY_WORDS)


def organisation(name: x509.Name) -> str | None:
    names = readable(name)
    return names.get("organization_name") or names.get("common_name")


def readable(name: x509.Name) -> dict[str, str]:
    """The attributes of a name as text; of a repeated one the first."""
    found: dict[str, str] = {}
    for attribute, value in name.native.items():
        found[attribute] = str(value[0] if isinstance(value, list) else value)
    return found
