"""The page for leaders: one self-contained text, to be opened from a disk, with no server and no network."""

import base64
import hashlib
from collections import Counter
from datetime import date, datetime
from typing import Any

from jinja2 import Environment

from assets.reports import formats, readings
from assets.reports.asking import Publication
from assets.reports.closed_periods import LISTS, closed_periods
from assets.reports.desk import dossiers
from assets.reports.desk.questions import ListedDossier
from assets.reports.objective_year import objective_year
from assets.reports.office import office
from assets.reports.page import improvement, questions, signs, tables
from assets.reports.page.changes import compared
from assets.reports.page.questions import Board, Milestone, Month
from assets.reports.page.tables import MOST_DOSSIERS, MOST_RECORDS
from assets.reports.page.trends import Trend, trend
from assets.reports.page.trends import x as month_x
from assets.reports.paper import answers
from assets.reports.rehearsal import rehearsal
from assets.reports.rendering import html_templates
from assets.reports.statements.quality_report import RATES
from assets.reports.year_marks import YEAR_MARKS
from assets.reports.year_marks import told as told_marks
from assets.run_settings import LOCAL
from assets.sources import systems
from connectors.registers.catalogue import REGISTERS
from warehouse import dictionary
from warehouse.reading import Published


# Arithmetic of fractions ends a hair above one.
HAIR = 1e-9


def page_and_side(published: Published, contact: str = "") -> tuple[str, str]:
    """The page and the file beside it, which is read when somebody asks for the dossiers of a unit."""
    waiting = dossiers.every(Publication(published.path))
    return page(published, contact, waiting), tables.side(waiting, MOST_DOSSIERS)


def page(published: Published, contact: str = "", waiting: list[ListedDossier] | None = None) -> str:
    """The whole page as text; all of it but `contact`, whom to ring, is read from the version's own file.

    `waiting`: the dossiers to see to, where somebody has read them already.
    """
    publication = Publication(published.path)
    ask = publication.ask
    board = ask(questions.SCOREBOARD)
    year = objective_year(publication)
    read = publication.ask_if_held(readings.READINGS) or []
    so_far = {
        "kind": "year_to_date",
        "start": date(year.objective_year, 1, 1) if year else None,
        "until": year.closing_date if year else None,
        "unit": None,
    }
    year_marks = ask(YEAR_MARKS, year=year.objective_year) if year else []
    templates = environment()
    script = templates.get_template("page.js").render()
    return templates.get_template("page.html").render(
        published=published,
        contact=contact,
        office=office(publication),
        made_at=datetime.fromisoformat(published.manifest["created_at"]).astimezone(LOCAL),
        as_of=year.closing_date if year else None,
        notice=year.notice if year else None,
        rehearsal=rehearsal(publication),
        board=board,
        verdicts=counted(board),
        readings=readings.by_indicator(read),
        readings_sentence=readings.sentence(read),
        readings_short=readings.sentence(read, is_short=True),
        trends=trends(board, ask(questions.MONTHS), ask(questions.MILESTONES)),
        year_marks=year_marks,
        marks_told=told_marks(year_marks),
        rooms=rooms(publication, board),
        communications=ask(questions.COMMUNICATIONS),
        funnel=ask(questions.FUNNEL),
        tables={
            "units": tables.units(publication),
            "records": tables.records(publication, MOST_RECORDS),
            "waiting": tables.waiting(dossiers.every(publication) if waiting is None else waiting),
            "results": tables.results(publication),
        },
        compared=compared(published),
        parts=tables.parts(publication),
        dossier_lists=dossiers.LISTS,
        side_name=published.path.with_suffix(".js").name,
        set_aside=ask(questions.SET_ASIDE),
        register_gaps=ask(questions.REGISTER_GAPS),
        anomalies=publication.ask_if_held(questions.ANOMALIES),
        reconciliation=publication.ask_if_held(questions.RECONCILIATION),
        national_scores=publication.ask_if_held(questions.NATIONAL_SCORES),
        evidence=publication.ask_if_held(questions.EVIDENCE),
        restated=publication.ask_if_held(questions.RESTATED),
        closed_periods=closed_periods(publication),
        closed_lists=LISTS,
        owed=[row for row in publication.ask_if_held(RATES) or [] if row.missing],
        dues=publication.ask_if_held(improvement.DUES),
        forms=publication.ask_if_held(improvement.FORMS),
        action_figures=publication.ask_if_held(improvement.ACTION_FIGURES),
        cause_groups=publication.ask_if_held(improvement.CAUSE_GROUPS),
        sectors=publication.ask_if_held(answers.SECTORS, **so_far),
        intake=publication.ask_if_held(answers.INTAKE, **so_far),
        not_measured=publication.ask_if_held(answers.NOT_MEASURED, **so_far),
        words_not_entered=answers.not_entered(year.objective_year) if year else None,
        known_from=next((row.known_from for row in ask(questions.CLOSING)), None),
        versions=ask(questions.VERSIONS),
        script=script,
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    )


def environment() -> Environment:
    templates = html_templates()
    titles = systems()
    templates.filters.update(
        share=formats.share,
        percent=formats.percent,
        count=formats.count,
        day=formats.day,
        moment=formats.moment,
        goal=formats.goal,
        told=lambda row, value: formats.measured(value, row),
        month_x=month_x,
        required=required,
        kept=readings.kept,
        lower_first=lambda text: text[:1].lower() + text[1:],
        sign=signs.sign,
        severity=signs.severity,
        register=lambda name: REGISTERS[name].sheet if name in REGISTERS else name,
        told_by=lambda code: dictionary.load().label("told_by", code),
        figure=lambda code: dictionary.load().label("figure", code),
        system=lambda code: titles.get(code, code),
    )
    return templates


def required(row: Board) -> str:
    """What must go well from now on for the year to end on its target."""
    if row.required_rate is None:
        return formats.NOTHING
    if row.required_rate > 1 + HAIR:
        return "Không còn đạt được"
    return formats.percent(min(row.required_rate, 1))


def counted(board: list[Board]) -> list[tuple[str, int]]:
    found = Counter(row.verdict for row in board)
    known = [verdict for verdict in signs.ORDER if verdict in found]
    return [(verdict, found[verdict]) for verdict in [*known, *sorted(set(found) - set(known))]]


def trends(board: list[Board], months: list[Month], milestones: list[Milestone]) -> list[Trend]:
    return [
        trend(
            row,
            [month for month in months if month.indicator == row.indicator],
            [mark for mark in milestones if mark.indicator == row.indicator],
        )
        for row in board
        # What is no rate has no running sum and no axis of a hundred per cent.
        if row.measure == "rate"
    ]


def rooms(publication: Publication, board: list[Board]) -> dict[str, Any]:
    """A line for each room of the Office, a column for each indicator that is told for rooms."""
    found = publication.ask(questions.ROOMS)
    lines: dict[str, dict[str, Any]] = {}
    for row in found:
        line = lines.setdefault(row.unit_code, {"unit_name": row.unit_name, "cells": {}})
        line["cells"][row.indicator] = row
    told = {row.indicator for row in found}
    return {"indicators": [row.indicator for row in board if row.indicator in told], "lines": lines}
