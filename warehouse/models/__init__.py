"""Loads the SQL files beside it: path is name, reads come from the SQL itself, order from the reads."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any, Literal

import duckdb


FOLDER = Path(__file__).parent
PARTITIONED = "partitioned by closing_date"
# A model of an indicator that is counted record by record says so, and stands in indicators.records by that.
JUDGED = "one row per judged record"
# What an objective may be counted from by data, beside the registers of the rooms: name → model.
COUNTABLE = {"dossiers": "countable_dossiers"}


# What nobody could see is undetermined: a record of days after its source was read last, or of a source never read.
UNREAD = "core.unread_indicators"
JUDGED_RECORDS = f"""
select judged.* exclude (unread_reason, is_unseen) replace (
    if(is_unseen, 'undetermined', outcome)          as outcome,
    if(is_unseen, 'CHUA_DOC_NGUON', reason_code)    as reason_code,
    if(is_unseen, unread_reason, reason)            as reason,
    if(is_unseen, null, days_late)                  as days_late
) from (
    select
        record.*,
        unread.reason                               as unread_reason,
        unread.indicator is not null and record.outcome <> 'excluded' and (
            unread.read_on is null or (record.basis = 'flow' and record.on_date > unread.read_on)
        )                                           as is_unseen
    from ({{parts}}) as record
    left join {UNREAD} as unread using (indicator, definition)
) as judged
"""


class ModelError(Exception):
    """A model file that cannot be used; the message names it."""


@dataclass(frozen=True)
class Model:
    schema: str
    name: str
    sql: str
    description: str
    reads: frozenset[str]
    partitioned: bool = False
    judges_records: bool = False
    # The folder within the schema; it puts models in order for people and is no part of the name.
    subject: str = ""
    kind: Literal["table", "view"] = "table"

    @property
    def table(self) -> str:
        return f"{self.schema}.{self.name}"


def load(folder: Path = FOLDER) -> list[Model]:
    """All models, each after those it reads; names decide where reads do not, so the order is always the same."""
    models = {model.table: model for path in sorted(folder.glob("*/**/*.sql")) for model in [read_model(path, folder)]}
    every = models.values()
    for composed in (staged_keys(every), countable_rows(every), judged_records(every)):
        if composed:
            models[composed.table] = composed
    sorter = TopologicalSorter({table: model.reads for table, model in models.items()})
    try:
        sorter.prepare()
    except CycleError as error:
        raise ModelError(f"models read each other in a circle: {' -> '.join(error.args[1])}") from error
    return [models[table] for table in in_stable_order(sorter) if table in models]


def staged_keys(models: Collection[Model]) -> Model | None:
    """`staging.keys`: the records of every collection as staged; a collection is what is staged under its raw name."""
    raw = {table.removeprefix("raw.") for model in models for table in model.reads if table.startswith("raw.")}
    names = sorted(model.name for model in models if model.schema == "staging" and model.name in raw)
    if not names:
        return None
    parts = [
        f"select '{system}' as system, '{resource}' as resource, record_key from staging.{system}__{resource}"
        for system, _, resource in (name.partition("__") for name in names)
    ]
    return Model(
        schema="staging",
        name="keys",
        sql="\nunion all\n".join(parts),
        description="Khóa của mọi bản ghi đã chuẩn hóa, theo hệ thống và bảng nguồn.",
        reads=frozenset(f"staging.{name}" for name in names),
        kind="view",
    )


def countable_rows(models: Collection[Model]) -> Model | None:
    """`staging.countable_rows`: the rows of each register, and of what is `COUNTABLE`, that an indicator asks for."""
    registers = {
        model.name.removeprefix("registers__"): model.table
        for model in models
        if model.table.startswith("staging.registers__") and not model.name.endswith(("__files", "__rejections"))
    }
    others = {name: model.table for name, wanted in COUNTABLE.items() for model in models if model.name == wanted}
    if not others:
        return None
    parts = [
        f"select '{name}' as register_name, record_key, to_json(counted)::varchar as facts from {table} as counted"
        f" where '{name}' in (select register_name from reference.register_indicators)"
        for name, table in sorted((registers | others).items())
    ]
    return Model(
        schema="staging",
        name="countable_rows",
        sql="\nunion all\n".join(parts),
        description="Dòng của các sổ mà mục tiêu khai báo bằng dữ liệu cần đến, mỗi dòng một văn bản JSON.",
        reads=frozenset((*registers.values(), *others.values(), "reference.register_indicators")),
    )


def judged_records(models: Collection[Model]) -> Model | None:
    """`indicators.records`: the rows of every model that judges records."""
    tables = sorted(model.table for model in models if model.judges_records)
    if not tables:
        return None
    return Model(
        schema="indicators",
        name="records",
        sql=JUDGED_RECORDS.format(parts="\nunion all by name\n".join(f"select * from {table}" for table in tables)),
        description=(
            "Mọi bản ghi đã xét của các chỉ tiêu ngoài MT1: đạt, không đạt, loại trừ hay chưa đủ căn cứ, kèm lý do."
        ),
        reads=frozenset((*tables, UNREAD)),
    )


def in_stable_order(sorter: TopologicalSorter[str]) -> Iterator[str]:
    while sorter.is_active():
        ready = sorted(sorter.get_ready())
        yield from ready
        sorter.done(*ready)


def read_model(path: Path, folder: Path) -> Model:
    sql = path.read_text(encoding="utf-8")
    comments = leading_comments(sql)
    return Model(
        schema=path.relative_to(folder).parts[0],
        subject="_".join(path.relative_to(folder).parts[1:-1]),
        name=path.stem,
        sql=sql,
        # The first line is for people; what follows explains the SQL.
        description=next((line for line in comments if line not in (PARTITIONED, JUDGED)), ""),
        reads=reads(sql, path),
        partitioned=PARTITIONED in comments,
        judges_records=JUDGED in comments,
    )


def leading_comments(sql: str) -> list[str]:
    comments = []
    for line in sql.splitlines():
        if not line.startswith("--"):
            break
        comments.append(line.removeprefix("--").strip())
    return comments


@cache
def reads(sql: str, path: Path) -> frozenset[str]:
    """Known after the first time: a run loads the models for its definitions, for its page and for its publication."""
    tree = syntax_tree(sql)
    if tree["error"]:
        raise ModelError(f"{path}: {tree['error_message']}")
    if len(tree["statements"]) != 1:
        raise ModelError(f"{path}: one select per file, found {len(tree['statements'])}")
    return frozenset(base_tables(tree))


def syntax_tree(sql: str) -> Any:
    """What DuckDB's parser makes of a text, without running or binding anything; `error` where it makes nothing."""
    return json.loads(syntax_text(sql))


def syntax_text(sql: str) -> str:
    """The same as DuckDB writes it."""
    # Not get_table_names: it binds, and so fails on tables that do not exist yet.
    ((text,),) = parser().cursor().execute("select json_serialize_sql($1::varchar)", [sql]).fetchall()
    return str(text)


@cache
def parser() -> duckdb.DuckDBPyConnection:
    """Of all threads: each asks it by a cursor of its own."""
    return duckdb.connect()


def base_tables(node: Any) -> Iterator[str]:
    """Tables with a schema; names of CTEs have none."""
    if isinstance(node, list):
        for part in node:
            yield from base_tables(part)
    elif isinstance(node, dict):
        if node.get("type") == "BASE_TABLE" and node.get("schema_name"):
            yield f"{node['schema_name']}.{node['table_name']}"
        for part in node.values():
            yield from base_tables(part)
