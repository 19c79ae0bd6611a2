"""A publication taken back: readers get the one before it, and that it was there stays written for ever."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from warehouse import access, chain, history
from warehouse.aggregate import edition
from warehouse.database import Database
from warehouse.published_folder import PAGE_POINTER, age, page_of, point_to
from warehouse.reading import POINTER, manifest_of
from warehouse.signing import Signer
from warehouse.whole_files import put


# Beside the versions, for whoever has nothing else; written from the ledger.
LIST = "withdrawn.json"
# Folders with one for each version, in which this name is of the newest.
LATEST = "latest"


class WithdrawalRefused(Exception):
    """There is no such publication; the message is for the officer."""


@dataclass(frozen=True)
class Withdrawal:
    version: str
    reason: str
    withdrawn_at: str
    version_after: str | None


def withdraw(
    database: Database,
    folder: Path,
    version: str,
    reason: str,
    others: tuple[Path, ...] = (),
    signer: Signer | None = None,
) -> Withdrawal:
    """The ledger first: a call that is cut short is made up for by a second one, which changes no record.

    `others`: folders whose `latest` is of the newest version. Raises WithdrawalRefused.
    """
    known = history.publication(database, version)
    if known is None:
        raise WithdrawalRefused(f"Không có bản công bố nào tên {version}.")
    done = {one.version for one in withdrawals(database)}
    named = (folder / POINTER).resolve().stem if (folder / POINTER).is_symlink() else None
    before = named if named != version and named not in done else predecessor(folder, done | {version})
    if version not in done:
        with database.transaction("publication withdrawn"):
            database.query(
                "insert into ledger.withdrawals select version, run_id, closing_date, $2, $3, $4"
                " from ledger.publications where version = $1",
                [version, reason, database.clock(), before],
            )
            history.forget_records(database, known.closing_date)
    if version not in chain.withdrawn(folder):
        chain.withdraw(database, folder, version, reason, signer)
    point_away(folder, before)
    for other in others:
        turn(other, before)
    write_list(folder, withdrawals(database))
    return next(one for one in withdrawals(database) if one.version == version)


def predecessor(folder: Path, gone: set[str]) -> str | None:
    """The newest version in the folder that is whole and was not taken back."""
    files = [file for file in folder.glob("mtcl-*.duckdb") if file.stem not in gone and manifest_of(file).exists()]
    return max(files, key=age).stem if files else None


def point_away(folder: Path, version: str | None) -> None:
    """Both pointers to that version; where there is none, or it has no page, to nothing."""
    file = folder / f"{version}.duckdb" if version else None
    for name, target in ((POINTER, file), (PAGE_POINTER, page_of(file) if file else None)):
        if target and target.exists():
            point_to(target, name)
        else:
            (folder / name).unlink(missing_ok=True)
    edition.point_to(folder, version, keeps_before=False)


def turn(folder: Path, version: str | None) -> None:
    latest = folder / LATEST
    if not latest.is_symlink() or latest.resolve().name == version:
        return
    if version and (folder / version).is_dir():
        point_to(folder / version, LATEST)
    else:
        latest.unlink()


def withdrawals(database: Database) -> list[Withdrawal]:
    found = database.query(
        "select version, reason, strftime(withdrawn_at, '%Y-%m-%dT%H:%M:%SZ'), version_after"
        " from ledger.withdrawals order by withdrawn_at, version"
    )
    return [Withdrawal(*row) for row in found]


def write_list(folder: Path, found: list[Withdrawal]) -> None:
    told = json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=2)
    put(folder / LIST, told.encode(), access.READERS_FILE)


def told(folder: Path) -> list[Withdrawal]:
    """What the list beside the versions says; nothing where it cannot be read, until the next publication."""
    with suppress(OSError, ValueError, TypeError):
        return [Withdrawal(**one) for one in json.loads((folder / LIST).read_text(encoding="utf-8"))]
    return []
