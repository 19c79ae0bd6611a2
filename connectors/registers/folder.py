"""All registers of a folder, read once: rows by register, what was rejected, and the files themselves."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from connectors.records import Page, Pseudonymiser, Record, page_of, record
from connectors.registers.catalogue import REGISTERS
from connectors.registers.files import READABLE, faulty_files_in, files_in, strange_files_in, told_name
from connectors.registers.reading import SheetReader, key_of
from connectors.registers.rejections import Found, Rejection, Values
from connectors.registers.shapes import DIFFERING, Register
from connectors.registers.sheets import UnreadableFile
from connectors.registers.workbooks import Workbooks


FILES, REJECTIONS = "files", "rejections"


@dataclass
class RequestCounts:
    """What was taken, in the terms of the ledger; files are not asked, they are read."""

    requests: int = 0
    retries: int = 0
    bytes: int = 0


@dataclass
class FolderContents:
    """Everything the folder holds. `unread`: registers of which a part could not be read, so that nobody knows
    whether a row that is missing has gone."""

    records: dict[str, dict[str, Record]] = field(default_factory=lambda: {name: {} for name in REGISTERS})
    rejections: list[Rejection] = field(default_factory=list)
    files: list[Record] = field(default_factory=list)
    secret: Counter[str] = field(default_factory=Counter)
    unread: set[str] = field(default_factory=set)
    # (register, key) → the file that holds it; (older file, register) → rows that newer files hold otherwise.
    owners: dict[tuple[str, str], str] = field(default_factory=dict)
    outdated: dict[tuple[str, str], Counter[str]] = field(default_factory=dict)

    def pages(self, name: str) -> Iterator[Page]:
        """The page of one register, of the files or of the rejections."""
        if name == FILES:
            yield page_of(self.files)
        elif name == REJECTIONS:
            yield page_of([rejected(one) for one in self.rejections])
        else:
            yield page_of(list(self.records[name].values()), refused=self.secret[name])

    def is_complete(self, name: str) -> bool:
        """Whether what is not here has gone. An empty folder says nothing: its disk may not be there."""
        if name == REJECTIONS:
            return bool(self.files or self.rejections)
        return bool(self.files) and name not in self.unread

    def keep(self, register: str, kept: Record, file: str) -> None:
        """Of two files with one row the newer one holds: it comes later."""
        before = self.records[register].get(kept.key)
        owner = self.owners.get((register, kept.key), file)
        if before is not None and owner != file and before.payload != kept.payload:
            self.outdated.setdefault((owner, register), Counter())[file] += 1
        self.records[register][kept.key] = kept
        self.owners[register, kept.key] = file

    def tell_outdated(self) -> None:
        for (older, register), newer in sorted(self.outdated.items()):
            files = ", ".join(sorted(newer))
            message = f"{newer.total()} dòng có nội dung khác trong tệp lưu sau ({files}); lấy theo tệp lưu sau"
            self.rejections.append(Rejection(register, older, REGISTERS[register].sheet, 0, "cả trang", message))


class Registers:
    """The folder where the rooms drop their workbooks. Without a key for pseudonyms, personal registers stay unread."""

    def __init__(self, folder: Path, pseudonymiser: Pseudonymiser | None) -> None:
        self.folder = folder
        self.http = RequestCounts()
        self._pseudonymiser = pseudonymiser

    @cached_property
    def contents(self) -> FolderContents:
        """What the folder holds, read when first asked for. Raises SourceUnavailable when it cannot be reached."""
        return self.read()

    def read(self) -> FolderContents:
        """Raises SourceUnavailable when the folder cannot be reached."""
        reading = FolderContents()
        with Workbooks() as workbooks:
            for path in files_in(self.folder):
                self._read_file(path, reading, workbooks)
        for path, why in faulty_files_in(self.folder):
            # What it holds, if anything, nobody knows.
            reading.unread |= REGISTERS.keys()
            reading.rejections.append(Rejection("", self._name(path), "", 0, "cả tệp", why))
        for path in strange_files_in(self.folder):
            message = f"không đọc được loại tệp này; chỉ đọc {', '.join(READABLE)}"
            reading.rejections.append(Rejection("", self._name(path), "", 0, "cả tệp", message))
        reading.tell_outdated()
        return reading

    def _name(self, path: Path) -> str:
        return told_name(path.relative_to(self.folder), self._pseudonymiser)

    def _read_file(self, path: Path, reading: FolderContents, workbooks: Workbooks) -> None:
        name = self._name(path)
        found: list[Found] = []
        try:
            reader = SheetReader(name, self._pseudonymiser)
            found = [reader.read(sheet) for sheet in workbooks.sheets_of(path)]
            if not any(one.register for one in found):
                raise UnreadableFile("không trang nào có tiêu đề cột của một sổ theo mẫu")
            kept = file_record(name, path, found)
        except UnreadableFile as error:
            reading.unread |= REGISTERS.keys()
            reading.rejections.append(Rejection("", name, "", 0, "cả tệp", str(error)))
        except OSError:
            reading.unread |= REGISTERS.keys()
            reading.rejections.append(Rejection("", name, "", 0, "cả tệp", "không mở được tệp"))
        else:
            self.http.bytes += path.stat().st_size
            reading.files.append(kept)
            for one in found:
                self._take(name, one, reading)

    def _take(self, file: str, found: Found, reading: FolderContents) -> None:
        reading.rejections += found.rejections
        register = found.register
        if register is None:
            reading.unread |= {one.register for one in found.rejections} - {""}
            return
        if not found.is_read:
            reading.unread.add(register.name)
        reading.secret[register.name] += found.secret
        for _, values in found.rows:
            reading.keep(register.name, self._kept(register, values), file)

    def _kept(self, register: Register, values: Values) -> Record:
        """The row as it may be kept: the person a pseudonym, the abstract a hash."""
        fields = [*(column.field for column in register.columns), DIFFERING]
        payload = {field: values[field] for field in fields if field in values}
        for column in register.columns:
            if column.personal:
                payload.pop(column.field, None)
            elif column.hashed and column.field in payload:
                payload[f"{column.field}_sha256"] = hashlib.sha256(payload.pop(column.field).encode()).hexdigest()
        person = ""
        if register.is_personal and self._pseudonymiser is not None:
            person = payload["person"] = pseudonym(self._pseudonymiser, values)
        return record(key_of(register, values, person), payload)


def pseudonym(pseudonymiser: Pseudonymiser, values: Values) -> str:
    if "staff_number" in values:
        return pseudonymiser.of("ma-so", values["staff_number"])
    return pseudonymiser.of("ho-ten", values["full_name"], values.get("birthday"))


def file_record(name: str, path: Path, found: list[Found]) -> Record:
    """Raises OSError."""
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    facts = path.stat()
    return record(
        name,
        {
            "file": name,
            "size": facts.st_size,
            "sha256": digest,
            "modified_at": datetime.fromtimestamp(int(facts.st_mtime), UTC).isoformat(),
            "registers": sorted({one.register.name for one in found if one.register}),
            "received": sum(one.received for one in found),
            "rows": sum(len(one.rows) for one in found),
            "wrong": sum(one.wrong for one in found),
            "doubled": sum(one.doubled for one in found),
            "secret": sum(one.secret for one in found),
            "rejections": sum(len(one.rejections) for one in found),
        },
    )


def rejected(one: Rejection) -> Record:
    fields = ("register", "file", "sheet", "row", "column", "message", "value")
    return record(one.key, {name: getattr(one, name) for name in fields if getattr(one, name) != ""})
