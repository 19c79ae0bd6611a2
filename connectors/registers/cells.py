"""One cell as people fill it in, and the text it becomes: forgiving in how it is written, strict in what it means.

Dates become YYYY-MM-DD, moments YYYY-MM-DDTHH:MM:SS, percentages a number of hundredths (97,5 % → "97.5").
"""

import math
import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from typing import Any

from connectors.records import SPACES
from connectors.registers.names import masked
from connectors.registers.positions import titles_in
from connectors.registers.shapes import Column


EARLIEST, LATEST = date(1930, 1, 1), date(2100, 12, 31)
# Day 0 of Excel's calendar as it counts today's dates.
EXCEL_EPOCH = datetime(1899, 12, 30)
DAY_FORMATS = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d")
TIME_FORMATS = ("%H:%M:%S", "%H:%M", "%Hh%M", "%Hh")
# Letters that no text has and no database takes.
CONTROLS = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f]")
MONTH_FORMATS = ("%m/%Y", "%m-%Y", "%Y-%m")
TIME_OF_DAY = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2})?$")
WRITTEN_DAY = re.compile(r"^(?:ngày )?(\d{1,2}) tháng (\d{1,2}) năm (\d{4})$", re.IGNORECASE)
# What Excel shows where a formula failed, or where somebody has pasted such a cell as text.
FAILED = "#N/A"
# Where a program has written a formula and nobody has opened the file in Excel since.
UNSAVED = "#CHUA-TINH"
FAILURES = {FAILED, UNSAVED, "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"}
FIRST_YEAR, LAST_YEAR = 2000, 2100
# Cells repeat themselves, and each is looked at several times.
REMEMBERED = 1 << 15
# A longer list is not told in a message.
LISTED = 8
YES = {"x": "co", "v": "co", "1": "co", "true": "co", "0": "khong", "false": "khong"}


class WrongCell(ValueError):
    """What is wrong with a value, in Vietnamese and without quoting it."""


