"""Every question that pages and reports ask: of a full publication, of an empty one, and of one that is too old."""

import importlib
import pkgutil
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

import duckdb
import pytest

from assets import reports
from assets.reports.asking import FOLDER, Publication, Question, WrongShape
from assets.reports.office import OFFICE
from assets.reports.page import questions
from warehouse import reading
from warehouse.reading import NothingPublished, TooOld


def all_questions() -> dict[str, Question[Any]]:
    modules = [
        importlib.import_module(found.name)
        for found in pkgutil.walk_packages(reports.__path__, f"{reports.__name__}.")
        if not found.ispkg
    ]
    told = [value for module in modules for value in vars(module).values() if isinstance(value, Question)]
    return {question.name: question for question in told}


QUESTIONS = all_questions()
# What the questions are asked about; a dossier's code is one of the province's own.
VALUES: dict[str, object] = {
    "applicants": "to_chuc",
    "closing_date": date(2025, 12, 31),
    "day": date(2025, 12, 30),
    "days_ahead": 3,
    "kind": "year_to_date",
    "list_code": None,
    "period_end": date(2025, 12, 31),
    "start": date(2025, 1, 1),
    "unit": None,
    "unit_code": None,
    "until": date(2025, 12, 31),
    "year": 2025,
}
# Nothing to tell: no milestone is decided, nothing was published before, no register has a wrong row, no unit is named,
# nothing has cases enough for a control chart.
WITHOUT_ROWS = {
    "closed_periods",
    "digest/rejections",
    "rehearsal",
    "statements/changed_figures",
    "page/register_gaps",
    "page/milestones",
    "page/restated",
    "paper/control",
    "paper/milestones",
    "paper/unit",
    "explanation/due_changes",
}


@pytest.fixture(scope="module")
def full(first_night: Path) -> Publication:
    return Publication((first_night / "published" / reading.POINTER).resolve())


@pytest.fixture(scope="module")
def empty(full: Publication, tmp_path_factory: pytest.TempPathFactory) -> Publication:
    """All tables of a publication, and not a row in any."""
    file = tmp_path_factory.mktemp("empty") / "mtcl.duckdb"
    with duckdb.connect(str(file)) as writer:
        writer.execute(f"attach '{full.path}' as full_one (read_only)")
        for schema, table in writer.execute(
            "select schema_name, table_name from duckdb_tables() where database_name = 'full_one'"
        ).fetchall():
            writer.execute(f"create schema if not exists {schema}")
            writer.execute(f"create table {schema}.{table} as from full_one.{schema}.{table} limit 0")
    return Publication(file)


@pytest.fixture(scope="module")
def codes(full: Publication) -> dict[str, str]:
    """A dossier for each question about one: paused and suspected, set aside, not accepted."""
    found = {
        "explanation/rejections": "select any_value(dossier_code) from core.dossier_rejections",
        "explanation/not_accepted": "select any_value(dossier_code) from core.dossier_clock where not is_counted",
        "explanation/suspicions": "select any_value(record_key) from marts.anomaly where record_kind = 'dossier'",
        "": "select any_value(dossier_code) from core.dossier_pauses",
    }
    return {name: reading.ask(full.path, sql).rows[0][0] for name, sql in found.items()}


def holds(value: object, hint: Any) -> bool:
    """Whether a value is what a row's annotation says."""
    if isinstance(hint, UnionType):
        return any(holds(value, part) for part in get_args(hint))
    if get_origin(hint) is list:
        return isinstance(value, list) and all(holds(item, get_args(hint)[0]) for item in value)
    return type(value) is hint


def test_every_file_is_asked_by_one_question() -> None:
    files = {str(path.relative_to(FOLDER).with_suffix("")) for path in FOLDER.rglob("*.sql")}
    assert files == set(QUESTIONS)


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_the_answer_has_rows_of_the_types_that_the_code_uses(
    full: Publication, codes: dict[str, str], name: str
) -> None:
    question, code = QUESTIONS[name], codes.get(name, codes[""])
    rows = full.ask(question, **VALUES, code=code, written=code)
    assert bool(rows) == (name not in WITHOUT_ROWS)
    hints = get_type_hints(question.row)
    wrong = {
        (column, type(getattr(row, column)).__name__)
        for row in rows
        for column in question.columns
        if not holds(getattr(row, column), hints[column])
    }
    assert wrong == set()
    assert len(full.frame(question, **VALUES, code=code, written=code)) == len(rows)


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_an_empty_publication_answers_with_no_row(empty: Publication, name: str) -> None:
    assert empty.ask(QUESTIONS[name], **VALUES, code="H19-1", written="H19-1") == []


def test_a_column_more_or_less_than_the_row_has_is_told(full: Publication) -> None:
    @dataclass(frozen=True)
    class Renamed:
        known_since: date

    with pytest.raises(WrongShape, match=r"page/closing: \['known_from', 'known_since'\]"):
        full.ask(Question("page/closing", Renamed))


def test_a_version_from_before_a_table_says_so(full: Publication, tmp_path: Path) -> None:
    copy = shutil.copyfile(full.path, tmp_path / "mtcl-2025-01-01-1.duckdb")
    with duckdb.connect(str(copy)) as writer:
        writer.execute("drop table marts.anomaly")
        writer.execute("drop table reference.office")
    old = Publication(copy)
    assert old.ask_if_held(questions.ANOMALIES) is None
    assert old.ask_if_held(questions.VERSIONS)
    with pytest.raises(TooOld, match=r"mtcl-2025-01-01-1 do phần mềm cũ lập.*office"):
        old.ask(OFFICE)


def test_before_the_first_publication_every_question_says_so(tmp_path: Path) -> None:
    with pytest.raises(NothingPublished, match="Chưa có bản công bố nào; hãy chạy"):
        Publication(tmp_path / reading.POINTER).ask(OFFICE)
