"""Answers about figures and verdicts: from the simulator's truth, by fractions."""

from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor
from typing import Any

from connectors.simulator import truth_form
from tests.support.answers.evidence import Answer, Evidence, Row, percent
from tests.support.office import LAST_DAY, small


def board(evidence: Evidence) -> Answer:
    """Dossiers as the simulator knows them; of the other objectives what the newest figures say."""
    true = {row["indicator"]: row for row in evidence.counts(definition="R1", calendar="iso", kind="year_to_date")}
    answer = []
    for row in evidence.board:
        told = true.get(row["indicator"], row)
        share = percent(told["numerator"], told["denominator"]) if row["actual"] is not None else None
        counts = (told["numerator"], told["denominator"], share, row["target"], row["verdict"], LAST_DAY)
        answer.append((row["indicator"], row["label"], *counts))
    return answer


def changed_within_a_week(evidence: Evidence) -> Answer:
    """Nothing to compare with after one night; `test_analyst` asks again where there are two."""
    families = {row["indicator"] for row in evidence.board if row["unit_code"] == "VP"}
    return [(indicator, None, None) for indicator in sorted(families)]


def reasons_of_change(evidence: Evidence) -> Answer:
    """What the general rate came to and came from, of each pair of periods; mix is what rates leave over."""
    spans: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in evidence.rows("marts.change_decomposition"):
        if (row["indicator"], row["unit_code"]) == ("MT1", "H19"):
            spans[row["period_kind"], row["period_start"], row["period_end"]].append(row)
    answer = []
    for span, parts in sorted(spans.items()):
        before, after = (
            [sum(part[f"{count}_{when}"] for part in parts) for count in ("numerator", "denominator")]
            for when in ("before", "after")
        )
        own = Fraction(0)
        for part in parts:
            if part["denominator_before"] and part["denominator_after"]:
                rates = [
                    Fraction(part[f"numerator_{when}"], part[f"denominator_{when}"]) for when in ("before", "after")
                ]
                shares = Fraction(part["denominator_before"], before[1]) + Fraction(part["denominator_after"], after[1])
                own += shares / 2 * (rates[1] - rates[0])
        total = Fraction(*after) - Fraction(*before)
        answer.append((*span, float(total - own), float(own), float(total)))
    return answer


def quarters(evidence: Evidence) -> Answer:
    """The target binds each group (P-02): one that misses it, or may, takes the whole along."""
    groups: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in evidence.counts(definition="R1", kind="quarter"):
        if row["indicator"] in ("MT1", "MT1a", "MT1b"):
            groups[row["calendar"], date.fromisoformat(row["start"])].append(row)
    answer = []
    for (calendar, start), rows in sorted(groups.items()):
        (whole,) = [row for row in rows if row["indicator"] == "MT1"]
        verdicts = {judged(row["numerator"], row["denominator"], row["quarantined"]) for row in rows}
        worst = next(word for word in ("Chưa đạt", "Chưa đủ căn cứ", "Cảnh báo", "Đạt") if word in verdicts)
        last = start + timedelta(days=88)
        end = (
            date(last.year, last.month, 14)
            if calendar == "report"
            else date(last.year + last.month // 12, last.month % 12 + 1, 1)
        )
        answer.append(
            (calendar, start, end - timedelta(days=calendar == "iso"), whole["numerator"], whole["denominator"], worst)
        )
    return answer


def judged(numerator: int, denominator: int, undetermined: int) -> str:
    """By 97 % of what is judged, and of what may be."""
    low = Fraction(numerator, denominator + undetermined)
    high = Fraction(numerator + undetermined, denominator + undetermined)
    target = Fraction(97, 100)
    if high < target:
        return "Chưa đạt"
    return "Chưa đủ căn cứ" if low < target else "Cảnh báo" if low < target + Fraction(1, 100) else "Đạt"


def definitions(evidence: Evidence) -> Answer:
    """The share of the backlog (B) is no rate of what was settled: no percentage is told for it."""
    labels = {
        row["definition"]: row["label"]
        for row in evidence.rows("reference.definitions")
        if row["indicator"] == "MT1" and row["holds_from"] <= LAST_DAY <= row["holds_to"]
    }
    rows = evidence.counts(indicator="MT1", calendar="iso", kind="year_to_date")
    found = {row["definition"]: (row["numerator"], row["denominator"]) for row in rows}
    shares = {name: percent(*counts) if name != "B" else None for name, counts in found.items()}
    return [(name, labels[name], *found[name], shares[name]) for name in sorted(found)]


def ranges(evidence: Evidence) -> Answer:
    """Undetermined records, all of them failed and all of them met."""
    return [
        (
            row["indicator"],
            aside,
            percent(row["numerator"], row["denominator"] + aside),
            percent(row["numerator"] + aside, row["denominator"] + aside),
            row["verdict"],
        )
        for row in evidence.board
        for aside in [row["quarantined"]]
    ]


def what_is_needed(evidence: Evidence) -> Answer:
    """The year is over: what would have to follow, and a forecast that is the result."""
    answer = []
    for row in evidence.board:
        target = Fraction(str(row["target"]))
        missing = target * row["denominator"] - row["numerator"]
        needed = max(0, ceil(missing / (1 - target))) if target < 1 else 0 if missing <= 0 else None
        forecast = None if row["forecast_low"] is None else percent(row["numerator"], row["denominator"])
        answer.append((row["indicator"], floor((1 - target) * row["denominator"]), needed, None, forecast, forecast))
    return answer


def sectors(_: Evidence) -> Answer:
    rows = [
        tuple(row[name] for name in ("linh_vuc", "c3", "c7", "c10", "c13"))
        for row in truth_form.rows(small(), LAST_DAY)
        if (row["unit_code"], row["kind"]) == ("H19", "year")
    ]
    return sorted(rows, key=lambda row: (-(row[3] + row[4]), row[0]))


def readings(evidence: Evidence) -> Answer:
    """A conclusion is kept where it is the headline's: met, missed, or not to be told."""
    sides = {"Đạt": "met", "Cảnh báo": "met", "Chưa đạt": "missed"}
    rows = sorted(evidence.rows("marts.reading"), key=lambda row: (row["objective_position"], row["position"]))
    headline = {row["indicator"]: row["verdict"] for row in rows if row["is_headline"]}
    answer = []
    for row in rows:
        own, wanted = (sides.get(verdict, verdict) for verdict in (row["verdict"], headline[row["indicator"]]))
        kept = None if own == "Chưa có số liệu" else own == wanted
        share = percent(row["numerator"], row["denominator"]) if row["actual"] is not None else None
        counts = (row["numerator"], row["denominator"], share, row["verdict"], kept, row["used_by"], row["reason"])
        answer.append((row["indicator"], row["reading"], row["label"], *counts))
    return answer
