"""Models are built in few steps, each after what it reads, whatever folders read of each other."""

from assets.models import upstream
from assets.steps import steps
from warehouse import expectations, models
from warehouse.models import Model


def model(path: str, *reads: str) -> Model:
    schema, *subject, name = path.split("/")
    return Model(schema, name, "select 1", "", frozenset(reads), subject="_".join(subject))


def test_a_folder_is_a_step_and_one_that_waits_for_another_in_between_is_two() -> None:
    known = {
        one.table: one
        for one in (
            model("core/units/names", "staging.agencies"),
            model("core/units/heads", "core.rooms"),
            model("core/office/rooms", "core.names", "reference.office"),
            model("staging/agencies", "raw.portal__agencies"),
            model("marts/scoreboard", "core.heads"),
            model("marts/units", "core.names"),
        )
    }
    found = steps(known, {table: set(one.reads) for table, one in known.items()})
    assert {step.name: [one.name for one in step.models] for step in found} == {
        "staging": ["agencies"],
        "core_units": ["names"],
        "core_office": ["rooms"],
        "core_units_2": ["heads"],
        "marts": ["units"],
        "marts_newest": ["scoreboard"],
    }


def test_every_model_is_built_once_and_after_all_that_it_needs() -> None:
    rules = expectations.load()
    known = {one.table: one for one in models.load()}
    needs = {table: upstream(one, known, rules) & known.keys() for table, one in known.items()}
    place = {
        one.table: (number, within)
        for number, step in enumerate(steps(known, needs))
        for within, one in enumerate(step.models)
    }
    assert place.keys() == known.keys()
    step_of = {table: number for table, (number, _) in place.items()}
    waits = {number: {step_of[read] for table in known if step_of[table] == number for read in needs[table]} - {number}
             for number in set(step_of.values())}  # fmt: skip
    done: set[int] = set()
    while ready := {number for number in waits.keys() - done if waits[number] <= done}:
        done |= ready
    assert done == waits.keys(), "steps that wait for each other in a circle"
    within = [(read, table) for table in known for read in needs[table] if step_of[read] == step_of[table]]
    assert [(read, table) for read, table in within if place[read] > place[table]] == []
    assert len(waits) < len(known) / 4
