"""A publication as an event of OpenLineage (openlineage.io, `RunEvent`): what was read, what was made, by columns.

Written to a file and sent nowhere: whoever keeps a catalogue of data takes it from there.
"""

from __future__ import annotations

from typing import Any

from warehouse import contract, dictionary
from warehouse.contract.lineage import Origin, lineage, steps
from warehouse.contract.open_formats import Edition, Shapes


NAMESPACE = "mtcl"
JOB = "daily"
PRODUCER = "urn:mtcl:warehouse"
SPEC = "https://openlineage.io/spec"
EVENT = f"{SPEC}/2-0-2/OpenLineage.json#/$defs/RunEvent"
Facet = dict[str, Any]


def event(edition: Edition, run_id: str, tables: Shapes, rows: dict[str, int]) -> dict[str, Any]:
    """`run_id`: the run of Dagster, a UUID; `rows`: of each published table."""
    raw = sorted({one.table for _, _, one in steps(tables) if one.table.startswith("raw.")})
    return {
        "eventType": "COMPLETE",
        "eventTime": edition.created_at,
        "producer": PRODUCER,
        "schemaURL": EVENT,
        "run": {"runId": run_id, "facets": {}},
        "job": {"namespace": NAMESPACE, "name": JOB, "facets": {"documentation": documentation(edition.title, "Job")}},
        "inputs": [{"namespace": NAMESPACE, "name": table, "facets": {}} for table in raw],
        "outputs": [output(edition, table, columns, rows.get(table)) for table, columns in tables.items()],
    }


def output(edition: Edition, table: str, columns: dict[str, str], rows: int | None) -> dict[str, Any]:
    words = dictionary.load().table(table)
    counted = (
        {"outputStatistics": facet("OutputStatisticsOutputDatasetFacet", rowCount=rows)} if rows is not None else {}
    )
    return {
        "namespace": NAMESPACE,
        "name": table,
        "facets": {
            "documentation": documentation(words.description or words.label, "Dataset"),
            "schema": facet("SchemaDatasetFacet", fields=[field(table, name, columns[name]) for name in columns]),
            "version": facet("DatasetVersionDatasetFacet", datasetVersion=edition.version),
            "columnLineage": facet(
                "ColumnLineageDatasetFacet",
                fields={
                    name: {"inputFields": [input_field(one) for one in origins]}
                    for name, origins in lineage().get(table, {}).items()
                    if name in columns and origins
                },
            ),
        },
        "outputFacets": counted,
    }


def field(table: str, name: str, kind: str) -> dict[str, str]:
    column = dictionary.load().column(table, name)
    return {"name": name, "type": kind, "description": column.comment if column else contract.name_en(table, name)}


def input_field(one: Origin) -> dict[str, str]:
    """A member of a payload is a field of its raw table, as the source spells it."""
    return {"namespace": NAMESPACE, "name": one.table, "field": one.field or one.column}


def documentation(description: str, kind: str) -> Facet:
    return facet(f"Documentation{kind}Facet", description=description)


def facet(name: str, **told: Any) -> Facet:
    return {"_producer": PRODUCER, "_schemaURL": f"{SPEC}/facets/1-0-0/{name}.json#/$defs/{name}", **told}
