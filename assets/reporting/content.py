"""What a report says, as texts in the order of domain §9.2; how it looks is the business of each format."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from assets.dashboard.questions import Book
from assets.dashboard.words import NOTHING, day, share, target
from assets.reporting import periods, questions, reasons
from assets.reporting.periods import Period
from assets.tables import count
from warehouse import dictionary
from warehouse.published_folder import Published
from warehouse.reading import Row


DOTTED = "……………"
# Of each indicator on paper; the workbook lists all.
MOST_LISTED = 200
# What Word and XML cannot hold.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
SOURCES = {
    "MT1": "Hệ thống thông tin giải quyết TTHC (một cửa)",
    "MT2": "Sổ văn bản đi, đến và trục liên thông văn bản",
    "MT3": "Cơ sở dữ liệu quốc gia về TTHC và hệ thống giải quyết TTHC",
}
REGISTERS = "Sổ theo dõi của các phòng, đơn vị"


class UnknownUnit(ValueError):
    """No figure has been published for the unit asked for."""


@dataclass(frozen=True)
class Report:
    """`texts` is what templates are rendered with: strings and lists of dictionaries of strings, nothing else.

    `rows` are the published rows behind it, for the workbook.
    """

    texts: dict[str, Any]
    rows: dict[str, list[Row]]


def report(published: Published, asked: str = "year_to_date", unit: str | None = None) -> Report:
    """Of the whole Office, or of one unit. Raises UnknownPeriod, UnknownUnit."""
    book = Book(published.path)
    period = periods.find(book, asked)
    unit_name = name_of(book, unit)
    rows = ask(book, period, unit)
    objectives = rows["objectives"]
    texts: dict[str, Any] = {
        "year": str(period.start.year),
        "unit": unit_name,
        "period": period.label,
        "as_of": day(period.closing_date),
        "day": f"{period.closing_date:%d}",
        "month": f"{period.closing_date:%m}",
        "version": published.version,
        "deployment": [sentence(row) for row in objectives if row["indicator"] in ("D1", "D2")],
        "objectives": [objective(place, row, rows, period) for place, row in enumerate(objectives, 1)],
        "companions": [companion(row, period) for row in rows["companions"]],
        "verdicts": verdicts(objectives),
        "judgements": [judgement(row, rows["failing"]) for row in objectives if is_short(row)],
        "risks": [risk(place, row) for place, row in enumerate(rows["risks"], 1)],
        "unit_objectives": [unit_objective(place, row) for place, row in enumerate(rows["unit_objectives"], 1)],
        "failing": listed(rows["failing"]),
        "set_aside": [set_aside(place, row) for place, row in enumerate(rows["set_aside"], 1)],
        "dotted": DOTTED,
    }
    return Report(printable(texts), rows)


def name_of(book: Book, unit: str | None) -> str:
    if unit is None:
        return "Văn phòng UBND tỉnh"
    found = book.rows(questions.UNIT, unit=unit)
    if not found:
        raise UnknownUnit(f"Bản công bố không có số liệu của đơn vị '{unit}'.")
    return str(found[0]["unit_name"] or unit)


def ask(book: Book, period: Period, unit: str | None) -> dict[str, list[Row]]:
    year, kind, start, until = period.start.year, period.kind, period.start, period.until
    return {
        "objectives": book.rows(questions.OBJECTIVES, unit=unit, kind=kind, start=start),
        "milestones": book.rows(questions.MILESTONES, unit=unit, year=year),
        "units": book.rows(questions.UNITS, unit=unit, kind=kind, start=start),
        "control": book.rows(questions.CONTROL, unit=unit, year=year),
        "companions": book.rows(questions.COMPANIONS, unit=unit, kind=kind, start=start),
        "failing": book.rows(questions.FAILING, unit=unit, kind=kind, start=start, until=until),
        "unit_objectives": book.rows(questions.UNIT_OBJECTIVES, year=year, unit=unit),
        "risks": book.rows(questions.RISKS, year=year, unit=unit),
        "set_aside": book.rows(questions.SET_ASIDE),
        "form": book.rows(questions.FORM, unit=unit, kind=kind, until=period.end),
        "months": book.rows(questions.MONTHS, unit=unit, year=year),
    }


def figure(row: Row) -> str:
    """484/498 = 97,19 %; the verdict's own words where nothing can be divided."""
    if not row["denominator"]:
        return f"{count(row['numerator'])}/{count(row['denominator'])}"
    ratio = f"{count(row['numerator'])}/{count(row['denominator'])}"
    return f"{ratio} = {share(row['actual'], row['target'])}"


def is_short(row: Row) -> bool:
    return row["verdict"] in ("Chưa đạt", "Cảnh báo", "Chưa đủ căn cứ")


def sentence(row: Row) -> str:
    return f"{row['label']}: {figure(row)} ({row['verdict']})."


def objective(place: int, row: Row, rows: dict[str, list[Row]], period: Period) -> dict[str, str]:
    scope = row["unit_name"] or row["unit_code"]
    method = f"{row['formula'] or NOTHING}; phạm vi: {scope}; loại trừ: {count(row['excluded'])}"
    return {
        "tt": str(place),
        "indicator": row["indicator"],
        "label": row["label"],
        "target": target(row),
        "method": f"{method}. Định nghĩa {row['definition']}, chốt {day(period.closing_date)}",
        "period": period.label,
        "result": figure(row),
        "verdict": row["verdict"],
        "causes": causes(row, rows["failing"]),
        "action": action(row["indicator"], rows),
    }