@lru_cache(REMEMBERED, typed=True)
def tidy(value: Any) -> str:
    """The text of a cell in one Unicode form with single spaces; whole numbers without their decimal point."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool):
        value = str(value).lower()
    return SPACES.sub(" ", CONTROLS.sub(" ", unicodedata.normalize("NFC", str(value)))).strip()


@lru_cache(REMEMBERED)
def plain(text: str) -> str:
    """Without accents, case and double spaces, as people compare headers and words."""
    bare = unicodedata.normalize("NFD", tidy(text).casefold()).translate({ord("đ"): "d", ord("ð"): "d"})
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def converted(column: Column, value: Any) -> str | None:
    """The value as it is kept, None where the cell is empty. Raises WrongCell."""
    text = tidy(value)
    if not text:
        if column.required:
            raise WrongCell("chưa điền")
        return column.default
    if text == UNSAVED:
        raise WrongCell("ô có công thức nhưng tệp không lưu kết quả; mở tệp bằng Excel rồi lưu lại")
    if text in FAILURES:
        raise WrongCell("ô có công thức bị lỗi")
    return CONVERSIONS[column.kind](column, value, text)


def text_of(column: Column, value: Any, text: str) -> str:
    """Prose, in which nobody is named; what is to become a pseudonym or a hash stays as it is until then."""
    if isinstance(value, date):
        return as_day(value).strftime("%d/%m/%Y")
    return text if column.is_hidden else masked(text)


def party(column: Column, value: Any, text: str) -> str:
    """An agency or a unit; whoever is a person is replaced by the reader, who has the key."""
    return text


def year(column: Column, value: Any, text: str) -> str:
    found = whole(column, value, text)
    if not FIRST_YEAR <= int(found) <= LAST_YEAR:
        raise WrongCell(f"phải là năm từ {FIRST_YEAR} đến {LAST_YEAR}")
    return found


def whole(column: Column, value: Any, text: str) -> str:
    """12, "12", "1.234" with the dot of thousands; 1.234 in a cell of numbers has decimals."""
    if isinstance(value, float) and not value.is_integer():
        raise WrongCell("phải là số nguyên không âm")
    digits = text.replace(".", "") if re.fullmatch(r"\d{1,3}(\.\d{3})+", text) else text
    if not re.fullmatch(r"\d{1,9}", digits):
        raise WrongCell("phải là số nguyên không âm")
    return str(int(digits))


def percent(column: Column, value: Any, text: str) -> str:
    """97, "97,5 %"; 0.97 out of a cell with a percent format means 97."""
    bare = text.replace("%", "").replace(",", ".").strip()
    if not re.fullmatch(r"\d+(\.\d+)?", bare):
        raise WrongCell("phải là số phần trăm, như 97 hoặc 97,5")
    number = float(bare)
    if 0 < number <= 1 and isinstance(value, float) and "%" not in text:
        number *= 100
    if not 0 <= number <= 100:
        raise WrongCell("phải từ 0 đến 100")
    return f"{number:.4f}".rstrip("0").rstrip(".")


def number(column: Column, value: Any, text: str) -> str:
    """4,35 or 4.35: a measure with decimals, never negative."""
    bare = text.replace(",", ".")
    if not re.fullmatch(r"\d{1,9}(\.\d+)?", bare):
        raise WrongCell("phải là số không âm, như 4 hoặc 4,35")
    return f"{float(bare):.4f}".rstrip("0").rstrip(".")


def day(column: Column, value: Any, text: str) -> str:
    return as_day(value if isinstance(value, date | int | float) else text).isoformat()


def moment(column: Column, value: Any, text: str) -> str:
    """A day with or without a time; without one the day alone is kept."""
    if isinstance(value, datetime):
        in_range(value.date())
        return value.isoformat(timespec="seconds") if value.time() != time() else value.date().isoformat()
    if isinstance(value, float) and not value.is_integer():
        return moment(column, serial(value), text)
    words = close(text).replace("T", " ").split(" ")
    if len(words) == 2:
        ordered = words if ":" in words[1] or "h" in words[1] else words[::-1]
        clock = parsed(ordered[1], TIME_FORMATS)
        if clock is None:
            raise WrongCell("không phải ngày giờ (viết dd/MM/yyyy HH:mm)")
        return datetime.combine(as_day(ordered[0]), clock.time()).isoformat(timespec="seconds")
    return day(column, value, text)


def month(column: Column, value: Any, text: str) -> str:
    if isinstance(value, date | int | float):
        return as_day(value).replace(day=1).isoformat()
    found = parsed(close(text).lower().removeprefix("tháng "), (*MONTH_FORMATS, *DAY_FORMATS))
    if found is None:
        raise WrongCell("không phải tháng (viết MM/yyyy)")
    return in_range(found.date()).replace(day=1).isoformat()


def choice(column: Column, value: Any, text: str) -> str:
    words = words_of(column.choices)
    given = plain(text)
    if words.keys() == {"co", "khong"}:
        given = YES.get(given, given)
    if given not in words:
        known = ", ".join(column.choices) if len(column.choices) <= LISTED else "xem trang Hướng dẫn của mẫu"
        raise WrongCell(f"không thuộc danh mục: {known}")
    return words[given]


@cache
def words_of(choices: tuple[str, ...]) -> dict[str, str]:
    return {plain(allowed): allowed for allowed in choices}


def position(column: Column, value: Any, text: str) -> str:
    return titles_in(text)


def as_day(value: Any) -> date:
    """A day out of a date cell, a text or Excel's number of days. Raises WrongCell."""
    if isinstance(value, datetime):
        return in_range(value.date())
    if isinstance(value, date):
        return in_range(value)
    if isinstance(value, int | float):
        return in_range(serial(int(value) if float(value).is_integer() else math.nan).date())
    text = close(tidy(value))
    written = WRITTEN_DAY.match(text)
    found = parsed("/".join(written.groups()) if written else TIME_OF_DAY.sub("", text), DAY_FORMATS)
    if found is None:
        raise WrongCell("không phải ngày có thật (viết dd/MM/yyyy)")
    return in_range(found.date())


def serial(days: float) -> datetime:
    """Excel's number of days as a moment. Raises WrongCell for a number that is no day of this age."""
    if not 1 <= days < 100_000:
        raise WrongCell("không phải ngày có thật (viết dd/MM/yyyy)")
    return EXCEL_EPOCH + timedelta(seconds=round(days * 86_400))


def close(text: str) -> str:
    """08 / 05 / 2025 without its spaces."""
    return re.sub(r"\s*([/.-])\s*", r"\1", text)


def in_range(found: date) -> date:
    if not EARLIEST <= found <= LATEST:
        raise WrongCell(f"năm {found.year} nằm ngoài khoảng {EARLIEST.year}–{LATEST.year}")
    return found


def parsed(text: str, formats: tuple[str, ...]) -> datetime | None:
    for pattern in formats:
        try:
            return datetime.strptime(text, pattern)
        except ValueError:
            continue
    return None


CONVERSIONS: dict[str, Callable[[Column, Any, str], str]] = {
    "text": text_of,
    "party": party,
    "year": year,
    "int": whole,
    "percent": percent,
    "date": day,
    "moment": moment,
    "month": month,
    "choice": choice,
    "position": position,
    "number": number,
}
