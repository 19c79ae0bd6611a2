"""Whether a folder with an edition is whole: by what it states of its files, and by the chain where that is at hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from warehouse import verifying
from warehouse.aggregate import edition as aggregate
from warehouse.reading import manifest_of
from warehouse.records import edition as records
from warehouse.signing import Verifier
from warehouse.statement import OF_MANIFEST
from warehouse.verifying import Finding, Link, Verification


PART = "aggregate"
NONE = "không có ấn bản nào"


def pointer_of(folder: Path) -> str | None:
    """The name of an edition's pointer, also where it was taken away; None for a folder of publications."""
    for pointer, name in ((aggregate.POINTER, aggregate.FOLDER), (records.POINTER, records.FOLDER)):
        if (folder / pointer).exists() or folder.name.endswith(name.format("")):
            return pointer
    return None


def verify(
    folder: Path, key: Verifier | None = None, digest: str | None = None, published: Path | None = None
) -> Verification:
    """`published`: the folder of the publications it was made of; without it the statements are believed if signed.

    `key` and `digest` as for a published folder: the digest is that of a manifest to which an edition belongs.
    """
    found, pointer = Verification(), pointer_of(folder) or aggregate.POINTER
    stated = verifying.chain_of(folder, found)
    chain = verifying.chain_of(published, Verification()) if published else []
    # Of each publication there is an aggregate edition; one with records only where somebody had it made.
    due = chain if pointer == aggregate.POINTER else []
    held = [*unstated(folder, due, {link.file for link in stated}), *stated]
    found.editions, found.digest = len(held), stated[-1].told.get(OF_MANIFEST) if stated else None
    if digest and digest.lower() not in {link.told.get(OF_MANIFEST) for link in stated}:
        found.findings.append(Finding(digest, "không ấn bản nào trong thư mục thuộc bản kê có mã băm này"))
    if stated:
        found.findings += verifying.broken_signatures(folder, stated, key, found)
    found.findings += [
        *verifying.broken_files(held),
        *verifying.strangers(folder, held, pointer),
        *(contradictions(stated, chain) if published else ()),
        *missing(folder, held, due, pointer),
    ]
    return found


def unstated(folder: Path, chain: Sequence[Link], stated: set[Path]) -> Iterator[Link]:
    """Editions of before there were statements: the manifest of the publication tells their hashes."""
    for link in chain:
        file = manifest_of(folder / link.database.name)
        if PART in link.told and file not in stated and folder.joinpath(link.database.name).exists():
            yield Link(file, told_by(link))


def told_by(link: Link) -> dict[str, Any]:
    part: dict[str, Any] = link.told[PART]
    return part | {"version": link.told["version"], "sequence": link.sequence}


def contradictions(stated: Sequence[Link], chain: Sequence[Link]) -> Iterator[Finding]:
    links = {link.told.get("version"): link for link in chain}
    for one in stated:
        link = links.get(one.told.get("version"))
        if link is None:
            yield Finding(one.file.name, "không thuộc bản công bố nào trong chuỗi")
        elif one.told.get(OF_MANIFEST) != link.digest or contradicts(one, link):
            yield Finding(one.file.name, "không khớp bản kê của bản công bố")


def contradicts(stated: Link, link: Link) -> bool:
    """Of an aggregate edition the manifest tells the hashes as well; of one with records the statement alone does."""
    told = told_by(link) if PART in link.told and "edition" not in stated.told else {}
    return any(stated.told.get(name) != value for name, value in told.items())


def missing(folder: Path, held: Sequence[Link], chain: Sequence[Link], pointer: str) -> Iterator[Finding]:
    """Readers get the edition of the publication that stands; after a withdrawal there may be none."""
    standing = verifying.standing_of(chain)[-1:]
    is_due = any(PART in link.told for link in standing) and "withdraws" not in chain[-1].told
    if is_due and standing[0].told["version"] not in {link.told.get("version") for link in held}:
        yield Finding(standing[0].database.name, "thiếu ấn bản tổng hợp của bản công bố này")
    elif held:
        yield from verifying.wrong_pointer(folder, held, pointer)
    elif not chain:
        yield Finding(folder.name, NONE)
