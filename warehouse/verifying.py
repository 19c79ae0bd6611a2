"""Whether a published folder is whole: its chain, signatures, files and tables. Needs nothing but the folder.

What it cannot see from inside is a folder that somebody wrote anew from its first version on, or cut at its end: that
shows against the public key, or the digest on a printed report, both of which the auditor has from elsewhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from warehouse import actions, building
from warehouse.chain import KEYS
from warehouse.published_folder import LINKS, signature_of
from warehouse.reading import POINTER, sha256_of
from warehouse.signing import Verifier, WrongKey


class Finding(NamedTuple):
    """`name`: of the file, version or table that differs."""

    name: str
    what: str


@dataclass(frozen=True)
class Link:
    file: Path
    told: dict[str, Any]

    @property
    def digest(self) -> str:
        return sha256_of(self.file)

    @property
    def database(self) -> Path:
        return self.file.with_suffix(".duckdb")

    @property
    def is_kept(self) -> bool:
        """Whether the version is one that should still be there."""
        return self.file.parent.name != LINKS

    @property
    def sequence(self) -> int:
        return int(self.told["sequence"])


@dataclass
class Verification:
    """`links` of the chain, `versions` and `editions` whose files were compared; whole where nothing differs."""

    links: int = 0
    versions: int = 0
    editions: int = 0
    signed: int = 0
    digest: str | None = None
    findings: list[Finding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        return self.links + self.editions > 0 and not self.findings


def verify(
    folder: Path, key: Verifier | None = None, digest: str | None = None, log: Path | None = None
) -> Verification:
    """`key`: the public key as the office told it; `digest`: of a manifest, as it is printed on a report.

    `log`: that of actions, of which manifests name a line each.
    """
    found = Verification()
    chain = chain_of(folder, found)
    found.links, found.digest = len(chain), chain[-1].digest if chain else None
    if not chain:
        found.findings.append(Finding(folder.name, "không có bản kê nào của chuỗi công bố"))
        return found
    if digest and digest.lower() not in {link.digest for link in chain}:
        found.findings.append(Finding(digest, "mã băm ghi trên báo cáo không phải của bản kê nào trong thư mục"))
    found.findings += [
        *broken_chain(chain),
        *broken_signatures(folder, chain, key, found),
        *broken_files([link for link in chain if link.is_kept]),
        *strangers(folder, chain),
        *wrong_pointer(folder, chain),
        *(broken_log(chain, log) if log else ()),
    ]
    found.versions = sum(link.is_kept and link.database.exists() for link in chain)
    return found


def chain_of(folder: Path, found: Verification) -> list[Link]:
    return sorted(read_links(folder, found), key=lambda link: link.sequence)


def read_links(folder: Path, found: Verification) -> Iterator[Link]:
    for file in sorted([*folder.glob("mtcl-*.json"), *(folder / LINKS).glob("*.json")]):
        try:
            told = json.loads(file.read_bytes())
            if "sequence" in told:
                yield Link(file, told | {"sequence": int(told["sequence"])})
            else:
                found.notes.append(f"{file.stem} được công bố trước khi có chuỗi bản kê nên không kiểm tra được.")
        except (OSError, ValueError, TypeError):
            found.findings.append(Finding(file.name, "bản kê không đọc được"))


def broken_chain(chain: Sequence[Link]) -> Iterator[Finding]:
    before: Link | None = None
    for link in chain:
        due = before.sequence + 1 if before else 1
        if link.sequence < due:
            yield Finding(link.file.name, f"trùng số thứ tự {link.sequence} trong chuỗi")
        elif link.sequence > due:
            yield Finding(link.file.name, f"trước nó thiếu bản kê số {due}" + between(due, link.sequence - 1))
        elif link.told.get("previous") != (before.digest if before else None):
            yield Finding(before.file.name if before else link.file.name, "bản kê bị sửa sau khi công bố (chuỗi đứt)")
        before = link


def between(first: int, last: int) -> str:
    return "" if first == last else f" đến số {last}"


def broken_signatures(
    folder: Path, chain: Sequence[Link], key: Verifier | None, found: Verification
) -> Iterator[Finding]:
    keys = dict(public_keys(folder)) if key is None else {key.fingerprint: key}
    for link in chain:
        name, signed_by = link.file.name, link.told.get("signed_by")
        if signed_by is None:
            if found.signed:
                yield Finding(name, "không ký, trong khi các bản trước có ký")
            continue
        found.signed += 1
        if signed_by not in keys:
            yield Finding(name, f"ký bằng khóa {signed_by[:16]}… không phải khóa công khai đã biết")
        elif not is_signed(link, keys[signed_by]):
            yield Finding(name, "chữ ký không có hoặc không khớp nội dung")
    if key is not None and not found.signed:
        yield Finding(folder.name, "không bản nào có chữ ký, trong khi phải ký bằng khóa đã nêu")
    if key is None and found.signed:
        told = ", ".join(sorted({link.told["signed_by"] for link in chain if link.told.get("signed_by")}))
        found.notes.append(
            f"Khóa công khai lấy từ chính thư mục này: so vân tay {told} với nơi giữ khóa, hoặc dùng --key."
        )
    if not found.signed:
        found.notes.append("Không bản nào được ký: ai ghi được vào thư mục cũng lập lại được cả chuỗi.")


def public_keys(folder: Path) -> Iterator[tuple[str, Verifier]]:
    """By fingerprint; a file that is named for another key is none."""
    for file in (folder / KEYS).glob("*.pem"):
        try:
            read = Verifier.read(file)
        except WrongKey:
            continue
        if read.fingerprint == file.stem:
            yield file.stem, read


def is_signed(link: Link, key: Verifier) -> bool:
    signature = signature_of(link.file)
    return signature.exists() and key.has_signed(signature.read_bytes(), link.file.read_bytes())


def broken_files(links: Sequence[Link]) -> Iterator[Finding]:
    for link in links:
        if not link.database.exists():
            yield Finding(link.database.name, "thiếu tệp cơ sở dữ liệu của bản này")
            continue
        if sha256_of(link.database) != link.told.get("file_sha256"):
            yield Finding(link.database.name, "nội dung tệp khác với bản kê")
        yield from broken_tables(link)


def broken_tables(link: Link) -> Iterator[Finding]:
    told: dict[str, dict[str, Any]] = link.told.get("tables", {})
    try:
        with duckdb.connect(str(link.database), read_only=True) as connection:
            held = Held(connection)
            tables = held.tables()
            for table in sorted(told.keys() | tables):
                name = f"{link.database.stem}: {table}"
                if table not in tables:
                    yield Finding(name, "bảng có trong bản kê nhưng không có trong tệp")
                elif table not in told:
                    yield Finding(name, "bảng không có trong bản kê")
                elif told[table]["content_hash"] != building.table_hash(held, table):
                    yield Finding(name, "nội dung bảng khác với bản kê")
                elif told[table]["rows"] != building.rows(held, table):
                    yield Finding(name, "số dòng của bảng khác với bản kê")
    except (duckdb.Error, KeyError, TypeError) as error:
        yield Finding(link.database.name, f"không đọc được các bảng ({type(error).__name__})")


@dataclass(frozen=True)
class Held:
    """The tables of a published file."""

    connection: duckdb.DuckDBPyConnection

    def query(self, sql: str, params: Sequence[object] = ()) -> list[Any]:
        return self.connection.execute(sql, params or None).fetchall()

    def tables(self) -> set[str]:
        found = self.query("select schema_name || '.' || table_name from duckdb_tables() where not internal")
        return {name for (name,) in found}


def strangers(folder: Path, chain: Sequence[Link], pointer: str = POINTER) -> Iterator[Finding]:
    known = {pointer, *(link.database.name for link in chain if link.is_kept)}
    for file in sorted(folder.glob("mtcl-*.duckdb")):
        if file.name not in known and not file.with_suffix(".json").exists():
            yield Finding(file.name, "tệp cơ sở dữ liệu không có bản kê")


def standing_of(chain: Sequence[Link]) -> list[Link]:
    """Publications that were not taken back, oldest first."""
    withdrawn = {link.told["withdraws"] for link in chain if "withdraws" in link.told}
    return [link for link in chain if "version" in link.told and link.told["version"] not in withdrawn]


def wrong_pointer(folder: Path, chain: Sequence[Link], name: str = POINTER) -> Iterator[Finding]:
    standing = standing_of(chain)
    pointer = folder / name
    if not standing or not pointer.exists():
        yield Finding(name, "không có con trỏ đến bản công bố nào")
    # Whoever copies the folder may get a file in the place of the pointer.
    elif pointer.resolve().name != standing[-1].database.name and (
        pointer.is_symlink() or sha256_of(pointer) != standing[-1].told.get("file_sha256")
    ):
        yield Finding(name, f"không chỉ đến bản công bố mới nhất {standing[-1].told['version']}")


def broken_log(chain: Sequence[Link], log: Path) -> Iterator[Finding]:
    for number, what in actions.broken(log):
        yield Finding(f"{log.name} dòng {number}", what)
    held = actions.digests(log)
    for link in chain:
        if link.told.get("actions_sha256") and link.told["actions_sha256"] not in held:
            yield Finding(log.name, f"thiếu dòng mà bản kê {link.file.name} đã ghi nhận: nhật ký bị cắt hoặc lập lại")
