"""What a report says, in the order of the form; how it looks is the business of each format."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import asdict, dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

from assets.reports.asking import Publication, Question
from assets.reports.closed_periods import state_told
from assets.reports.evidence import evidence
from assets.reports.formats import day
from assets.reports.objective_year import ObjectiveYear, objective_year
from assets.reports.office import Office, office
from assets.reports.paper import (
    answers,
    figures,
    improvement,
    lists,
    periods,
    ratings,
    sections,
    statutory_forms,
    summary,
)
from assets.reports.paper.annexes import number_of
from assets.reports.paper.figures import Objective, Placed
from assets.reports.paper.improvement import DOTTED
from assets.reports.paper.periods import Period
from assets.reports.readings import READINGS, Reading, by_indicator, sentence
from assets.reports.rehearsal import MARK, rehearsal
from assets.reports.year_marks import YEAR_MARKS
from warehouse.reading import Published


if TYPE_CHECKING:
    import pandas as pd

# What Word and XML cannot hold.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# What charts and workbook are made of.
FRAMES: dict[str, Question[Any]] = {
    "objectives": figures.OBJECTIVES,
    "companions": figures.COMPANIONS,
    "months": figures.MONTHS,
    "year_marks": YEAR_MARKS,
    "milestones": figures.MILESTONES,
    "units": figures.UNITS,
    "funnel": figures.FUNNEL,
    "control": figures.CONTROL,
    "failing": lists.FAILING,
    "unit_objectives": lists.UNIT_OBJECTIVES,
    "risks": lists.RISKS,
    "nonconformities": improvement.NONCONFORMITIES,
    "cause_groups": improvement.CAUSE_GROUPS,
    "sectors": answers.SECTORS,
    "not_measured": answers.NOT_MEASURED,
    "set_aside": lists.SET_ASIDE,
    "national_scores": lists.NATIONAL_SCORES,
    "form": lists.FORM,
    "rating_following": ratings.FOLLOWING,
    "statutory_forms": statutory_forms.STATUTORY_FORMS,
}


class UnknownUnit(ValueError):
    """No figure has been published for the unit asked for."""


@dataclass(frozen=True)
class Report:
    """`texts` is what templates are rendered with: strings and lists of dictionaries of strings, nothing else.

    `frames` are the published rows behind it, for the charts and the workbook.
    """

    texts: dict[str, Any]
    frames: dict[str, pd.DataFrame]
    signed_on: date

    @property
    def title(self) -> str:
        return f"Báo cáo kết quả thực hiện Mục tiêu chất lượng năm {self.texts['year']} – {self.texts['unit']}"


def report(published: Published, asked: str = "year_to_date", unit: str | None = None) -> Report:
    """Of the whole Office, or of one unit. Raises UnknownPeriod, UnknownUnit."""
    publication = Publication(published.path)
    period = periods.find(publication, asked)
    values = period.values | {"unit": unit}
    owner = office(publication)
    version = f"{published.version} ({MARK})" if rehearsal(publication) else published.version
    texts = {
        **heading(owner, period, name_of(publication, owner, unit), version),
        "evidence": evidence(published),
        **figures_told(publication, period, values),
    }
    frames = {name: publication.frame(question, **values) for name, question in FRAMES.items()}
    return Report(printable(texts), frames, period.closing_date)


def name_of(publication: Publication, owner: Office, unit: str | None) -> str:
    if unit is None:
        return owner.short_name
    found = publication.ask(figures.UNIT, unit=unit)
    if not found:
        raise UnknownUnit(f"Bản công bố không có số liệu của đơn vị '{unit}'.")
    return found[0].unit_name or unit


def heading(owner: Office, period: Period, unit: str, version: str) -> dict[str, Any]:
    """Letterhead, title, and what stands at the foot."""
    recipients = [name.strip() for name in owner.recipients.split(";")]
    return {
        "authority": owner.letterhead_authority,
        "office": owner.letterhead_office,
        "formal_name": owner.formal_name,
        "symbol": owner.document_symbol,
        "place": owner.place_of_signing,
        "signatory": owner.signatory,
        "recipients": [f"- {name}{'.' if name == recipients[-1] else ';'}" for name in recipients],
        "year": str(period.start.year),
        "unit": unit,
        "period": period.label,
        "as_of": day(period.closing_date),
        "day": f"{period.closing_date:%d}",
        "month": f"{period.closing_date:%m}",
        # Of a report on last year's figures that is another year than the title's.
        "signed_year": f"{period.closing_date:%Y}",
        "version": version,
        "dotted": DOTTED,
    }


def figures_told(publication: Publication, period: Period, values: dict[str, Any]) -> dict[str, Any]:
    objectives = publication.ask(figures.OBJECTIVES, **values)
    failing = publication.ask(lists.FAILING, **values)
    plans = publication.ask(lists.UNIT_OBJECTIVES, **values)
    risks = publication.ask(lists.RISKS, **values)
    told = publication.ask(figures.COMMUNICATIONS, **values)
    forms = publication.ask(improvement.NONCONFORMITIES, **values)
    read = read_otherwise(publication, period, values)
    placed = publication.ask(figures.FUNNEL, **values)
    actions = improvement.figures_told(publication.ask(improvement.ACTION_FIGURES, **values))
    year = None if period.is_of_another_year else objective_year(publication)
    read_as = [row for _, own in by_indicator(read) for row in own]
    readings_told = [f"{sentence(read)} Số liệu lũy kế từ đầu năm đến ngày chốt."] if read else []
    judgements = [
        *readings_told,
        *(sections.judgement(row, failing, forms) for row in objectives if row.is_short),
        *comparisons(placed),
        *(answers.intake(row) for row in publication.ask(answers.INTAKE, **values)),
        actions,
    ]
    return {
        "deployment": [
            *of_another_year(period),
            *retrospective(objectives, period),
            *(sections.sentence(row) for row in objectives if row.is_deployment),
            *(sections.communication(row) for row in told),
        ],
        "objectives": [sections.objective(place, row, period, forms) for place, row in enumerate(objectives, 1)],
        "companions": [sections.companion(row, period) for row in publication.ask(figures.COMPANIONS, **values)],
        "verdicts": told_first(publication) + verdicts(objectives, year),
        "judgements": judgements,
        "judged": [{"tt": str(place), "text": text} for place, text in enumerate(judgements, 1)],
        "summary": [
            told_first(publication) + year_notice(year) + summary.led(objectives),
            *summary.not_met(objectives),
            state_told(publication, period.start, period.period_end),
            actions,
        ],
        "results": summary.results(objectives),
        "conclusions": [
            *summary.read_otherwise(read_as),
            *summary.shortfalls(objectives, failing, forms, number_of("judged")),
            *summary.compared(placed),
            *(answers.intake(row) for row in publication.ask(answers.INTAKE, **values)),
        ],
        "risk_sentences": summary.risks(risks, number_of("risks")),
        "readings": [sections.reading(row) for row in read_as],
        "risks": [sections.risk(place, row) for place, row in enumerate(risks, 1)],
        "unit_objectives": [sections.unit_objective(place, row) for place, row in enumerate(plans, 1)],
        "nonconformities": [improvement.form(place, row) for place, row in enumerate(forms, 1)],
        "cause_groups": [
            improvement.cause_group(place, row)
            for place, row in enumerate(publication.ask(improvement.CAUSE_GROUPS), 1)
        ],
        "review_inputs": [improvement.review_input(row) for row in publication.ask(improvement.REVIEW_INPUTS)],
        "sectors": [answers.sector(row) for row in publication.ask(answers.SECTORS, **values)],
        "not_measured": answers.not_measured(publication.ask(answers.NOT_MEASURED, **values), period.start.year),
        "failing": sections.listed(failing),
        "set_aside": [sections.set_aside(place, row) for place, row in enumerate(publication.ask(lists.SET_ASIDE), 1)],
        "national_scores": sections.national_scores(publication.ask(lists.NATIONAL_SCORES, **values)),
        "rating_following": [ratings.following(row) for row in publication.ask(ratings.FOLLOWING, **values)],
        "statutory_forms": [asdict(row) for row in publication.ask(statutory_forms.STATUTORY_FORMS, **values)],
    }


def read_otherwise(publication: Publication, period: Period, values: dict[str, Any]) -> list[Reading]:
    """Of the whole Office, year to date; a unit has no conclusion that readings could change."""
    return [] if values["unit"] or period.is_of_another_year else publication.ask_if_held(READINGS) or []


def of_another_year(period: Period) -> list[str]:
    """What a publication tells only of the year of its closing date, and who can tell it of this one."""
    if not period.is_of_another_year:
        return []
    year = period.start.year
    return [
        f"Báo cáo của năm {year} lập từ bản công bố chốt ngày {day(period.closing_date)}: số liệu, mức giao và kết luận"
        f" là của năm {year}; danh sách bản ghi chưa đạt, các cách đọc và dự báo chỉ có của năm ngày chốt. Muốn có của"
        f" năm {year}, lập từ bản công bố của năm đó (mtcl report --closing-date)."
    ]


def retrospective(objectives: list[Objective], period: Period) -> list[str]:
    """Nothing where the decision was in force all the time."""
    return [sections.since(row.binding_from) for row in objectives[:1] if period.start < row.binding_from]


def comparisons(rows: list[Placed]) -> list[str]:
    """A sentence for each indicator of which some unit can be told from the general rate, or might have been."""
    by_indicator = {name: list(own) for name, own in groupby(rows, key=lambda row: row.indicator)}
    return [
        sections.placed(name, own) for name, own in by_indicator.items() if any(row.position != "qua_it" for row in own)
    ]


def told_first(publication: Publication) -> str:
    notice = rehearsal(publication)
    return f"{notice}. " if notice else ""


def year_notice(year: ObjectiveYear | None) -> str:
    return f"{year.notice}. " if year and year.notice else ""


def verdicts(objectives: list[Objective], year: ObjectiveYear | None) -> str:
    notice = year_notice(year)
    if not objectives:
        return f"{notice}Chưa có số liệu."
    found = Counter(row.verdict for row in objectives)
    return notice + "; ".join(f"{verdict}: {number}" for verdict, number in found.most_common()) + "."


def reporting_units(published: Published) -> list[str]:
    """Every room and unit within the objectives' scope that has a figure, in the order of the codes."""
    return [row.unit_code for row in Publication(published.path).ask(figures.REPORTING_UNITS)]


def printable(value: Any) -> Any:
    """The same with every character that a document cannot hold replaced by a visible one."""
    if isinstance(value, dict):
        return {key: printable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [printable(item) for item in value]
    return UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", "" if value is None else str(value))
