"""What exists, in which group, and what waits for what: the picture an officer sees, and the order a run keeps."""

import dagster as dg
import pytest
from dagster._core.definitions.assets.graph.asset_graph import AssetGraph  # no public name for what Definitions give

import assets
from assets import privacy
from assets.raw.outcomes import WAS_READ
from assets.sources import collections
from warehouse import expectations, models


OBJECTS = dict.fromkeys(("run_settings", "database", "connections"), object())


@pytest.fixture(scope="module")
def graph() -> AssetGraph:
    return dg.Definitions(assets=dg.load_assets_from_package_module(assets), resources=OBJECTS).resolve_asset_graph()


def key(name: str) -> dg.AssetKey:
    return dg.AssetKey(name.replace("/", ".").split("."))


def upstream(graph: AssetGraph, name: str) -> set[str]:
    """Everything that is made before `name`."""
    found: set[dg.AssetKey] = set()
    waiting = [key(name)]
    while waiting:
        parents = graph.get(waiting.pop()).parent_keys - found
        found |= parents
        waiting.extend(parents)
    return {"/".join(parent.path) for parent in found}


def test_every_raw_table_and_every_model_is_an_asset_of_its_name(graph: AssetGraph) -> None:
    made = {"/".join(asset.path) for asset in graph.materializable_asset_keys}
    raw = {f"raw/{source.table(collection)}" for source, collection in collections()}
    known = models.load()
    schemas = {model.schema for model in known}
    assert made >= raw | {model.table.replace(".", "/") for model in known}
    others = {name for name in made - raw if name.split("/")[0] not in schemas}
    assert {name.split("/")[0] for name in others} == {"reference", "published", "reports"}


def test_nothing_waits_for_an_asset_that_nobody_makes(graph: AssetGraph) -> None:
    assert not graph.get_all_asset_keys() - graph.materializable_asset_keys


def test_groups_are_the_layers(graph: AssetGraph) -> None:
    groups = {asset.key.path[0]: asset.group_name for asset in graph.asset_nodes}
    assert groups == {schema: schema for schema in groups}


def test_every_asset_speaks_to_the_officer(graph: AssetGraph) -> None:
    assert [asset.key for asset in graph.asset_nodes if not asset.description] == []


def test_results_are_made_for_a_closing_date_and_extraction_is_not(graph: AssetGraph) -> None:
    partitioned = {asset.key.path[0] for asset in graph.asset_nodes if asset.partitions_def}
    assert partitioned == {"staging", "core", "anomalies", "indicators", "marts", "published", "reports", "reference"}
    of_reference = {
        asset.key.path[1] for asset in graph.asset_nodes if asset.partitions_def and asset.key.path[0] == "reference"
    }
    assert of_reference == {"closing"}
    assert graph.get(key("marts.scoreboard")).partitions_def is None  # always that of the newest closing date


def test_every_rule_is_a_check_and_the_critical_ones_block(graph: AssetGraph) -> None:
    rules = {
        (key(table), rule.name): rule.severity == "critical"
        for table, own in {**expectations.load(), privacy.TABLE: [privacy.RULE]}.items()
        for rule in own
    }
    checks = {(check.asset_key, check.name): graph.get_check_spec(check).blocking for check in graph.asset_check_keys}
    read = {(key(f"raw.{source.table(collection)}"), WAS_READ): False for source, collection in collections()}
    assert checks == rules | read


def test_the_closing_date_is_set_after_the_dossiers_are_landed_and_before_they_are_typed(graph: AssetGraph) -> None:
    assert "raw/portal__dossiers" in upstream(graph, "reference/closing")
    assert "reference/closing" in upstream(graph, "staging/portal__dossiers")


def test_procedures_in_full_are_asked_after_the_lists_that_say_which(graph: AssetGraph) -> None:
    assert upstream(graph, "raw/tthc__procedures") == {
        "raw/tthc__procedure_list",
        "raw/tthc__public_procedures",
        "raw/tthc__decisions",
        "raw/tthc__decision_procedures",
    }


def test_a_table_without_the_records_set_aside_waits_for_whoever_sets_them_aside(graph: AssetGraph) -> None:
    assert "core/dossier_intake" in upstream(graph, "core/dossiers")


def test_the_scoreboard_stands_on_dossiers_calendar_and_targets(graph: AssetGraph) -> None:
    assert upstream(graph, "marts/scoreboard") >= {
        "raw/portal__dossiers",
        "staging/portal__dossiers",
        "core/dossier_clock",
        "indicators/mt1",
        "indicators/mt1a",
        "indicators/mt1b",
        "marts/indicator_result",
        "reference/calendar",
        "reference/targets",
    }


def test_nothing_is_published_before_every_model_is_built_and_checked(graph: AssetGraph) -> None:
    built = {model.table.replace(".", "/") for model in models.load()}
    assert upstream(graph, "published/mtcl") >= built | {"reference/closing"}
    assert "published/mtcl" in upstream(graph, "reports/objectives")
