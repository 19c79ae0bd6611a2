"""What has not changed is not made again; any single thing that a table stands on, changed, makes what stands on it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.support.source import Clock, pages, record
from warehouse import building, ledger, raw_integrity, unchanged, verdicts
from warehouse.database import Database
from warehouse.expectations import Rule
from warehouse.landing import Extraction
from warehouse.models import Model, base_tables, syntax_tree
from warehouse.raw_tables import PLACEHOLDER
from warehouse.validation import Outcome, validate


DAY = date(2025, 7, 1)


def model(table: str, sql: str, kind: str = "table") -> Model:
    schema, name = table.split(".")
    return Model(schema, name, sql, "", frozenset(base_tables(syntax_tree(sql))), kind=kind)  # type: ignore[arg-type]


STAGED = model(
    "staging.portal__dossiers",
    """
with newest as (
    select version.*
    from raw.portal__dossiers as version, reference.closing as closing
    where version.first_seen_at < closing.known_until
)

select record_key, payload ->> '$.body' as body, withdrawn_at is null as is_there from newest
""",
)
NAMED = model("core.named", "select body, name from staging.portal__dossiers inner join reference.names using (body)")
COUNTED = model("core.counted", "select name, count(*) as times from core.named group by name")
DATED = model("core.dated", "select times, closing_date from core.counted, reference.closing")
KEYS = model("staging.keys", "select record_key from staging.portal__dossiers", kind="view")
MODELS = [STAGED, NAMED, COUNTED, DATED, KEYS]


def land(warehouse: Database, **bodies: str) -> None:
    with Extraction(warehouse, "portal", "dossiers", run_id="run") as extraction:
        for page in pages(record(key, body) for key, body in bodies.items()):
            extraction.add(page)
        extraction.finish(complete=True)


def night(warehouse: Database, models: list[Model], day: date = DAY) -> set[str]:
    """The tables that a night makes, by their names without schema."""
    ledger.set_closing(warehouse, day, f"run of {warehouse.clock()}")
    return {one.name for one in models if unchanged.make(warehouse, one).is_new}


@pytest.fixture
def first_night(warehouse: Database) -> Database:
    warehouse.query("create table reference.names as from (values ('a', 'An'), ('b', 'Bình')) as t(body, name)")
    land(warehouse, K1="a", K2="b")
    assert night(warehouse, MODELS) == {one.name for one in MODELS}
    return warehouse


def test_a_night_that_brings_nothing_makes_nothing(first_night: Database, clock: Clock) -> None:
    """Though every record was seen again by another run, at another time."""
    clock.now += timedelta(hours=1)
    land(first_night, K1="a", K2="b")
    assert night(first_night, MODELS) == set()


def test_a_raw_row_makes_what_stands_on_it(first_night: Database) -> None:
    land(first_night, K1="a", K2="b", K3="b")
    assert night(first_night, MODELS) == {"portal__dossiers", "named", "counted", "dated", "keys"}
    assert first_night.query("select times from core.counted order by name") == [(1,), (2,)]


def test_a_change_that_comes_to_nothing_stops_where_it_does(first_night: Database) -> None:
    land(first_night, K1="a", K2="b", K3="of no name")
    assert night(first_night, MODELS) == {"portal__dossiers", "named", "keys"}


def test_a_record_that_the_source_dropped_is_a_change(first_night: Database) -> None:
    land(first_night, K1="a")
    assert "portal__dossiers" in night(first_night, MODELS)


def test_a_payload_written_over_in_its_place_is_a_change(first_night: Database) -> None:
    """The hash beside it stays what it was: that is how the damage is known."""
    first_night.query("update raw.portal__dossiers set payload = 'damaged' where record_key = 'K1'")
    assert raw_integrity.verify(first_night, lambda told: None) == 1
    assert "portal__dossiers" in night(first_night, MODELS)
    assert first_night.query("select payload from raw.portal__dossiers where record_key = 'K1'") == [(PLACEHOLDER,)]


def test_a_reference_row_makes_what_stands_on_it(first_night: Database) -> None:
    first_night.query("update reference.names set name = 'Ân' where body = 'a'")
    assert night(first_night, MODELS) == {"named", "counted", "dated"}


def test_a_reference_column_of_another_name_is_a_change(first_night: Database) -> None:
    reading = model("core.reading", "select * from reference.names")
    night(first_night, [reading])
    first_night.query("alter table reference.names rename name to title")
    assert night(first_night, [reading]) == {"reading"}


def test_a_row_of_a_derived_table_that_somebody_wrote_over_is_made_anew(first_night: Database) -> None:
    first_night.query("update core.counted set times = 99 where name = 'An'")
    assert night(first_night, MODELS) == {"counted"}
    assert first_night.query("select times from core.dated order by all") == [(1,), (1,)]
    assert first_night.query("select times from core.counted order by all") == [(1,), (1,)]


def test_what_is_to_prove_a_publication_is_made_anew(first_night: Database) -> None:
    unchanged.forget(first_night)
    assert night(first_night, MODELS) == {one.name for one in MODELS}


def test_another_text_makes_the_table(first_night: Database) -> None:
    other = replace(COUNTED, sql=COUNTED.sql.replace("count(*)", "2 * count(*)"))
    assert night(first_night, [STAGED, NAMED, other, DATED, KEYS]) == {"counted", "dated"}


def test_a_day_makes_what_speaks_of_the_day(first_night: Database) -> None:
    """What is only cut by it is made where another record lies before the cut."""
    assert night(first_night, MODELS, DAY + timedelta(days=1)) == {"dated"}


def test_a_day_before_a_record_was_seen_cuts_it(first_night: Database, clock: Clock) -> None:
    clock.now += timedelta(days=1)
    land(first_night, K1="a", K2="b", K3="b")
    assert "portal__dossiers" in night(first_night, MODELS, DAY + timedelta(days=1))
    assert "portal__dossiers" in night(first_night, MODELS, DAY)
    assert first_night.query("select count(*) from staging.portal__dossiers") == [(2,)]


@pytest.mark.parametrize(
    "sql",
    [
        "select distinct * from reference.closing",
        "select count(*) from (select distinct * from reference.closing)",
        "select to_json(closing) as facts from reference.closing as closing",
        "select * from reference.closing",
        "select run_id from reference.closing",
    ],
)
def test_a_column_that_a_star_brings_along_counts(first_night: Database, clock: Clock, sql: str) -> None:
    reading = model("core.reading", sql)
    night(first_night, [reading])
    night(first_night, [reading])
    clock.now += timedelta(hours=1)
    assert night(first_night, [reading]) == {"reading"}


def test_a_build_that_was_cut_off_is_made_again(first_night: Database) -> None:
    """Killed between the table and the note of what it was made of."""
    building.build(first_night, COUNTED)
    assert night(first_night, MODELS) == {"counted"}


def test_a_table_that_is_gone_is_made_again(first_night: Database) -> None:
    first_night.query("drop table core.counted")
    assert night(first_night, MODELS) == {"counted"}


def test_a_partition_is_made_by_every_run(first_night: Database) -> None:
    parted = replace(DATED, name="parted", partitioned=True)
    assert night(first_night, [parted]) == night(first_night, [parted]) == {"parted"}


def test_after_a_week_a_table_is_made_again_and_comes_out_the_same(first_night: Database, clock: Clock) -> None:
    clock.now += timedelta(days=8)
    assert night(first_night, MODELS) == {one.name for one in MODELS}
    assert night(first_night, MODELS) == set()


def test_a_table_that_comes_out_otherwise_stops_the_run_that_finds_it(first_night: Database, clock: Clock) -> None:
    """As a model that is no function of what it reads."""
    drawn = model("core.drawn", "select name, random() as drawn from reference.names")
    night(first_night, [drawn])
    clock.now += timedelta(days=8)
    with pytest.raises(unchanged.Differs, match=r"Bảng core\.drawn .* lập lại từ cùng dữ liệu thì ra khác"):
        night(first_night, [drawn])
    assert night(first_night, [drawn]) == set()


RULE = Rule(
    name="name_is_known",
    expectation="UnexpectedRowsExpectation",
    kwargs={"unexpected_rows_query": "select * from {batch} where name not in (select name from reference.names)"},
    severity="warning",
    message="Tên lạ",
    advice="Sửa",
    key=("name",),
)


def asked(warehouse: Database, rule: Rule, run_id: str) -> list[Outcome] | None:
    """What stood; where nothing stood the rule is asked and its verdict kept."""
    of_what = verdicts.asked(warehouse, COUNTED.table, [rule])
    standing = verdicts.standing(warehouse, COUNTED.table, [rule], of_what)
    outcomes = standing or validate(warehouse, COUNTED.table, [rule])
    ledger.record_checks(warehouse, run_id, COUNTED.table, outcomes)
    verdicts.note(warehouse, COUNTED.table, of_what, run_id)
    return standing


def test_a_rule_that_was_met_is_not_asked_of_the_same_rows_again(first_night: Database) -> None:
    assert asked(first_night, RULE, "first") is None
    assert asked(first_night, RULE, "second") == [Outcome(RULE, True, 0, 2, [])]
    assert asked(first_night, RULE, "third") == [Outcome(RULE, True, 0, 2, [])]


@pytest.mark.parametrize(
    "change",
    [
        "insert into reference.names values ('x', 'Xuân')",
        "insert into core.counted values ('An', 1)",
    ],
)
def test_a_rule_is_asked_again_where_what_it_reads_has_changed(first_night: Database, change: str) -> None:
    asked(first_night, RULE, "first")
    first_night.query(change)
    assert asked(first_night, RULE, "second") is None


def test_a_rule_of_other_words_is_asked_again(first_night: Database) -> None:
    asked(first_night, RULE, "first")
    assert asked(first_night, replace(RULE, message="Tên không có trong danh mục"), "second") is None


def test_a_rule_that_is_broken_is_asked_again(first_night: Database) -> None:
    """The ledger does not hold which records break it."""
    broken = replace(RULE, kwargs={"unexpected_rows_query": "select * from {batch} where times = 1"})
    asked(first_night, broken, "first")
    assert asked(first_night, broken, "second") is None
