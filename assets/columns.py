"""What Dagster's page says of a table beside its rows: its columns in the officer's words, and where else it is shown.

Only words that are there already, put into the metadata that Dagster knows; no night asks or computes anything for it.
"""

from functools import cache

import dagster as dg

from assets.data_docs import SERVED
from assets.outputs import SERVED_EXPORTS, SERVED_PAGE
from warehouse import contract, dictionary, raw_tables


CHECKS, PAGE, FILES = ({"Kết quả kiểm tra": SERVED}, {"Trang lãnh đạo": SERVED_PAGE}, {"Tải bảng về": SERVED_EXPORTS})
LINKS = {
    "raw": CHECKS,
    "core": CHECKS,
    "indicators": CHECKS | PAGE,
    "marts": CHECKS | PAGE | FILES,
    "published": CHECKS | PAGE | FILES,
}
# No published table has these.
OF_RAW = {
    "payload": "Bản ghi như nguồn gửi, đã thay dữ liệu cá nhân",
    "source_updated_at": "Nguồn sửa bản ghi lúc, như nguồn ghi",
    "withdrawn_at": "Lúc không còn thấy bản ghi ở nguồn",
}


def explained(spec: dg.AssetSpec) -> dg.AssetSpec:
    """The spec with the name and the columns of its table, where it is one, and with the pages that tell of it."""
    links = {name: dg.MetadataValue.url(page) for name, page in LINKS.get(spec.key.path[0], {}).items()}
    return spec.merge_attributes(metadata={**links, **of_table(".".join(spec.key.path))})


def of_table(table: str) -> dict[str, object]:
    columns = raw_columns() if table.startswith("raw.") else dictionary.types().get(table)
    if not columns:
        return {}
    key = contract.of_table(table).key
    unique = dg.TableConstraints([f"Không có hai dòng trùng {', '.join(key)}"]) if key else None
    shown = [dg.TableColumn(name, kind, words(table, name)) for name, kind in columns.items()]
    return {
        # By which it is asked for in the published file, and beside it in the warehouse.
        "dagster/table_name": table,
        "dagster/column_schema": dg.TableSchema(shown, unique),
    }


def words(table: str, name: str) -> str | None:
    """Label, meaning and unit; none where nobody has described the column."""
    column = dictionary.load().column(table, name)
    if column is None:
        return OF_RAW.get(name)
    unit = f" ({column.unit})" if column.unit and column.unit != dictionary.SHARE else ""
    return f"{column.comment}{unit}"


@cache
def raw_columns() -> dict[str, str]:
    """All raw tables are of one shape."""
    parts = (line.strip().rstrip(",").partition(" ") for line in raw_tables.SHAPE.strip().splitlines())
    return {name: kind.upper() for name, _, kind in parts}
