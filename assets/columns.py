"""What Dagster's page says of a table beside its rows: its columns, their meaning and origin, and pages that show it.

Only words and data that are there already (dictionary, contract, lineage), put into the metadata that Dagster knows;
no night asks or computes anything for it.
"""

from collections.abc import Collection, Iterable
from functools import cache

import dagster as dg

from assets.data_docs import SERVED
from assets.figures import counting
from assets.outputs import SERVED_EXPORTS, SERVED_PAGE
from warehouse import contract, dictionary, raw_tables
from warehouse.contract.lineage import Origin, lineage
from warehouse.reference import reading


CHECKS, PAGE, FILES = ({"Kết quả kiểm tra": SERVED}, {"Trang lãnh đạo": SERVED_PAGE}, {"Tải bảng về": SERVED_EXPORTS})
LINKS = {
    "raw": CHECKS,
    "core": CHECKS,
    "indicators": CHECKS | PAGE,
    "marts": CHECKS | PAGE | FILES,
    "published": CHECKS | PAGE | FILES,
}
NEWEST = "Kết quả, kết luận mới nhất"
# State that no asset makes, and the view over every raw table, which is none either.
NOT_ASSETS = ("ledger.", "quarantine.", f"{raw_tables.VERSIONS}.", "reference.home.", ".")
# The others are named by the lineage itself.
TOLD_ORIGINS = 4
# No published table has these.
OF_RAW = {
    "payload": "Bản ghi như nguồn gửi, đã thay dữ liệu cá nhân",
    "source_updated_at": "Nguồn sửa bản ghi lúc, như nguồn ghi",
    "withdrawn_at": "Lúc không còn thấy bản ghi ở nguồn",
}


def explained(spec: dg.AssetSpec) -> dg.AssetSpec:
    """The spec with the name and the columns of its table, where it is one, and with the pages that tell of it."""
    table, pages = ".".join(spec.key.path), LINKS.get(spec.key.path[0], {})
    if table in counted():
        pages = {NEWEST: f"/assets/{'/'.join(spec.key.path)}?view=events"} | pages
    links = {name: dg.MetadataValue.url(page) for name, page in pages.items()}
    return spec.merge_attributes(metadata={**links, **of_table(table)})


@cache
def counted() -> set[str | None]:
    """The tables on which the figures of an objective are observed."""
    return {counting(row.indicator, dictionary.types()) for row in reading.read("indicators.csv")}


def of_table(table: str) -> dict[str, object]:
    columns = raw_columns() if table.startswith("raw.") else dictionary.types().get(table)
    if not columns:
        return {}
    key = contract.of_table(table).key
    unique = dg.TableConstraints([f"Không có hai dòng trùng {', '.join(key)}"]) if key else None
    made_of = lineage().get(table, {})
    shown = [dg.TableColumn(name, kind, words(table, name, made_of.get(name, ()))) for name, kind in columns.items()]
    origins = {name: deps for name in columns if (deps := assets_of(made_of.get(name, ())))}
    return {
        # By which it is asked for in the published file, and beside it in the warehouse.
        "dagster/table_name": table,
        "dagster/column_schema": dg.TableSchema(shown, unique),
        **({"dagster/column_lineage": dg.TableColumnLineage(origins)} if origins else {}),
    }


def words(table: str, name: str, made_of: Collection[Origin]) -> str | None:
    """Label, meaning, unit and origin; none where there is no word of it."""
    column = dictionary.load().column(table, name)
    unit = f" ({column.unit})" if column and column.unit and column.unit != dictionary.SHARE else ""
    meaning = f"{column.comment}{unit}" if column else OF_RAW.get(name, "")
    return ". ".join(filter(None, (meaning, origin(made_of)))) or None


def origin(made_of: Collection[Origin]) -> str:
    """In words too, since the page that everybody has draws no lineage of columns."""
    found = sorted({one.field or f"{one.table}.{one.column}" for one in made_of})
    more = f" và {len(found) - TOLD_ORIGINS} cột khác" if len(found) > TOLD_ORIGINS else ""
    is_wire = any(one.field for one in made_of)
    lead = "Trường của nguồn" if is_wire else "Lấy từ"
    return f"{lead}: {', '.join(found[:TOLD_ORIGINS])}{more}" if found else ""


def assets_of(made_of: Iterable[Origin]) -> list[dg.TableColumnDep]:
    """Each column once, whichever fields of it are read; conditions and joins are told by the lineage of the tables."""
    columns = sorted({(one.table, one.column) for one in made_of})
    return [
        dg.TableColumnDep(dg.AssetKey(table.split(".")), column)
        for table, column in columns
        if not f"{table}.".startswith(NOT_ASSETS)
    ]


@cache
def raw_columns() -> dict[str, str]:
    """All raw tables are of one shape."""
    parts = (line.strip().rstrip(",").partition(" ") for line in raw_tables.SHAPE.strip().splitlines())
    return {name: kind.upper() for name, _, kind in parts}
