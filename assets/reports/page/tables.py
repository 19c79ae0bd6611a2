"""The lists of the page, as data for its script: each row in the order of the columns that its template names."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from assets.reports.asking import Publication
from assets.reports.desk import dossiers
from assets.reports.desk.dossiers import LISTS, NO_UNIT
from assets.reports.desk.questions import ListedDossier
from assets.reports.formats import counted, goal
from assets.reports.page import questions
from assets.reports.page.changes import PARTS, Parts
from assets.reports.paper.periods import Period
from warehouse import dictionary


# One to two megabytes: what a phone still opens at once. The rest stands in the published file, and the page says so.
MOST_RECORDS = 5_000
# Of a unit: 175 bytes each, so that 130 units have at most seven megabytes. The page says where the rest stands.
MOST_DOSSIERS = 300
# `unit code` → its rows, in the file beside the page: a script, since a page from a disk may fetch nothing.
SIDE = "globalThis.hoSo = "
POINT = 100


def units(publication: Publication) -> dict[str, Any]:
    return {
        "rows": [
            [
                row.view,
                row.unit_name or row.unit_code,
                row.unit_code,
                row.denominator,
                row.denominator - row.numerator,
                row.actual,
                row.actual_last_year,
                row.position_label,
                row.open_dossiers,
                row.overdue_dossiers,
            ]
            for row in publication.ask(questions.UNITS)
        ]
    }


def records(publication: Publication, most: int) -> dict[str, Any]:
    """At most so many of them, and how many there are."""
    found = publication.ask(questions.RECORDS)
    named = dictionary.load()
    return {
        "total": len(found),
        "rows": [
            [
                row.indicators,
                named.label("record_kind", row.record_kind),
                row.record_key,
                "" if row.unit_code == "?" else row.unit_name or row.unit_code,
                row.occurred_on.isoformat() if row.occurred_on else None,
                row.days_late,
                row.reason,
            ]
            for row in found[:most]
        ],
    }


def waiting(rows: Iterable[ListedDossier]) -> dict[str, Any]:
    """A row for each unit with something to see to, those with the most overdue first."""
    order = ("dang_qua_han", "sap_den_han", "tam_dung", "thieu_du_lieu", "tra_qua_han")
    found = dossiers.counted(rows)
    return {"rows": [[unit.unit_name, unit.unit_code, *(unit.counts[name] for name in order)] for unit in found]}


def side(rows: Iterable[ListedDossier], most: int) -> str:
    """The dossiers behind those counts, of every unit the `most` pressing ones, as the file beside the page."""
    found: dict[str, list[list[Any]]] = defaultdict(list)
    place = {name: number for number, name in enumerate(LISTS)}
    for row in sorted(rows, key=lambda row: (place[row.list_code], -(row.days_late or 0))):
        due = row.due_at.date().isoformat() if row.due_at else None
        line = [row.dossier_code, LISTS[row.list_code], due, row.days_late, row.words]
        own = found[row.unit_code or NO_UNIT]
        if len(own) < most:
            own.append(line)
    return f"{SIDE}{json.dumps(found, ensure_ascii=False, separators=(',', ':'))};\n"


def results(publication: Publication) -> dict[str, Any]:
    """Each headline of each period; the periods in the order in which they are offered, the year so far first."""
    found = [(period(row), row) for row in publication.ask_if_held(questions.RESULTS) or []]
    return {
        "periods": list(dict.fromkeys(label for label, _ in found)),
        "rows": [
            [
                label,
                row.indicator,
                row.label,
                row.verdict,
                counted(row.numerator, row.denominator, row.actual, row),
                goal(row),
                counted(row.numerator_last_year or 0, row.denominator_last_year, row.actual_last_year, row)
                if row.denominator_last_year is not None
                else None,
            ]
            for label, row in found
        ],
    }


def period(row: questions.Result) -> str:
    label = Period(row.period_kind, row.period_start, row.period_end, row.closing_date).label
    return label[:1].upper() + label[1:]


def parts(publication: Publication) -> list[str]:
    """A sentence for each of the province's newest changes that is told in two parts."""
    found = publication.ask_if_held(PARTS) or []
    return [sentence(row) for row in found if row.before != row.after and row.period_kind != "year_to_date"]


def sentence(row: Parts) -> str:
    until = Period(row.period_kind, row.period_start, row.period_end, row.period_end).label.partition(" (")[0]
    scope = "phạm vi mục tiêu" if row.unit_code == "VP" else "toàn tỉnh"
    told = (
        f"{row.indicator}, {scope}, {until} so với kỳ liền trước: {points(row.after - row.before)} điểm phần trăm, gồm"
        f" cơ cấu {points(row.mix)} và chất lượng {points(row.rate)}"
    )
    if row.most_unit_name and row.most_rate:
        told += f"; phần chất lượng nhiều nhất là của {row.most_unit_name} ({points(row.most_rate)})"
    return f"{told}."


def points(fraction: float) -> str:
    """+1,25; −0,40."""
    return f"{fraction * POINT:+.2f}".replace("-", "−").replace(".", ",")
