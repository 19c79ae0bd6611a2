"""The report as one HTML page without any other file, and as PDF."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, PackageLoader, select_autoescape

from assets.reports.paper import columns
from assets.reports.paper.charts import Chart
from assets.reports.paper.content import Report


TYPST = Path(__file__).parents[1] / "templates" / "paper.typ"
TABLES = {
    "objectives": columns.MAIN,
    "companions": columns.COMPANIONS,
    "risks": columns.RISKS,
    **{name: fields for _, name, fields in columns.ANNEXES},
}


def html(report: Report, charts: Sequence[Chart]) -> str:
    templates = Environment(
        loader=PackageLoader("assets.reports"), autoescape=select_autoescape(), trim_blocks=True, lstrip_blocks=True
    )
    return templates.get_template("paper.html").render(
        **report.texts, tables=TABLES, annexes=columns.ANNEXES, charts=charts
    )


def pdf(report: Report, charts: Sequence[Chart]) -> bytes:
    """What records hold goes in as data, so nothing in them is read as markup."""
    import typst

    told = {
        **report.texts,
        "tables": {name: [list(field) for field in fields] for name, fields in TABLES.items()},
        "annexes": [[title, name] for title, name, _ in columns.ANNEXES],
        "charts": charts,
    }
    made = typst.compile(str(TYPST), format="pdf", sys_inputs={"report": json.dumps(told, ensure_ascii=False)})
    assert isinstance(made, bytes)
    return made