def causes(row: Row, records: list[Row]) -> str:
    """A dotted line where something fails and no record says why."""
    found = reasons.causes(row["indicator"], records)
    return found or (DOTTED if row["denominator"] > row["numerator"] else NOTHING)


def action(indicator: str, rows: dict[str, list[Row]]) -> str:
    """What the units have written for this objective; a dotted line where nobody has."""
    plans = [
        f"{row['measures']} / {row['unit_name']}, {row['responsible']} / {row['finish']}"
        for row in rows["unit_objectives"]
        if row["linked_indicator"] == indicator and row["measures"]
    ]
    treatments = [
        f"{row['treatment']}: {row['description']} / {row['unit_name']}, {row['responsible']} / {day(row['due_on'])}"
        for row in rows["risks"]
        if row["linked_objective"] == indicator and row["treatment"]
    ]
    return "; ".join([*plans, *treatments][:3]) or DOTTED


def companion(row: Row, period: Period) -> dict[str, str]:
    return {
        "indicator": row["indicator"],
        "definition": row["definition"],
        "label": row["definition_label"] or NOTHING,
        "numerator": count(row["numerator"]),
        "denominator": count(row["denominator"]),
        "rate": share(row["actual"], row["target"]) if row["actual"] is not None else row["verdict"],
        "range": f"{share(row['lower_bound'])} – {share(row['upper_bound'])}",
        "excluded": count(row["excluded"]),
        "quarantined": count(row["quarantined"]),
        "scope": row["unit_name"] or row["unit_code"],
        "period": f"{day(row['period_start'])}–{day(min(row['period_end'], period.closing_date))}",
        "as_of": day(row["closing_date"]),
        "source": next((told for code, told in SOURCES.items() if row["indicator"].startswith(code)), REGISTERS),
        "version": row["definition_version"] or NOTHING,
    }


def verdicts(objectives: list[Row]) -> str:
    if not objectives:
        return "Chưa có số liệu."
    found = Counter(row["verdict"] for row in objectives)
    return "; ".join(f"{verdict}: {number}" for verdict, number in found.most_common()) + "."


def judgement(row: Row, records: list[Row]) -> str:
    told = f"{row['indicator']} – {row['label']}: {figure(row)}, chỉ tiêu {target(row)}: {row['verdict']}."
    if row["verdict_reason"]:
        told = f"{told} {row['verdict_reason']}."
    if row["verdict"] == "Chưa đủ căn cứ":
        return f"{told} Giá trị thật nằm trong khoảng {share(row['lower_bound'])} – {share(row['upper_bound'])}."
    return f"{told} Nguyên nhân: {causes(row, records)}."


def risk(place: int, row: Row) -> dict[str, str]:
    return {
        "tt": str(place),
        "unit": row["unit_name"] or row["unit_code"],
        "kind": row["kind"],
        "description": row["description"],
        "level": f"{row['computed_level'] or NOTHING} ({row['computed_score']})",
        "treatment": row["treatment"] or NOTHING,
        "responsible": f"{row['responsible'] or NOTHING}, {day(row['due_on'])}",
        "state": row["state"] or NOTHING,
        "effectiveness": row["effectiveness"] or NOTHING,
    }


def unit_objective(place: int, row: Row) -> dict[str, str]:
    results = [row[f"result_q{quarter}"] or NOTHING for quarter in range(1, 5)]
    return {
        "tt": str(place),
        "unit": row["unit_name"] or row["unit_code"],
        "objective": row["objective"],
        "target": row["target_text"] or NOTHING,
        "measures": row["measures"] or NOTHING,
        "responsible": row["responsible"] or NOTHING,
        "finish": row["finish"] or NOTHING,
        "results": "; ".join(f"{name}: {told}" for name, told in zip(("I", "II", "III", "IV"), results, strict=True)),
        "evaluation": row["evaluation"] or DOTTED,
    }


def listed(rows: list[Row]) -> list[dict[str, str]]:
    """The gravest of each indicator; what is left out is said in the row after them."""
    texts, place = [], 0
    for indicator, own in groupby(rows, key=lambda row: row["indicator"]):
        all_of_it = list(own)
        for row in all_of_it[:MOST_LISTED]:
            place += 1
            texts.append(failing(place, row))
        left = len(all_of_it) - MOST_LISTED
        if left > 0:
            rest = dict.fromkeys(texts[-1], "")
            texts.append(
                rest | {"indicator": indicator, "reason": f"Còn {count(left)} bản ghi: xem tệp Excel kèm theo."}
            )
    return texts


def failing(place: int, row: Row) -> dict[str, str]:
    return {
        "tt": str(place),
        "indicator": row["indicator"],
        "kind": dictionary.load().label("record_kind", row["record_kind"]),
        "key": row["record_key"],
        "unit": "" if row["unit_code"] == "?" else row["unit_name"] or row["unit_code"],
        "on": day(row["occurred_on"]),
        "late": NOTHING if row["days_late"] is None else count(row["days_late"]),
        "reason": row["reason"] or NOTHING,
    }


def set_aside(place: int, row: Row) -> dict[str, str]:
    return {
        "tt": str(place),
        "message": row.get("message") or row["rule"],
        "records": count(row["records"]),
        "advice": row["advice"] or NOTHING,
    }


def printable(value: Any) -> Any:
    """The same with every character that a document cannot hold replaced by a visible one."""
    if isinstance(value, dict):
        return {key: printable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [printable(item) for item in value]
    return UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", "" if value is None else str(value))
