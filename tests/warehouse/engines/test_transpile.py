"""What Spark is told where the same words would mean something else there, and what no model may say."""

from functools import cache

import pytest
from sqlglot.schema import MappingSchema

from warehouse.engines.spark.lint import refusals
from warehouse.engines.spark.rules import Untranslatable
from warehouse.engines.spark.transpile import schema_of, transpiled


@cache
def schema() -> MappingSchema:
    columns = {
        "key": "VARCHAR",
        "due": "DATE",
        "done": "DATE",
        "at": "TIMESTAMP",
        "share": "DOUBLE",
        "amount": "DECIMAL(9, 2)",
        "place": "INTEGER",
        "names": "VARCHAR[]",
        "payload": "JSON",
    }
    return schema_of({"core.t": columns, "core.u": {"key": "VARCHAR", "other": "INTEGER"}})


def told(expression: str) -> str:
    """One expression over core.t in Spark's words, on one line and without quotes of names."""
    text = " ".join(transpiled(f"select {expression} as x from core.t as t", schema()).split()).replace("`", "")
    return text.removeprefix("SELECT ").removesuffix(" AS x FROM core.t AS t").replace("( ", "(").replace(" )", ")")


TRUNCATED = "DATE_TRUNC(IF(t.place > 1, 'day', 'minute'), CAST(t.at AS TIMESTAMP_NTZ))"
FORMATTED = "CONCAT(t.key, ' of ', (CASE WHEN NOT t.place IS NULL THEN FORMAT_STRING('%03d', t.place) END))"


@pytest.mark.parametrize(
    ("said", "spark"),
    [
        ("names[1]", "GET(t.names, 0)"),
        ("names[place]", "TRY_ELEMENT_AT(t.names, CAST(t.place AS INT))"),
        ("arg_max(key, due)", "MAX_BY(t.key, t.due) FILTER(WHERE NOT t.key IS NULL AND NOT t.due IS NULL)"),
        ("due - done", "CAST(DATEDIFF(t.due, t.done) AS BIGINT)"),
        ("due + 1", "DATE_ADD(t.due, CAST(1 AS INT))"),
        ("at::time", "cast(t.at AS TIME)"),
        ("share::integer", "CAST(RINT(t.share) AS INT)"),
        ("amount::bigint", "CAST(ROUND(t.amount) AS BIGINT)"),
        ("amount / 2", "CAST(t.amount AS DOUBLE) / 2"),
        ("format('{} of {:03d}', key, place)", FORMATTED),
        ("timestamp 'infinity'", "CAST('9999-12-31 23:59:59' AS TIMESTAMP_NTZ)"),
        ("regexp_extract(key, 'a(b)')", "REGEXP_EXTRACT(t.key, 'a(b)', 0)"),
        ("lower(key)", "LOWER_LETTERS(t.key)"),
        ("organ_code(key)", "CAST(ORGAN_CODE(t.key) AS STRING)"),
    ],
)
def test_what_differs_silently_is_said_otherwise(said: str, spark: str) -> None:
    assert told(said) == spark


def test_a_moment_is_cut_by_a_unit_that_is_computed() -> None:
    assert TRUNCATED in told("date_trunc(if(place > 1, 'day', 'minute'), at)")


def test_a_list_keeps_its_order_its_nulls_and_is_null_of_nothing() -> None:
    said = told("list(key order by due) filter (where place > 1)")
    assert said.startswith("(CASE WHEN COUNT(*) FILTER(WHERE t.place > 1) > 0 THEN (TRANSFORM(")
    assert "ARRAY_SORT(COLLECT_LIST(NAMED_STRUCT('key', NAMED_STRUCT('n0', t.due IS NULL, 'k0', t.due)" in said


def test_unnests_of_one_select_run_side_by_side() -> None:
    said = transpiled("select key, unnest(['a', 'b']) as one, unnest([1, 2]) as two from core.t", schema())
    assert said.count("EXPLODE(") == 1
    assert "ARRAYS_ZIP(" in said


def test_a_union_by_name_gives_every_column_in_one_order() -> None:
    said = transpiled("select key, place from core.t union all by name select other, key from core.u", schema())
    assert " ".join(said.replace("`", "").split()) == (
        "SELECT t.key AS key, t.place AS place, NULL AS other FROM core.t AS t"
        " UNION ALL SELECT u.key AS key, NULL AS place, u.other AS other FROM core.u AS u"
    )


def test_a_column_that_stands_in_qualify_alone_is_there() -> None:
    said = transpiled(
        "select key from core.t qualify row_number() over (partition by key order by due) = 1 and share > 0", schema()
    )
    assert "`t`.`share` > 0 AS `kept__`" in said


@pytest.mark.parametrize(
    ("sql", "why"),
    [
        (
            "select key from core.t full join core.u using (key) full join (select 'a' as key) as v using (key)",
            "several full joins",
        ),
        ("select mode(key) as x from core.t", "mode"),
        ("select string_agg(key, ',') as x from core.t", "string_agg without order by"),
        ("select soundex_of(key) as x from core.t", "soundex_of(): not compared"),
        ("select stddev(place) as x from core.t", "Stddev: not compared"),
    ],
)
def test_what_has_not_been_compared_or_has_no_one_meaning_is_refused(sql: str, why: str) -> None:
    assert any(why in one for one in refusals(sql, schema()))


@pytest.mark.parametrize(
    "sql",
    [
        "select regexp_replace(key, 'a', 'b') as x from core.t",
        "select format('{:x}', place) as x from core.t",
        "select date_diff('year', done, due) as x from core.t",
    ],
)
def test_what_no_rule_can_say_is_not_said(sql: str) -> None:
    with pytest.raises(Untranslatable):
        transpiled(sql, schema())
