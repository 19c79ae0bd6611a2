"""All registers of a folder, read once: rows by register, what was rejected, and the files themselves."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from connectors.errors import SourceUnavailable
from connectors.records import Page, Pseudonymiser, Record, page_of, record
from connectors.registers.catalogue import REGISTERS
from connectors.registers.reading import Found, Rejection, Values, key_of, read_sheet
from connectors.registers.shapes import Register
from connectors.registers.sheets import TEXTS, WORKBOOKS, UnreadableFile, sheets_of


FILES, REJECTIONS = "files", "rejections"


@dataclass
class Traffic:
    """What was taken, in the terms of the ledger; files are not asked, they are read."""

    requests: int = 0
    retries: int = 0
    bytes: int = 0


@dataclass
class Reading:
    """Everything the folder holds. `is_complete`: every file could be read, so what is not here has gone."""

    records: dict[str, dict[str, Record]] = field(default_factory=lambda: {name: {} for name in REGISTERS})
    rejections: list[Rejection] = field(default_factory=list)
    files: list[Record] = field(default_factory=list)
    secret: dict[str, int] = field(default_factory=dict)
    is_complete: bool = True

    def pages(self, name: str) -> Iterator[Page]:
        """The page of one register, of the files or of the rejections."""
        if name == FILES:
            yield page_of(self.files)
        elif name == REJECTIONS:
            yield page_of([rejected(one) for one in self.rejections])
        else:
            yield page_of(list(self.records[name].values()), refused=self.secret.get(name, 0))


class Registers:
    """The folder where the rooms drop their workbooks. Without a key for pseudonyms, personal registers stay unread."""

    def __init__(self, folder: Path, pseudonymiser: Pseudonymiser | None) -> None:
        self.folder = folder
        self.http = Traffic()
        self._pseudonymiser = pseudonymiser

    def read(self) -> Reading:
        """Raises SourceUnavailable when the folder cannot be reached."""
        reading = Reading()
        for path in files_in(self.folder):
            self._read_file(path, reading)
        return reading

    def _read_file(self, path: Path, reading: Reading) -> None:
        name = path.relative_to(self.folder).as_posix()
        found: list[Found] = []
        try:
            content = path.read_bytes()
            self.http.bytes += len(content)
            found = [read_sheet(name, sheet) for sheet in sheets_of(path)]
            if not any(one.register for one in found):
                raise UnreadableFile("không trang nào có tiêu đề cột của một sổ theo mẫu")
        except UnreadableFile as error:
            reading.rejections.append(Rejection("", name, "", 0, "cả tệp", str(error)))
            reading.is_complete = False
        except OSError:
            reading.rejections.append(Rejection("", name, "", 0, "cả tệp", "không mở được tệp"))
            reading.is_complete = False
            return
        for one in found:
            self._take(name, one, reading)
        reading.files.append(file_record(name, path, content, found))

    def _take(self, file: str, found: Found, reading: Reading) -> None:
        register = found.register
        if register is None:
            return
        reading.rejections += found.rejections
        reading.secret[register.name] = reading.secret.get(register.name, 0) + found.secret
        if register.is_personal and self._pseudonymiser is None:
            message = "chưa khai báo PSEUDONYM_KEY nên không đọc sổ có thông tin cá nhân"
            reading.rejections.append(Rejection(register.name, file, register.sheet, 0, "cả trang", message))
            return
        for _, values in found.rows:
            kept = self._kept(register, values)
            # Of two files with one row the newer one holds: it comes later.
            reading.records[register.name][kept.key] = kept

    def _kept(self, register: Register, values: Values) -> Record:
        """The row as it may be kept: the person a pseudonym, the abstract a hash."""
        payload = {column.field: values[column.field] for column in register.columns if column.field in values}
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


def files_in(folder: Path) -> list[Path]:
    """The workbooks of a folder and its subfolders, the newest last; no lock files, nothing hidden."""
    if not folder.is_dir():
        raise SourceUnavailable("registers", "không thấy thư mục REGISTERS_DIR")
    found = [
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in (*WORKBOOKS, *TEXTS)
        and not any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)
        and path.is_file()
    ]
    return sorted(found, key=lambda path: (path.stat().st_mtime, path.as_posix()))


def file_record(name: str, path: Path, content: bytes, found: list[Found]) -> Record:
    read = [one for one in found if one.register]
    return record(
        name,
        {
            "file": name,
            "size": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
            "modified_at": datetime.fromtimestamp(int(path.stat().st_mtime), UTC).isoformat(),
            "registers": sorted({one.register.name for one in read if one.register}),
            "rows": sum(len(one.rows) for one in read),
            "rejections": sum(len(one.rejections) for one in read),
        },
    )


def rejected(one: Rejection) -> Record:
    fields = ("register", "file", "sheet", "row", "column", "message", "value")
    return record(one.key, {name: getattr(one, name) for name in fields if getattr(one, name) != ""})
