"""What the world shows on a day, and how it moves on."""

import json
from dataclasses import replace
from datetime import date, datetime

import pytest

from connectors.simulator import people
from connectors.simulator.catalogue import national_rows, procedures
from connectors.simulator.json_fragments import dossier_id, index_of
from connectors.simulator.world import World


Item = dict[str, object]


def _items(world: World) -> dict[str, Item]:
    rendered = world.renderer.items(world.state.newest_first)
    return {item["id"]: item for item in map(json.loads, rendered)}


@pytest.fixture(scope="module")
def world() -> World:
    return World(dossiers=4_400)


@pytest.fixture(scope="module")
def items(world: World) -> dict[str, Item]:
    return _items(world)


def _instant(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%f%z")


def test_the_default_world_is_as_large_as_promised():
    default = World()
    assert default.state.visible.sum() >= 20_000
    assert len(default.catalogue) == 1_900
    assert len({procedure.code for procedure in default.catalogue}) == 1_900


def test_the_first_thousand_procedures_are_the_real_ones():
    real = {row["code"]: row["name"] for row in national_rows()}
    offered = {p.code: p.name for p in procedures() if p.code == p.nation_code}
    assert len(real) == 1_000
    assert offered == real


def test_the_directory_holds_the_province_and_what_closed():
    codes = {agency.code: agency.name for agency in World().agencies}
    assert codes["H19.02"] == "Văn phòng UBND tỉnh"
    assert codes["H19.02.20"] == "Trung tâm Phục vụ hành chính công tỉnh"
    assert sum(code.startswith("H19.1") and len(code) == 7 for code in codes) == 95
    assert {"H19.22", "H19.32", "H10", "H10.21"} <= set(codes)
    before = World(today=date(2025, 6, 30)).agencies
    assert sum(agency.kind == "commune" for agency in before) == 0


def test_codes_and_ids_are_unique_and_an_id_leads_back(items: dict[str, Item]):
    assert len({item["code"] for item in items.values()}) == len(items)
    assert index_of(dossier_id(123_456)) == 123_456
    assert index_of("6730d0c8" + "0" * 16) is None
    assert index_of("no id") is None


def test_both_styles_of_organ_codes_are_in_use(items: dict[str, Item]):
    written = {item["agency"]["code"] for item in items.values()}
    assert any(code.startswith("000.") for code in written)
    assert any(code.startswith("H19.1") for code in written)


def test_personal_data_are_on_the_wire(world: World):
    text = "".join(world.renderer.items(world.state.newest_first[:200]))
    for trace in (f'"{people.PHONE_PREFIX}', f'"{people.ID_PREFIX}0', people.MAIL_DOMAIN, "Số "):
        assert trace in text


def test_an_earlier_day_shows_less_and_nothing_of_the_future(world: World, items: dict[str, Item]):
    midsummer = replace(world, today=date(2025, 7, 10))
    then = _items(midsummer)
    evening = datetime.fromisoformat("2025-07-10T18:00:00+07:00")
    assert 0 < len(then) < len(items)
    assert set(then) < set(items)
    for item in then.values():
        assert _instant(item["updatedDate"]) <= evening


def test_whatever_changes_moves_its_updated_date(world: World):
    """The promise that incremental reading rests on."""
    evening = datetime.fromisoformat("2025-09-08T18:00:00+07:00")
    before = _items(replace(world, today=date(2025, 9, 8)))
    after = _items(replace(world, today=date(2025, 9, 11)))
    changed = [item for key, item in after.items() if before.get(key) != item]
    assert changed
    assert all(_instant(item["updatedDate"]) > evening for item in changed)


def test_another_seed_is_another_world(items: dict[str, Item]):
    other = _items(World(seed=1, dossiers=4_400))
    assert sum(items[key] == other[key] for key in items.keys() & other.keys()) == 0
