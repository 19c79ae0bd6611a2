"""The published tables as files: Parquet for programs, XLSX and CSV with Vietnamese headings for people, their meaning.

One folder per version, complete before its name appears; `latest` names the newest. Tables with a row per closing date
have there the newest one alone; all that are published stand in `history`, a Parquet file for each, written once.
`datapackage.json`, three other forms of the contract (contract/open_formats.py) and an event of OpenLineage stand
beside them, so that other programs find types, keys and meanings by themselves; a Parquet file carries the words of its
columns within.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from warehouse import access, dictionary, excel
from warehouse.contract import open_formats, openlineage
from warehouse.describing import quoted, text
from warehouse.reading import Published
from warehouse.whole_files import UNFINISHED, draft_of, point, sync


LATEST = "latest"
HISTORY = "history"
CLOSING = "closing_date"
# Two, so that whoever copies one while the next is written is not disturbed.
KEPT = 2

MARTS = """
select table_name, column_name, data_type from duckdb_columns()
where schema_name = 'marts' order by table_name, column_index
"""


def export(published: Published, folder: Path, title: str) -> Path:
    """Writes the marts of a version into `folder/<version>` and returns that path. Doing it again changes nothing."""
    target = folder / published.version
    if not target.exists():
        draft = folder / f"{published.version}{UNFINISHED}"
        shutil.rmtree(draft, ignore_errors=True)
        access.make_folder(folder, access.READERS_FOLDER)
        access.make_folder(draft, access.READERS_FOLDER)
        with duckdb.connect(str(published.path), read_only=True) as reader:
            tables = {f"marts.{table}": shape for table, shape in shapes(reader)}
            resources = [
                resource for table, shape in shapes(reader) for resource in write(reader, draft, table, shape, tables)
            ]
            for table, shape in shapes(reader):
                if CLOSING in shape:
                    keep_history(reader, folder / HISTORY / table, table, published.manifest["closing_date"])
        write_contract(draft, published, title, resources, tables)
        draft.rename(target)
    point(target.with_name(LATEST), target.name)
    prune(folder, target)
    return target


def shapes(reader: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, dict[str, str]]]:
    found: dict[str, dict[str, str]] = {}
    for table, column, kind in reader.execute(MARTS).fetchall():
        found.setdefault(table, {})[column] = kind
    yield from found.items()


def write(
    reader: duckdb.DuckDBPyConnection, folder: Path, table: str, shape: dict[str, str], tables: open_formats.Shapes
) -> Iterator[dict[str, Any]]:
    """Both files of a table, and what the package says of them."""
    words = dictionary.load()
    known = words.table(f"marts.{table}")
    parquet = folder / f"{table}.parquet"
    to_parquet(
        reader,
        f"from marts.{table} where {newest_day(f'marts.{table}', CLOSING if CLOSING in shape else None)}",
        parquet,
        {name: column.comment for name in shape for column in [words.column(f"marts.{table}", name)] if column},
    )
    yield {
        "name": table,
        "title": known.label,
        "description": known.description,
        "path": parquet.name,
        "format": "parquet",
        "schema": open_formats.frictionless_schema(f"marts.{table}", shape, tables),
    }
    if known.label:
        closing = words.column(f"marts.{table}", CLOSING) if CLOSING in shape else None
        yield from for_people(reader, folder, table, known, closing.label if closing else None)


def for_people(
    reader: duckdb.DuckDBPyConnection, folder: Path, table: str, words: dictionary.Table, closing: str | None
) -> Iterator[dict[str, Any]]:
    """A workbook of typed cells, and the same as CSV."""
    where = newest_day(f"bao_cao.{quoted(words.label)}", closing)
    told = {"title": words.label, "description": words.description}
    fields = {
        "fields": [
            {"name": name, "type": open_formats.frictionless_type(kind)}
            | ({"format": "any"} if kind.startswith("TIMESTAMP") else {})
            for name, kind in excel.shape(reader, words.label).items()
        ]
    }
    file = folder / f"{table}.csv"
    excel.write_csv(reader, file, words.label, where)
    seal(file)
    yield {
        "name": f"{table}-bao-cao",
        **told,
        "path": file.name,
        "format": "csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "header": True},
        "schema": fields,
    }
    book = folder / f"{table}.xlsx"
    if excel.write_workbook(reader, book, words.label, where):
        seal(book)
        yield {"name": f"{table}-excel", **told, "path": book.name, "format": "xlsx", "schema": fields}


def to_parquet(reader: duckdb.DuckDBPyConnection, query: str, file: Path, words: dict[str, str] | None = None) -> None:
    """`words`: what each column means, kept in the file under the name of the column."""
    kept = ", ".join(f"{quoted(name)}: {text(said)}" for name, said in (words or {}).items())
    told = f", kv_metadata {{{kept}}}" if kept else ""
    reader.execute(f"copy ({query}) to {text(str(file))} (format parquet, compression zstd{told})")
    seal(file)


def newest_day(table: str, closing: str | None) -> str:
    """Of a table with a row per closing date, whose column is named; everything of another."""
    return f"{quoted(closing)} = (select max({quoted(closing)}) from {table})" if closing else "true"


def keep_history(reader: duckdb.DuckDBPyConnection, folder: Path, table: str, made: str) -> None:
    """A file for each closing date that is published, in Hive's way of naming; `made` is the one that was made anew."""
    days = [str(day) for (day,) in reader.execute(f"select distinct {CLOSING} from marts.{table}").fetchall()]
    for day in days:
        file = folder / f"{CLOSING}={day}" / f"{table}.parquet"
        if day == made or not file.exists():
            access.make_folder(file.parent, access.READERS_FOLDER)
            draft = draft_of(file)
            draft.unlink(missing_ok=True)
            to_parquet(reader, f"from marts.{table} where {CLOSING} = date '{day}'", draft)
            draft.replace(file)
    for old in folder.glob(f"{CLOSING}=*"):
        if old.name.removeprefix(f"{CLOSING}=") not in days:
            shutil.rmtree(old)


def write_contract(
    folder: Path, published: Published, title: str, resources: list[dict[str, Any]], tables: open_formats.Shapes
) -> None:
    manifest = published.manifest
    edition = open_formats.Edition(title, published.version, manifest["created_at"], manifest["newest_closing_date"])
    package = {
        "profile": "data-package",
        "name": "muc-tieu-chat-luong",
        "title": title,
        "version": published.version,
        "created": manifest["created_at"],
        "licenses": [{"name": "other-closed", "title": open_formats.LICENCE}],
        "resources": resources,
    }
    rows = {table: facts["rows"] for table, facts in manifest["tables"].items()}
    # Every JSON text is YAML too; a YAML writer would take ten times as long.
    written = {
        "datapackage.json": package,
        "contract.odcs.yaml": open_formats.odcs(edition, tables),
        "semantic_model.ossie.yaml": open_formats.ossie(edition, tables),
        "dcat.jsonld": open_formats.dcat(edition, tables),
        "openlineage.json": openlineage.event(edition, manifest["run_id"], tables, rows),
    }
    for name, content in written.items():
        file = folder / name
        file.write_text(json.dumps(content, ensure_ascii=False, indent=2), encoding="utf-8")
        seal(file)


def seal(file: Path) -> None:
    sync(file)
    file.chmod(access.READERS_FILE)


def prune(folder: Path, newest: Path) -> None:
    others = [path for path in folder.glob("mtcl-*") if path.is_dir() and path != newest]
    for path in sorted(others, key=lambda path: path.stat().st_mtime, reverse=True)[KEPT - 1 :]:
        shutil.rmtree(path)
