"""Signatures by Ed25519 (RFC 8032): who holds the private key has said this, and nobody has changed it since.

The private key is a PEM file outside the home (`openssl genpkey -algorithm ed25519`), so that whoever may write in the
home cannot sign. A key is called by its fingerprint: SHA-256 of its 32 bytes, in hexadecimal.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)


class WrongKey(Exception):
    """The file holds no key of the wanted kind; the message says so to the officer and shows nothing of it."""


@dataclass(frozen=True)
class Verifier:
    key: Ed25519PublicKey

    @classmethod
    def read(cls, file: Path) -> Verifier:
        """Of a PEM file. Raises WrongKey."""
        try:
            key = load_pem_public_key(file.read_bytes())
        except (OSError, ValueError, UnsupportedAlgorithm):
            key = None
        if not isinstance(key, Ed25519PublicKey):
            raise WrongKey(f"Tệp {file} không phải là khóa công khai Ed25519 dạng PEM.")
        return cls(key)

    @property
    def fingerprint(self) -> str:
        return sha256(self.key.public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest()

    @property
    def pem(self) -> bytes:
        return self.key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    def has_signed(self, signature: bytes, content: bytes) -> bool:
        try:
            self.key.verify(signature, content)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True)
class Signer:
    key: Ed25519PrivateKey

    @classmethod
    def read(cls, file: Path) -> Signer:
        """Of a PEM file without a password. Raises WrongKey."""
        try:
            key = load_pem_private_key(file.read_bytes(), password=None)
        except (OSError, ValueError, TypeError, UnsupportedAlgorithm):
            key = None
        if not isinstance(key, Ed25519PrivateKey):
            raise WrongKey(f"Tệp {file} không phải là khóa riêng Ed25519 dạng PEM, không đặt mật khẩu.")
        return cls(key)

    @property
    def verifier(self) -> Verifier:
        return Verifier(self.key.public_key())

    def sign(self, content: bytes) -> bytes:
        """64 bytes."""
        return self.key.sign(content)
