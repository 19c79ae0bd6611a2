"""Rows of the report as texts, field by field as columns.py names them."""

from __future__ import annotations

from itertools import groupby

from assets.reports.formats import NOTHING, QUARTERS, count, day, goal, ratio, share
from assets.reports.paper import improvement, reasons
from assets.reports.paper.figures import Companion, Objective
from assets.reports.paper.improvement import DOTTED, Nonconformity
from assets.reports.paper.lists import Failing, Risk, SetAside, UnitObjective
from assets.reports.paper.periods import Period
from warehouse import dictionary


# Of each indicator on paper; the workbook lists all.
MOST_LISTED = 200


def figure(row: Objective) -> str:
    return ratio(row.numerator, row.denominator, row.actual, row.target)


def sentence(row: Objective) -> str:
    return f"{row.label}: {figure(row)} ({row.verdict})."


def objective(place: int, row: Objective, period: Period, forms: list[Nonconformity]) -> dict[str, str]:
    scope = row.unit_name or row.unit_code
    method = f"{row.formula or NOTHING}; phạm vi: {scope}; loại trừ: {count(row.excluded)}"
    return {
        "tt": str(place),
        "indicator": row.indicator,
        "label": row.label,
        "target": goal(row.operator, row.target),
        "method": f"{method}. Định nghĩa {row.definition}, chốt {day(period.closing_date)}",
        "period": period.label,
        "result": figure(row),
        "verdict": row.verdict,
        "causes": improvement.causes(row, forms),
        "action": improvement.action(row, forms),
    }


def companion(row: Companion, period: Period) -> dict[str, str]:
    return {
        "indicator": row.indicator,
        "definition": row.definition,
        "label": row.definition_label or NOTHING,
        "numerator": count(row.numerator),
        "denominator": count(row.denominator),
        "rate": row.verdict if row.actual is None else share(row.actual, row.target),
        "range": f"{share(row.lower_bound)} – {share(row.upper_bound)}",
        "excluded": count(row.excluded),
        "quarantined": count(row.quarantined),
        "scope": row.unit_name or row.unit_code,
        "period": f"{day(row.period_start)}–{day(min(row.period_end, period.closing_date))}",
        "as_of": day(row.closing_date),
        "source": row.source_words or NOTHING,
        "version": row.definition_version or NOTHING,
    }


def judgement(row: Objective, failing: list[Failing], forms: list[Nonconformity]) -> str:
    """How the figure stands, in what way records fail, and why as far as a form says."""
    told = f"{row.indicator} – {row.label}: {figure(row)}, chỉ tiêu {goal(row.operator, row.target)}: {row.verdict}."
    if row.verdict_reason:
        told = f"{told} {row.verdict_reason}."
    if row.verdict == "Chưa đủ căn cứ":
        return f"{told} Giá trị thật nằm trong khoảng {share(row.lower_bound)} – {share(row.upper_bound)}."
    ways = reasons.causes(row.indicator, failing)
    told = f"{told} Dạng chưa đạt: {ways}." if ways else told
    cause = improvement.causes(row, forms)
    return told if cause == NOTHING else f"{told} Nguyên nhân: {cause}."


def risk(place: int, row: Risk) -> dict[str, str]:
    return {
        "tt": str(place),
        "unit": row.unit_name or row.unit_code,
        "kind": row.kind,
        "description": row.description,
        "level": f"{row.computed_level or NOTHING} ({row.computed_score})",
        "treatment": row.treatment or NOTHING,
        "responsible": f"{row.responsible or NOTHING}, {day(row.due_on)}",
        "state": row.state or NOTHING,
        "effectiveness": row.effectiveness or NOTHING,
    }


def unit_objective(place: int, row: UnitObjective) -> dict[str, str]:
    results = (row.result_q1, row.result_q2, row.result_q3, row.result_q4)
    return {
        "tt": str(place),
        "unit": row.unit_name or row.unit_code,
        "objective": row.objective,
        "target": row.target_text or NOTHING,
        "measures": row.measures or NOTHING,
        "responsible": row.responsible or NOTHING,
        "finish": row.finish or NOTHING,
        "results": "; ".join(f"{name}: {told or NOTHING}" for name, told in zip(QUARTERS, results, strict=True)),
        "evaluation": row.evaluation or DOTTED,
    }


def listed(rows: list[Failing]) -> list[dict[str, str]]:
    """The gravest of each indicator; what is left out is said in the row after them."""
    texts, place = [], 0
    for indicator, own in groupby(rows, key=lambda row: row.indicator):
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


def failing(place: int, row: Failing) -> dict[str, str]:
    return {
        "tt": str(place),
        "indicator": row.indicator,
        "kind": dictionary.load().label("record_kind", row.record_kind),
        "key": row.record_key,
        "unit": "" if row.unit_code == "?" else row.unit_name or row.unit_code or "",
        "on": day(row.occurred_on),
        "late": NOTHING if row.days_late is None else count(row.days_late),
        "reason": row.reason or NOTHING,
    }


def set_aside(place: int, row: SetAside) -> dict[str, str]:
    return {
        "tt": str(place),
        "message": row.message or row.rule,
        "records": count(row.records),
        "advice": row.advice or NOTHING,
    }
