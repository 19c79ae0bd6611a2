"""What a column is made of is read out of the SQL as DuckDB would run it: through stars, unions, structs and JSON."""

import pytest

from tests.column_lineage import traced
from warehouse.contract.lineage import Origin, lineage, steps
from warehouse.models import Model


KNOWN = {
    "raw.portal__dossiers": {"record_key": "varchar", "payload": "varchar"},
    "staging.units": {"code": "varchar", "name": "varchar"},
    "staging.others": {"name": "varchar", "rank": "integer"},
}
MADE_OF = [
    ("select name as unit_name from staging.units", "staging.units.name"),
    ("select coalesce(a.name, b.name) as x from staging.units as a left join staging.others as b using (name)",
     "staging.others.name staging.units.name"),
    ("with w as (select * from staging.units) select w.* exclude (code) from w", "staging.units.name"),
    ("select payload ->> '$.A.b' as x from raw.portal__dossiers", "raw.portal__dossiers.payload:A.b"),
    ("select json_array_length(payload, '$.A') as x from raw.portal__dossiers", "raw.portal__dossiers.payload:A"),
    ("""with w as (select from_json(payload, '{"agency": {"codeName": "VARCHAR"}}') as item from raw.portal__dossiers)
     select lower(w.item.agency.codeName) as x from w""", "raw.portal__dossiers.payload:agency.codeName"),
    ("select unnest([{'x': code}, {'x': name}], recursive := true) from staging.units",
     "staging.units.code staging.units.name"),
    # By name and not by place: the second side has its columns in another order and one fewer.
    ("with w as (select code, name from staging.units union all by name select name from staging.others)"
     " select w.name as x from w", "staging.others.name staging.units.name"),
    ("with w as (select code, name from staging.units union all by name select name from staging.others)"
     " select w.code as x from w", "staging.units.code"),
    ("select count(*) filter (where code = 'A') as x from staging.units", "staging.units.code"),
    ("select arg_max(name, code) as x from staging.units", "staging.units.name"),
    ("select (select max(rank) from staging.others) as x from staging.units", "staging.others.rank"),
    ("select 'đã đóng' as x from staging.units", ""),
]  # fmt: skip


@pytest.mark.parametrize(("sql", "origins"), MADE_OF)
def test_a_column_is_made_of_what_its_expression_reads(sql: str, origins: str) -> None:
    (found,) = traced(Model("core", "x", sql, "", frozenset()), KNOWN).values()
    assert " ".join(sorted(one.written for one in found)) == origins


def test_the_promised_day_of_a_dossier_goes_back_to_the_field_that_the_portal_sends() -> None:
    raw = {one for _, _, one in steps(["marts.dossier_clock"]) if one.table.startswith("raw.")}
    assert Origin("raw.portal__dossiers", "payload", "appointmentDate") in raw
    assert lineage()["marts.scoreboard"]["verdict"] == (Origin("marts.indicator_result", "verdict"),)
    assert [step for step in steps(["marts.dossier_clock"]) if step[0] == "marts.scoreboard"] == []
