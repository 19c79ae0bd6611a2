"""The report as one HTML page without any other file, and as PDF: its body, and each annex."""

from __future__ import annotations

from collections.abc import Sequence

from assets.reports import rendering
from assets.reports.paper import columns
from assets.reports.paper.annexes import Annex, annexes, enclosed_with, listed
from assets.reports.paper.charts import Chart
from assets.reports.paper.content import Report
from assets.reports.rendering import html_templates


def html(report: Report, charts: Sequence[Chart]) -> str:
    """With its annexes, each of which begins a page where it is printed."""
    enclosed = annexes(report.texts, charts)
    return (
        html_templates()
        .get_template("paper.html")
        .render(
            **report.texts,
            title=report.title,
            annexes=enclosed,
            annex_rows=listed(enclosed),
            results_columns=columns.RESULTS,
            annex_columns=columns.ANNEX_LIST,
            enclosed_with=enclosed_with(report.texts),
        )
    )


def pdf(report: Report, charts: Sequence[Chart]) -> bytes:
    told = report.texts | {
        "title": report.title,
        "results_columns": columns.RESULTS,
        "annex_columns": columns.ANNEX_LIST,
        "annexes": listed(annexes(report.texts, charts)),
    }
    return rendering.pdf("paper.typ", report.signed_on, report=told)


def annex_pdf(report: Report, annex: Annex) -> bytes:
    told = {
        "title": f"{report.title} – Phụ lục {annex.number}",
        "author": report.texts["formal_name"],
        "number": f"Phụ lục {annex.number}",
        "name": annex.title.upper(),
        "enclosed_with": enclosed_with(report.texts),
        "columns": annex.columns,
        "rows": annex.rows,
        "charts": annex.charts,
    }
    return rendering.pdf("annex.typ", report.signed_on, annex=told)
