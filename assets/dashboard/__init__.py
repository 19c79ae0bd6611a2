"""The page for leaders: one self-contained file beside the version it was made of, with no server and no network."""

import base64
import hashlib
from collections import Counter
from datetime import datetime
from time import perf_counter
from typing import Any

import dagster as dg
from jinja2 import Environment, PackageLoader, select_autoescape

from assets.dashboard import questions, words
from assets.dashboard.questions import Book
from assets.dashboard.trends import Trend, trend
from assets.partitions import closing_dates
from assets.run_settings import LOCAL, RunSettings
from assets.tables import count, percent
from connectors.registers.catalogue import REGISTERS
from warehouse import dictionary, published_folder
from warehouse.published_folder import Published
from warehouse.publishing import latest
from warehouse.reading import Row


# One to two megabytes: what a phone still opens at once. The rest stands in the published file, and the page says so.
MOST_RECORDS = 5_000


@dg.asset(
    key=["published", "dashboard"],
    deps=[["published", "mtcl"]],
    group_name="published",
    kinds={"html"},
    partitions_def=closing_dates,
    description="Trang dành cho lãnh đạo: một tệp HTML cạnh bản công bố, mở được trên điện thoại và in ra giấy.",
)
def dashboard(
    context: dg.AssetExecutionContext, run_settings: dg.ResourceParam[RunSettings]
) -> dg.MaterializeResult[None]:
    started = perf_counter()
    published = latest(run_settings.published)
    if published is None:
        raise dg.Failure("Chưa có bản công bố nào để lập trang; hãy chạy công việc daily trước.", allow_retries=False)
    text = page(published)
    file = published_folder.set_page(published, text)
    context.log.info(f"Đã lập trang lãnh đạo của {published.version}")
    return dg.MaterializeResult(
        metadata={
            "Phiên bản": published.version,
            "Trang": dg.MetadataValue.url(file.resolve().as_uri()),
            "Tệp": dg.MetadataValue.path(file),
            "Dung lượng (byte)": len(text.encode()),
            "Thời gian (giây)": round(perf_counter() - started, 3),
        }
    )


def page(published: Published) -> str:
    """The whole page as text; all of it is read from the version's own file."""
    book = Book(published.path)
    board = book.rows(questions.SCOREBOARD)
    templates = environment()
    script = templates.get_template("dashboard.js").render()
    return templates.get_template("dashboard.html").render(
        published=published,
        made_at=datetime.fromisoformat(published.manifest["created_at"]).astimezone(LOCAL),
        as_of=board[0]["as_of"] if board else None,
        board=board,
        verdicts=counted(board),
        trends=trends(book, board),
        rooms=rooms(book, board),
        tables={"units": units(book), "records": records(book)},
        set_aside=book.rows(questions.SET_ASIDE),
        register_gaps=book.rows(questions.REGISTER_GAPS),
        anomalies=book.rows_of("marts.anomaly", questions.ANOMALIES),
        reconciliation=book.rows_of("marts.reconciliation", questions.RECONCILIATION),
        restated=book.rows_of("marts.restatement", questions.RESTATED),
        known_from=book.rows(questions.KNOWN_FROM)[0]["known_from"],
        versions=book.rows(questions.VERSIONS),
        script=script,
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    )


def environment() -> Environment:
    templates = Environment(
        loader=PackageLoader("assets"), autoescape=select_autoescape(), trim_blocks=True, lstrip_blocks=True
    )
    named = dictionary.load()
    templates.filters.update(
        share=words.share,
        percent=percent,
        count=count,
        day=words.day,
        moment=words.moment,
        target=words.target,
        required=words.required,
        sign=words.sign,
        severity=words.severity,
        register=lambda name: REGISTERS[name].sheet if name in REGISTERS else name,
        system=lambda code: named.label("system", code),
    )
    return templates


def counted(board: list[Row]) -> list[tuple[str, int]]:
    found = Counter(row["verdict"] for row in board)
    known = [verdict for verdict in words.ORDER if verdict in found]
    return [(verdict, found[verdict]) for verdict in [*known, *sorted(set(found) - set(known))]]


def trends(book: Book, board: list[Row]) -> list[Trend]:
    months, milestones = book.rows(questions.MONTHS), book.rows(questions.MILESTONES)
    return [
        trend(
            row,
            [month for month in months if month["indicator"] == row["indicator"]],
            [mark for mark in milestones if mark["indicator"] == row["indicator"]],
        )
        for row in board
    ]


def rooms(book: Book, board: list[Row]) -> dict[str, Any]:
    """A line for each room of the Office, a column for each indicator that is told for rooms."""
    found = book.rows(questions.ROOMS)
    lines: dict[str, dict[str, Any]] = {}
    for row in found:
        line = lines.setdefault(row["unit_code"], {"unit_name": row["unit_name"], "cells": {}})
        line["cells"][row["indicator"]] = row
    told = {row["indicator"] for row in found}
    return {"indicators": [row["indicator"] for row in board if row["indicator"] in told], "lines": lines}


def units(book: Book) -> dict[str, Any]:
    """Rows in the order of the columns that dashboard.html names."""
    return {
        "rows": [
            [
                row["view"],
                row["unit_name"] or row["unit_code"],
                row["unit_code"],
                row["denominator"],
                row["denominator"] - row["numerator"],
                row["actual"],
                row["open_dossiers"],
                row["overdue_dossiers"],
            ]
            for row in book.rows(questions.UNITS)
        ]
    }


def records(book: Book) -> dict[str, Any]:
    """At most MOST_RECORDS of them, and how many there are."""
    found = book.rows(questions.RECORDS)
    named = dictionary.load()
    return {
        "total": len(found),
        "rows": [
            [
                row["indicators"],
                named.label("record_kind", row["record_kind"]),
                row["record_key"],
                "" if row["unit_code"] == "?" else row["unit_name"] or row["unit_code"],
                row["occurred_on"].isoformat() if row["occurred_on"] else None,
                row["days_late"],
                row["reason"],
            ]
            for row in found[:MOST_RECORDS]
        ],
    }
