"""Every model can be said to Spark, or stands in the list of those that are not: seconds, without Java.

`python -m tests.engines_in_check` transpiles all models against the shapes that an empty warehouse has, and names what
the lint refuses. It exits with 1 where that is a model of which the proof (`make engines`) does not say so.
"""

import shutil
import sys
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from tests.support.warehouses import template
from warehouse import building
from warehouse.engines.spark.lint import refusals
from warehouse.engines.spark.proven import REFUSED, is_proven, verdicts
from warehouse.engines.spark.rules import Untranslatable
from warehouse.engines.spark.tables import shapes
from warehouse.engines.spark.transpile import schema_of, transpiled
from warehouse.models import Model, load
from warehouse.opening import open_warehouse


def shapes_of_empty(models: list[Model]) -> dict[str, dict[str, str]]:
    """Table → column → type of all that a warehouse holds, by building every model over nothing."""
    with tempfile.TemporaryDirectory(prefix="mtcl-shapes-") as folder:
        path = Path(folder) / "warehouse.duckdb"
        shutil.copyfile(template(), path)
        with open_warehouse(path, clock=lambda: datetime(2025, 1, 1, tzinfo=UTC), threads=1) as warehouse:
            for model in models:
                building.build(warehouse, model)
            return shapes(warehouse.connection)


def told(models: list[Model], known: Mapping[str, Mapping[str, str]]) -> tuple[dict[str, str], dict[str, str]]:
    """Model → what Spark is told of it, and model → what stands in its way."""
    schema, said, refused = schema_of(known), {}, {}
    for model in models:
        try:
            said[model.table] = transpiled(model.sql, schema)
            against = refusals(model.sql, schema)
        except Untranslatable as error:
            against = [str(error)]
        if against:
            refused[model.table] = "; ".join(against)
    return said, refused


def main() -> int:
    models = load()
    said, refused = told(models, shapes_of_empty(models))
    expected = {model for model, line in verdicts().items() if line["verdict"] == REFUSED}
    wrong = [f"{table}: {why}" for table, why in sorted(refused.items()) if table not in expected]
    wrong += [
        f"{table}: stands in proof.csv, and is no model" for table in sorted(set(verdicts()) - set(names(models)))
    ]
    waiting = [table for table in said if table not in refused and not is_proven(table, said[table])]
    print("\n".join(wrong) or f"{len(models) - len(refused)} of {len(models)} models can be said to Spark")
    print(f"{len(said) - len(refused) - len(waiting)} of them are proven as they stand; DuckDB builds the others")
    return 1 if wrong else 0


def names(models: list[Model]) -> list[str]:
    return [model.table for model in models]


if __name__ == "__main__":
    sys.exit(main())
