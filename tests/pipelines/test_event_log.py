"""What Dagster notes of what a table stands on: its newest version, whatever this process was told before."""

from pathlib import Path

import dagster as dg
from dagster._core.definitions.data_version import get_input_data_version_tag

from pipelines.instance import opened


DAYS = dg.StaticPartitionsDefinition(["2025-12-30", "2025-12-31"])


def test_a_table_names_the_version_of_what_it_stands_on_as_it_is_now(tmp_path: Path) -> None:
    versions = iter(["first", "other day", "second", "first"])

    @dg.asset(partitions_def=DAYS)
    def source() -> dg.MaterializeResult[None]:
        return dg.MaterializeResult(data_version=dg.DataVersion(next(versions)))

    @dg.asset(deps=[source], partitions_def=DAYS)
    def figure() -> None: ...

    def noted(day: str) -> str:
        assert dg.materialize([source, figure], partition_key=day, instance=instance).success
        event = instance.get_latest_materialization_event(figure.key)
        assert event
        assert event.asset_materialization
        return (event.asset_materialization.tags or {})[get_input_data_version_tag(source.key)]

    with opened(tmp_path / "dagster") as instance:
        first, other, second, again = (noted(day) for day in ("2025-12-30", "2025-12-31", "2025-12-30", "2025-12-30"))
    assert len({first, other, second}) == 3
    assert again == first


def test_an_index_that_somebody_emptied_is_begun_anew(tmp_path: Path) -> None:
    with opened(tmp_path / "dagster") as instance:
        instance.add_dynamic_partitions("days", ["2025-12-30"])
    (index,) = tmp_path.rglob("index.db")
    index.write_bytes(b"")
    with opened(tmp_path / "dagster") as instance:
        instance.add_dynamic_partitions("days", ["2025-12-31"])
        assert instance.get_dynamic_partitions("days") == ["2025-12-31"]
