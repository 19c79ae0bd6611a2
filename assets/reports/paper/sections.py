"""Rows of the report as texts, field by field as columns.py names them."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from assets.reports.formats import NOTHING, QUARTERS, count, counted, day, goal, measured, percent, ratio, share
from assets.reports.paper import improvement, reasons
from assets.reports.paper.columns import NATIONAL_SCORES
from assets.reports.paper.figures import Companion, Objective, Placed, Told
from assets.reports.paper.improvement import DOTTED, Nonconformity
from assets.reports.paper.lists import Failing, NationalScore, Risk, SetAside, UnitObjective
from assets.reports.paper.periods import Period
from assets.reports.readings import Reading
from warehouse import dictionary


# Of each indicator on paper; the workbook lists all.
MOST_LISTED = 200


def figure(row: Objective) -> str:
    return counted(row.numerator, row.denominator, row.actual, row)


def with_last_year(row: Objective) -> str:
    """The figure, what of it was early, and that of the same period last year where there is one."""
    told = f"{figure(row)}{split(row.early, row.on_time)}"
    if row.numerator_last_year is None or row.denominator_last_year is None:
        return told
    then = counted(row.numerator_last_year, row.denominator_last_year, row.actual_last_year, row)
    return f"{told}; cùng kỳ năm trước {then}"


def split(early: int | None, on_time: int | None) -> str:
    """What of a rate of dossiers was early and what on time; nothing of any other figure."""
    return "" if early is None or on_time is None else f" (trước hạn {count(early)}, đúng hạn {count(on_time)})"


def verdict(row: Objective) -> str:
    """With what it must not be read without: that nothing binds, and where the unit stands; that nothing bound yet."""
    told = row.verdict
    if row.verdict == "Không áp dụng" and row.position_label:
        told = f"{told}; {row.position_label.lower()}"
    return f"{told} (đo hồi cứu)" if row.is_retrospective else told


def since(binding_from: date) -> str:
    return f"Quyết định có hiệu lực từ {day(binding_from)}; số liệu của phần kỳ trước ngày đó là đo hồi cứu."


def communication(row: Told) -> str:
    return (
        f"Người dự buổi truyền đạt đông nhất của mỗi đơn vị: {count(row.participants)} trên {count(row.staff)} người"
        f" ({count(row.rooms)} đơn vị có đủ cả hai số)."
    )


def placed(indicator: str, rows: list[Placed]) -> str:
    """Where the units of one indicator stand beside the general rate; those that differ by name."""
    told = [
        f"{indicator}, đặt cạnh mức chung {share(rows[0].centre)} (biểu đồ phễu, giới hạn 95 %; riêng ngẫu nhiên cũng"
        " đưa khoảng 1 trong 40 đơn vị ra mỗi phía):"
    ]
    for label, own in groupby(rows, key=lambda row: row.position_label):
        units = list(own)
        names = [f"{row.unit_name or row.unit_code} {share(row.actual)}" for row in units]
        named = f" ({'; '.join(names)})" if units[0].position in ("kem_hon", "tot_hon") else ""
        told.append(f"{label.lower()}: {count(len(units))} đơn vị{named}{',' if units[-1] is not rows[-1] else '.'}")
    return " ".join(told)


def sentence(row: Objective) -> str:
    return f"{row.label}: {figure(row)} ({verdict(row)})."


def objective(place: int, row: Objective, period: Period, forms: list[Nonconformity]) -> dict[str, str]:
    scope = row.unit_name or row.unit_code
    # The sign of logic is in no font of an office, and few read it.
    formula = (row.formula or NOTHING).replace(" ∧ ", ", ")
    method = f"{formula}; phạm vi: {scope}; loại trừ: {count(row.excluded)}"
    return {
        "tt": str(place),
        "indicator": row.indicator,
        "label": row.label,
        "target": f"{goal(row)}{' (ví dụ)' if row.is_example else ''}",
        "method": f"{method}. Định nghĩa {row.definition}, chốt {day(period.closing_date)}",
        "period": period.label,
        "result": with_last_year(row),
        "verdict": verdict(row),
        "causes": improvement.causes(row, forms),
        "action": improvement.action(row, forms),
    }


def companion(row: Companion, period: Period) -> dict[str, str]:
    return {
        "indicator": row.indicator,
        "definition": row.definition,
        "label": f"{row.definition_label or NOTHING}{split(row.early, row.on_time)}",
        "numerator": count(row.numerator),
        "denominator": count(row.denominator),
        "rate": row.verdict if row.actual is None else measured(row.actual, row),
        "range": f"{measured(row.lower_bound, row)} – {measured(row.upper_bound, row)}",
        "excluded": count(row.excluded),
        "quarantined": count(row.quarantined),
        "scope": row.unit_name or row.unit_code,
        "period": f"{day(row.period_start)}–{day(min(row.period_end, period.closing_date))}"
        f"{' (đo hồi cứu)' if row.is_retrospective else ''}",
        "as_of": day(row.closing_date),
        "source": row.source_words or NOTHING,
        "version": row.definition_version or NOTHING,
    }


def reading(row: Reading) -> dict[str, str]:
    """A conclusion that differs from the headline's says so; without a figure the reason stands there."""
    changed = "; đổi kết luận" if row.is_kept is False else ""
    figure = NOTHING
    if row.numerator is not None and row.denominator is not None:
        figure = ratio(row.numerator, row.denominator, row.actual, row.target)
    return {
        "indicator": row.indicator,
        "label": row.label,
        "result": figure,
        "verdict": f"{row.verdict}{changed}{f' ({row.reason})' if row.reason else ''}",
        "used_by": row.used_by,
        "citation": row.citation,
    }


