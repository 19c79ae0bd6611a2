"""The report as one HTML page without any other file, and as PDF."""

from __future__ import annotations

from collections.abc import Sequence

from assets.reports import rendering
from assets.reports.paper import columns
from assets.reports.paper.charts import Chart
from assets.reports.paper.content import Report
from assets.reports.rendering import html_templates


TABLES = {
    "objectives": columns.MAIN,
    "companions": columns.COMPANIONS,
    "risks": columns.RISKS,
    **{name: fields for _, name, fields in columns.ANNEXES},
}


def html(report: Report, charts: Sequence[Chart]) -> str:
    template = html_templates().get_template("paper.html")
    return template.render(**report.texts, tables=TABLES, annexes=columns.ANNEXES, charts=charts)


def pdf(report: Report, charts: Sequence[Chart]) -> bytes:
    told = {
        **report.texts,
        "tables": {name: [list(field) for field in fields] for name, fields in TABLES.items()},
        "annexes": [[title, name] for title, name, _ in columns.ANNEXES],
        "charts": charts,
    }
    return rendering.pdf("paper.typ", report=told)
