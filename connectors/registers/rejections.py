"""What of a sheet was not taken, with the place where the officer finds it, and never a datum of a person."""

from dataclasses import dataclass, field

from connectors.registers.archives import letters
from connectors.registers.cells import FAILURES
from connectors.registers.names import is_quotable
from connectors.registers.shapes import Register


Values = dict[str, str]


@dataclass(frozen=True)
class Rejection:
    """A cell, a row or a file that was not taken; `value` is empty where it may not be quoted."""

    register: str
    file: str
    sheet: str
    row: int
    column: str
    message: str
    value: str = ""

    @property
    def key(self) -> str:
        return "|".join((self.file, self.sheet, str(self.row), self.column))

    @property
    def place(self) -> str:
        """Where it is, in the officer's words."""
        sheet = f", trang “{self.sheet}”" if self.sheet else ""
        row = f", dòng {self.row}" if self.row else ""
        column = f", {self.column}" if self.column.startswith("cả ") else f", cột {self.column}"
        return f"Tệp {self.file}{sheet}{row}{column}"


@dataclass
class Found:
    """What one sheet held: rows by their number in the sheet, and what became of the others.

    received = rows + wrong + doubled + secret. `is_read`: nothing of a register in this sheet was left unread.
    """

    sheet: str
    register: Register | None = None
    rows: list[tuple[int, Values]] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)
    received: int = 0
    wrong: int = 0
    doubled: int = 0
    secret: int = 0
    is_read: bool = True


class Rejector:
    """Writes down what was not taken, with the place where the officer finds it."""

    def __init__(self, file: str, found: Found) -> None:
        self._file = file
        self._found = found

    def __call__(self, row: int, place: int | None, header: str, message: str, value: str = "") -> None:
        shown = value if value not in FAILURES and is_quotable(value) else ""
        header = header if is_quotable(header) else "…"
        column = f"{letters(place)} ({header})" if place is not None else header
        register = self._found.register.name if self._found.register else ""
        told = f"giá trị “{shown}” {message}" if shown else message
        self._found.rejections.append(Rejection(register, self._file, self._found.sheet, row, column, told, shown))
