"""The rows of a register in a sheet, and every cell of them that cannot be what it should be."""

from typing import Any

from connectors.records import SHORT, Pseudonymiser, folded
from connectors.registers.catalogue import REGISTERS
from connectors.registers.cells import LISTED, WrongCell, converted, plain, tidy
from connectors.registers.decoration import data_rows, is_marked_example
from connectors.registers.doubles import taken_together
from connectors.registers.headers import Header, header_of
from connectors.registers.names import is_person, masked
from connectors.registers.rejections import Found, Rejection, Rejector, Values
from connectors.registers.shapes import Column, Register
from connectors.registers.sheets import Sheet


SECRET = ("documents", "incoming")
GUIDE = "Hướng dẫn"


class SheetReader:
    """Reads the sheets of one file; a row that was there already is known again on any of them."""

    def __init__(self, file: str, pseudonymiser: Pseudonymiser | None) -> None:
        self.file = file
        self._pseudonymiser = pseudonymiser
        self._seen: dict[tuple[str, str], tuple[str, int, Values]] = {}

    def read(self, sheet: Sheet) -> Found:
        """The register in a sheet; a sheet without one is said to have none, save for a guide or an empty one."""
        header = header_of(sheet)
        if header is None:
            return self._unknown(sheet)
        found = Found(sheet.name, header.register)
        reject = Rejector(self.file, found)
        for place, title in header.unknown:
            reject(header.row + 1, place, title, "cột này không có trong mẫu; cột bị bỏ qua")
        for place, title in header.doubled:
            reject(header.row + 1, place, title, "cột này đã có ở bên trái; chỉ đọc cột đầu")
        for column in header.absent:
            reject(header.row + 1, None, column.header, "thiếu cột bắt buộc; cả trang chưa được đọc")
        if header.register.is_personal and self._pseudonymiser is None:
            reject(0, None, "cả trang", "chưa khai báo PSEUDONYM_KEY nên không đọc sổ có thông tin cá nhân")
            found.is_read = False
        found.is_read = found.is_read and not header.absent
        if found.is_read:
            self._read_rows(sheet, header, found, reject)
        return found

    def _unknown(self, sheet: Sheet) -> Found:
        named = next((one for one in REGISTERS.values() if plain(one.sheet) == plain(sheet.name)), None)
        found = Found(sheet.name, None, is_read=named is None)
        has_table = any(sum(bool(tidy(cell)) for cell in cells) > 1 for cells in sheet.rows)
        if has_table and plain(sheet.name) != plain(GUIDE):
            message = "không nhận ra tiêu đề cột của sổ nào; trang không được đọc"
            found.rejections.append(
                Rejection(named.name if named else "", self.file, sheet.name, 0, "cả trang", message)
            )
        return found

    def _read_rows(self, sheet: Sheet, header: Header, found: Found, reject: Rejector) -> None:
        rows = list(data_rows(sheet, header))
        for what, numbers in (("ẩn", sheet.hidden), ("gạch ngang", sheet.struck)):
            if told := [number for number, _ in rows if number in numbers]:
                listed = ", ".join(map(str, told[:LISTED])) + (", …" if len(told) > LISTED else "")
                message = f"{len(told)} dòng {what} (dòng {listed}) vẫn được tính; dòng đã hủy thì xóa hẳn"
                reject(told[0], None, f"cả dòng {what}", message)
        for number, cells in rows:
            found.received += 1
            if is_secret(header, cells):
                found.secret += 1
                reject(number, None, "Độ mật", secret_message(header, cells))
            elif is_marked_example(cells):
                found.wrong += 1
                reject(number, None, "cả dòng", "còn ghi chú VÍ DỤ của mẫu; xóa ghi chú đó nếu là dòng thật")
            elif (values := self._row(header, number, cells, reject)) is None:
                found.wrong += 1
            elif before := self._before(sheet, header.register, number, values):
                found.doubled += 1
                reject(number, None, "cả dòng", before)
            else:
                found.rows.append((number, values))

    def _row(self, header: Header, number: int, cells: list[Any], reject: Rejector) -> Values | None:
        """The values of a row; None where one of them is wrong, with every wrong one reported."""
        values: Values = {}
        is_whole = True
        for column in header.register.columns:
            given = header.cell(column, cells)
            try:
                value = self._without_person(column, converted(column, given))
            except WrongCell as error:
                shown = "" if column.is_hidden or header.register.is_personal else tidy(given)
                reject(number, header.places.get(column.field), column.header, str(error), shown)
                is_whole = False
            else:
                if value is not None:
                    values[column.field] = value
        return values if is_whole else None

    def _without_person(self, column: Column, value: str | None) -> str | None:
        """A citizen in the place of an agency or beside it: known again, not known."""
        if column.kind != "party" or value is None:
            return value
        rest = masked(value)
        if rest == value and not is_person(value):
            return value
        if self._pseudonymiser is None:
            raise WrongCell("ghi tên người; chưa khai báo PSEUDONYM_KEY nên không nhận")
        known = self._pseudonymiser.of("ten", value, digits=SHORT)
        return f"(cá nhân {known})" if is_person(value) else f"{rest} #{known}"

    def _before(self, sheet: Sheet, register: Register, number: int, values: Values) -> str:
        """What became of a row whose like stands already, in words; remembers a first one."""
        key = (register.name, key_of(register, values, person_of(values)))
        name, row, first = self._seen.setdefault(key, (sheet.name, number, values))
        if first is values:
            return ""
        place = f"dòng {row}" + ("" if name == sheet.name else f" của trang “{name}”")
        return taken_together(register, first, values, place)


def is_secret(header: Header, cells: list[Any]) -> bool:
    """Any word of secrecy but the ordinary one: what it means is not for us to guess."""
    return header.register.name in SECRET and any(
        column.field == "secrecy" and plain(tidy(header.cell(column, cells))) not in ("", "thuong", "khong")
        for column in header.register.columns
    )


def secret_message(header: Header, cells: list[Any]) -> str:
    subject = next((column for column in header.register.columns if column.field == "subject"), None)
    has_subject = subject is not None and bool(tidy(header.cell(subject, cells)))
    what = "dòng mang trích yếu của văn bản mật" if has_subject else "dòng ghi văn bản mật"
    return f"{what}: không lưu, chỉ đếm; nhập số lượng ở trang Thống kê văn bản mật"


def key_of(register: Register, values: Values, person: str) -> str:
    """The natural key of a row; of `a|b` the first that is filled; spelling does not matter."""
    parts = [values[register.year_of][:4]] if register.year_of else []
    for name in register.key:
        if name == "person":
            parts.append(person)
        else:
            parts.append(next((plain(values[one]) for one in name.split("|") if one in values), ""))
    return "|".join(parts)


def person_of(values: Values) -> str:
    """Who it is, for telling rows of one file apart; never kept."""
    return folded(values.get("staff_number") or f"{values.get('full_name')}/{values.get('birthday')}")
