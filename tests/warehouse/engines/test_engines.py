"""Whatever is chosen, a model without its proof is built by DuckDB, and nothing of Spark is there unless asked for."""

from pathlib import Path

import pytest

from warehouse import engines
from warehouse.database import Database
from warehouse.engines.spark import macros, proven
from warehouse.engines.spark.engine import Distributed
from warehouse.engines.spark.session import NoJava
from warehouse.models import Model, load


MODEL = Model(schema="core", name="one", sql="select 1 as one", description="", reads=frozenset())


def test_duckdb_builds_unless_something_else_is_chosen(warehouse: Database, tmp_path: Path) -> None:
    with engines.chosen("duckdb", warehouse, tmp_path / "engine"):
        engine = engines.of(warehouse)
        assert engine.build(MODEL) == 1
        assert engine.query("from core.one") == [(1,)]
    assert not (tmp_path / "engine").exists()


def test_a_model_that_is_not_proven_is_not_offered_to_spark(warehouse: Database, tmp_path: Path) -> None:
    engine = Distributed(warehouse, session=None, folder=tmp_path)
    assert engine.told(MODEL) is None
    assert engine.build(MODEL) == 1
    assert engine.table_hash("core.one") == engines.of(warehouse).table_hash("core.one")


def test_a_proof_holds_for_what_was_said_and_for_nothing_else() -> None:
    model, line = next((model, line) for model, line in proven.verdicts().items() if line["verdict"] == proven.EQUAL)
    assert len(line["digest"]) == len(proven.digest("select 1"))
    assert not proven.is_proven(model, "select 1")


def test_the_proof_names_models_and_nothing_that_is_gone() -> None:
    assert set(proven.verdicts()) <= {model.table for model in load()}


def test_without_java_the_administrator_is_told_what_is_missing(
    warehouse: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoJava, match="Java 17"), engines.chosen("spark", warehouse, tmp_path / "engine"):
        pass


def test_a_word_of_both_engines_takes_the_same_arguments() -> None:
    ours, theirs = macros.of_duckdb(), macros.of_spark()
    assert {name: macro.parameters for name, macro in theirs.items()} == {
        name: ours[name].parameters for name in theirs
    }
    assert {"fold", "local_timestamp", "organ_code", "national_procedure_code", "display_name"} <= theirs.keys()
