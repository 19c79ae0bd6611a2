"""What the folder of an edition says of its own files, for whoever may not read the publication they were made of.

A file beside each edition: its hashes, the manifest it belongs to (by number and digest in the chain), and who signed.
The manifest itself stays with the publication, since it counts records that an edition's readers need not know of.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from warehouse import chain
from warehouse.published_folder import signature_of
from warehouse.reading import Published, manifest_of, sha256_of
from warehouse.signing import Signer


OF_MANIFEST = "manifest_sha256"
TAKEN = ("version", "closing_date", "created_at", "sequence")


def declare(file: Path, whole: Published, part: dict[str, Any], signer: Signer | None) -> None:
    """Of an edition of a publication that stands in the chain; the signature is there before what it signs.

    `part`: `file_sha256` and `tables`, as in a manifest, and whatever else is to be told.
    """
    told = {name: whole.manifest.get(name) for name in TAKEN} | {
        OF_MANIFEST: sha256_of(manifest_of(whole.path)),
        "signed_by": signer.verifier.fingerprint if signer else None,
        **part,
    }
    content = json.dumps(told, ensure_ascii=False, indent=2).encode()
    stated = manifest_of(file)
    if signer:
        chain.put(file.parent / chain.KEYS / f"{signer.verifier.fingerprint}.pem", signer.verifier.pem)
        chain.put(signature_of(stated), signer.sign(content))
    chain.put(stated, content)
