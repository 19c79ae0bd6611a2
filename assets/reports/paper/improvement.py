"""The loop of ISO 10.2 in the report: causes and actions as the forms tell them, their list, the input of a review."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from assets.reports.asking import Question
from assets.reports.formats import NOTHING, count, day, ratio, share
from assets.reports.paper.figures import Objective
from warehouse import dictionary


DOTTED = "……………"
MISSED = "Chưa đạt"


@dataclass(frozen=True)
class Nonconformity:
    """A form of the period, with the objective whose part has failed where there is one."""

    code: str
    indicator: str | None
    part_of: str | None
    unit_code: str
    unit_name: str | None
    opened_on: date
    source: str
    is_still_found: bool
    description: str | None
    cause_code: str | None
    cause_label: str | None
    cause: str | None
    correction: str | None
    corrective_action: str | None
    responsible_unit_name: str | None
    responsible_post: str | None
    due_on: date | None
    done_on: date | None
    evidence: str | None
    effectiveness: str | None
    effectiveness_on: date | None
    closed_on: date | None
    state: str
    next_due_on: date | None
    is_overdue: bool
    recurs_of: str | None


@dataclass(frozen=True)
class CauseGroup:
    cause_code: str
    cause_label: str
    nonconformities: int
    records: int
    share: float
    cumulative_share: float


@dataclass(frozen=True)
class ActionFigure:
    """`undetermined`: forms that two rows of the register tell differently."""

    figure: str
    numerator: int
    denominator: int
    undetermined: int
    actual: float | None


@dataclass(frozen=True)
class ReviewInput:
    input: str
    facts: str


NONCONFORMITIES = Question("paper/nonconformities", Nonconformity)
CAUSE_GROUPS = Question("paper/cause_groups", CauseGroup)
ACTION_FIGURES = Question("paper/action_figures", ActionFigure)
REVIEW_INPUTS = Question("paper/review_inputs", ReviewInput)


def causes(row: Objective, forms: list[Nonconformity]) -> str:
    """What the forms of a missed objective name as cause; nothing where it is not missed."""
    return told(row, forms, lambda form: (cause_of(form) or "chưa phân tích", form.code))


def action(row: Objective, forms: list[Nonconformity]) -> str:
    """Corrective action / unit, post / each due day with its form and how that stands."""
    return told(row, forms, action_of)


def told(row: Objective, forms: list[Nonconformity], words: Callable[[Nonconformity], tuple[str, str]]) -> str:
    """Each thing said once with the forms that say it; a dotted line where no form has been opened yet."""
    if row.verdict != MISSED:
        return NOTHING
    said: dict[str, list[str]] = {}
    for text, detail in [words(form) for form in forms if form.indicator == row.indicator]:
        said.setdefault(text, []).append(detail)
    parts = dict.fromkeys(form.indicator for form in forms if form.part_of == row.indicator and form.indicator)
    if parts and not said:
        return f"xem {', '.join(parts)}"
    return "; ".join(f"{text} ({'; '.join(details)})" for text, details in said.items()) or DOTTED


def cause_of(form: Nonconformity) -> str:
    return ": ".join(filter(None, (form.cause_label, form.cause)))


def action_of(form: Nonconformity) -> tuple[str, str]:
    if not form.corrective_action:
        return "chưa đề ra", form.code
    who = ", ".join(filter(None, (form.responsible_unit_name, form.responsible_post))) or NOTHING
    return f"{form.corrective_action} / {who}", f"{form.code}: {day(form.due_on)}, {state(form)}"


def state(form: Nonconformity) -> str:
    return f"{form.state[0].lower()}{form.state[1:]}{', quá hạn' if form.is_overdue else ''}"


def figures_told(rows: Iterable[ActionFigure]) -> str:
    """The three figures in one sentence."""
    named = dictionary.load()
    parts = [
        f"{named.label('figure', row.figure).lower()} {ratio(row.numerator, row.denominator, row.actual, None)}"
        + (f", {row.undetermined} phiếu chưa rõ vì sổ ghi hai lần khác nhau" if row.undetermined else "")
        for row in rows
    ]
    return f"Hành động khắc phục, sự không phù hợp: {'; '.join(parts) or NOTHING}."


def form(place: int, row: Nonconformity) -> dict[str, str]:
    checked = f"{row.effectiveness}, {day(row.effectiveness_on)}" if row.effectiveness else NOTHING
    ended = f"; {row.evidence}" if row.evidence else ""
    return {
        "tt": str(place),
        "code": row.code,
        "description": f"{row.description or NOTHING} ({row.source})",
        "cause": cause_of(row) or DOTTED,
        "action": row.corrective_action or DOTTED,
        "responsible": ", ".join(filter(None, (row.responsible_unit_name, row.responsible_post))) or DOTTED,
        "due": f"{day(row.due_on)}; xong: {day(row.done_on)}{ended}" if row.due_on else DOTTED,
        "effectiveness": checked,
        "state": f"{row.state}{' (quá hạn)' if row.is_overdue else ''}"
        + (f"; tái diễn của {row.recurs_of}" if row.recurs_of else "")
        + ("" if row.is_still_found else "; số phiếu không còn trong danh sách mở"),
    }


def cause_group(place: int, row: CauseGroup) -> dict[str, str]:
    return {
        "tt": str(place),
        "cause": f"{row.cause_code} {row.cause_label}",
        "nonconformities": count(row.nonconformities),
        "records": count(row.records),
        "share": share(row.share),
        "cumulative": share(row.cumulative_share),
    }


def review_input(row: ReviewInput) -> dict[str, str]:
    return {"input": dictionary.load().label("input", row.input), "facts": row.facts, "decision": DOTTED}
