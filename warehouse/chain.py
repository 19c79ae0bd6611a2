"""The chain of manifests: each names the digest of the one before it, so none can be changed or taken out unseen.

A link is a manifest, or the record of a withdrawal. It has a `sequence` from 1 on without a gap, `previous` (SHA-256 of
the file of the link before) and `signed_by` (the fingerprint of a key, None where no key is set); its signature lies
beside it, the public key in `keys`. Links of versions that are pruned stay for ever, in `manifests`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from warehouse import access, whole_files
from warehouse.database import Database
from warehouse.published_folder import LINKS, signature_of
from warehouse.reading import sha256_of
from warehouse.signing import Signer


KEYS = "keys"
WITHDRAWAL = "withdrawal-"


def write(database: Database, folder: Path, file: Path, told: dict[str, Any], signer: Signer | None) -> dict[str, Any]:
    """Adds a link to the chain, as that file, and returns it; the signature is there before what it signs."""
    sequence, previous = head(database, folder)
    link = told | {
        "sequence": sequence + 1,
        "previous": previous,
        "signed_by": signer.verifier.fingerprint if signer else None,
    }
    content = json.dumps(link, ensure_ascii=False, indent=2).encode()
    if signer:
        put(folder / KEYS / f"{signer.verifier.fingerprint}.pem", signer.verifier.pem)
        put(signature_of(file), signer.sign(content))
    put(file, content)
    return link


def remember(database: Database, file: Path, link: dict[str, Any]) -> None:
    """Enters a link into the ledger: what happens to the file later does not become part of the chain."""
    with database.transaction("link remembered"):
        database.query(
            "insert into ledger.manifests values ($1, $2, $3)", [link["sequence"], file.stem, sha256_of(file)]
        )


def head(database: Database, folder: Path) -> tuple[int, str | None]:
    """Number and digest of the newest link, before the first 0 and None: by the ledger, where it knows of it."""
    ((newest, digest),) = database.query("select max(sequence), max_by(sha256, sequence) from ledger.manifests")
    # A run killed before it remembered, or a warehouse that came back from an older copy.
    found = max(((link["sequence"], file) for file, link in links(newest_files(folder))), default=(0, None))
    if found[1] is not None and found[0] > (newest or 0):
        return found[0], sha256_of(found[1])
    return newest or 0, digest


def newest_files(folder: Path) -> Iterator[Path]:
    """Those among which the newest link is: versions that are kept, and withdrawals."""
    yield from folder.glob("mtcl-*.json")
    yield from (folder / LINKS).glob(f"{WITHDRAWAL}*.json")


def links(files: Iterator[Path]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """What can be read as a link; what cannot is told by whoever verifies."""
    for file in files:
        try:
            found = json.loads(file.read_bytes())
        except ValueError:
            continue
        if isinstance(found, dict) and isinstance(found.get("sequence"), int):
            yield file, found


def withdrawn(folder: Path) -> set[str]:
    """The versions of which the chain says that they were taken back."""
    return {link["withdraws"] for _, link in links((folder / LINKS).glob(f"{WITHDRAWAL}*.json")) if "withdraws" in link}


def withdraw(database: Database, folder: Path, version: str, reason: str, signer: Signer | None) -> None:
    """Says in the chain, for ever, that a publication has been taken back; the pointer is the caller's business."""
    sequence, _ = head(database, folder)
    file = folder / LINKS / f"{WITHDRAWAL}{sequence + 1:06}.json"
    told = {"withdraws": version, "reason": reason, "created_at": database.clock().isoformat()}
    remember(database, file, write(database, folder, file, told, signer))


def put(file: Path, content: bytes) -> None:
    """For readers; what is there already with that content stays."""
    if file.exists() and file.read_bytes() == content:
        return
    access.make_folder(file.parent, access.READERS_FOLDER)
    whole_files.put(file, content, access.READERS_FILE)