def judgement(row: Objective, failing: list[Failing], forms: list[Nonconformity]) -> str:
    """How the figure stands, in what way records fail, and why as far as a form says."""
    told = f"{row.indicator} – {row.label}: {figure(row)}, chỉ tiêu {goal(row)}: {verdict(row)}."
    if row.verdict_reason:
        told = f"{told} {row.verdict_reason}."
    if row.verdict == "Chưa đủ căn cứ":
        return (
            f"{told} Giá trị thật nằm trong khoảng {measured(row.lower_bound, row)} – {measured(row.upper_bound, row)}."
        )
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
        "context": joined(row.process, row.linked_objective, row.context),
        "whole": joined(row.description, row.cause, row.consequence),
        "assessed": f"{number(row.probability)} × {number(row.severity)} = {number(row.computed_score)}"
        f" ({row.computed_level or NOTHING}){'' if row.is_assessment_right is not False else wrongly_assessed(row)}",
        "existing": row.existing_controls or NOTHING,
        "progress": joined(row.state, "quá hạn" if row.is_overdue else None, row.result),
        "reviewed": joined(row.effectiveness, day(row.reviewed_on) if row.reviewed_on else None),
        "approved": joined(row.approved_number, day(row.approved_on) if row.approved_on else None),
    }


def joined(*parts: str | None) -> str:
    return "; ".join(filter(None, parts)) or NOTHING


def number(value: int | None) -> str:
    return NOTHING if value is None else count(value)


def wrongly_assessed(row: Risk) -> str:
    """What the register itself says, where it follows from neither."""
    return f"; sổ ghi {number(row.score)} ({row.level or NOTHING})"


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


def national_scores(rows: list[NationalScore]) -> list[dict[str, str]]:
    """The portal's figures with ours after a stroke; one row that says so where it has told none."""
    if not rows:
        none = {field: "" for _, field, _ in NATIONAL_SCORES}
        return [none | {"period": "Chưa có: chưa khai báo nơi lấy điểm, hoặc Cổng chưa trả lời"}]
    return [national_score(row) for row in rows]


def national_score(row: NationalScore) -> dict[str, str]:
    start = row.period_start
    return {
        "period": f"Năm {start.year}" if row.period_kind == "year" else f"Tháng {start:%m/%Y}",
        "score": f"{row.score_total:.2f}".replace(".", ","),
        "rank": NOTHING if row.rank_told is None else count(row.rank_told),
        "told": percent(row.on_time_share),
        "ours": share(row.actual),
        "received": beside(row.received, row.received_here),
        "settled": beside(row.settled, row.settled_here),
        "told_by": dictionary.load().label("told_by", row.told_by),
    }


def beside(told: int | None, here: int | None) -> str:
    return " / ".join(NOTHING if number is None else count(number) for number in (told, here))
