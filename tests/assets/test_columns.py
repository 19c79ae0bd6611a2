"""What an officer reads of a table in Dagster's catalogue without opening it: its columns, their meaning, its pages."""

from typing import Any

import dagster as dg

from assets.columns import explained
from assets.sources import collections
from warehouse import dictionary, models


def told(name: str) -> dict[str, Any]:
    return dict(explained(dg.AssetSpec(name.split("/"))).metadata)


def columns(name: str) -> dict[str, dg.TableColumn]:
    return {column.name: column for column in told(name)["dagster/column_schema"].columns}


def test_a_column_has_its_type_and_the_words_of_the_dictionary() -> None:
    found = columns("marts/scoreboard")
    assert (found["actual"].type, found["numerator"].type) == ("DOUBLE", "BIGINT")
    assert str(found["actual"].description).startswith("Kết quả. Tử số chia mẫu số")
    assert columns("raw/portal__dossiers")["payload"].description == "Bản ghi như nguồn gửi, đã thay dữ liệu cá nhân"


def test_every_table_shows_its_columns_under_the_name_that_a_reader_asks_it_by() -> None:
    raw = [f"raw.{source.table(collection)}" for source, collection in collections()]
    tables = {*raw, *(model.table for model in models.load()), "reference.objectives", "reference.closing"}
    assert {told(table.replace(".", "/")).get("dagster/table_name") for table in tables} == tables


def test_what_names_a_row_is_told_with_the_columns() -> None:
    constraints = told("marts/dossier_clock")["dagster/column_schema"].constraints
    assert constraints == dg.TableConstraints(["Không có hai dòng trùng dossier_code"])


def test_every_column_that_readers_get_says_what_it_means() -> None:
    undescribed = [
        f"{table}.{name}"
        for table in dictionary.types()
        if table.startswith(("marts.", "core.", "reference."))
        for name, column in columns(table.replace(".", "/")).items()
        if not column.description
    ]
    assert undescribed == []


def test_a_column_leads_through_the_tables_to_the_field_of_the_source() -> None:
    made_of = {
        name: {(dep.asset_key.to_user_string(), dep.column_name) for dep in deps}
        for name, deps in told("marts/scoreboard")["dagster/column_lineage"].deps_by_column.items()
    }
    assert made_of["actual"] == {("marts/indicator_result", "actual")}
    assert made_of["forecast_year_end"] == {("indicators/forecast", "forecast_year_end")}
    # In words too: the open edition of Dagster draws no lineage of columns.
    assert str(columns("marts/scoreboard")["actual"].description).endswith("Lấy từ: marts.indicator_result.actual")
    assert "Trường của nguồn: procedure.sector.code" in str(
        columns("staging/portal__dossiers")["sector_code"].description
    )


def test_columns_are_made_of_assets_that_the_table_waits_for() -> None:
    """Two readings of one SQL, by two parsers."""
    beside = {
        (model.table, dep.asset_key.to_user_string())
        for model in models.load()
        if (found := told(model.table.replace(".", "/")).get("dagster/column_lineage"))
        for deps in found.deps_by_column.values()
        for dep in deps
        if ".".join(dep.asset_key.path) not in model.reads
    }
    assert beside == set()


def test_a_result_leads_to_the_pages_that_show_it_and_a_file_has_no_columns() -> None:
    assert {
        name: link.value for name, link in told("marts/scoreboard").items() if isinstance(link, dg.UrlMetadataValue)
    } == {
        "Kết quả kiểm tra": "/published/data_docs/",
        "Trang lãnh đạo": "/published/index.html",
        "Tải bảng về": "/published/exports/latest/",
    }
    assert told("indicators/mt3_5")["Kết quả, kết luận mới nhất"].value == "/assets/indicators/mt3_5?view=events"
    assert "Kết quả, kết luận mới nhất" not in told("indicators/mt3_parts")
    assert "dagster/column_schema" not in told("published/mtcl")
