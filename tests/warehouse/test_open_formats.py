"""The contract in the forms of others: of one content, each of the shape that its standard asks.

The schemas here hold what the standards require of what we write (Data Package v1, ODCS 3.1, Ossie 0.2, OpenLineage),
in few words; nothing is fetched.
"""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import yaml
from jsonschema import Draft202012Validator, FormatChecker

from warehouse import ledger
from warehouse.contract import open_formats
from warehouse.contract.open_formats import Edition
from warehouse.database import Database
from warehouse.exporting import export
from warehouse.publishing import publish


EDITION = Edition("Kết quả", "mtcl-2025-06-30-1", "2025-06-30T20:00:00+07:00", "2025-06-30")
TABLES = {
    "marts.dim_unit": {"unit_code": "VARCHAR", "valid_from": "DATE", "is_leaf": "BOOLEAN"},
    "marts.unit_history": {
        "view": "VARCHAR",
        "unit_code": "VARCHAR",
        "period_calendar": "VARCHAR",
        "period_kind": "VARCHAR",
        "period_start": "DATE",
        "numerator": "BIGINT",
        "denominator": "BIGINT",
        "actual": "DOUBLE",
    },
    "marts.nonconformity": {"code": "VARCHAR", "whys": "VARCHAR[]"},
}
RUN = "0f8fad5b-d9cb-469f-a165-70867728950e"
FORMATS = FormatChecker()
TEXT = {"type": "string", "minLength": 1}
TEXTS = {"type": "array", "minItems": 1, "items": TEXT}


def record(required: str, /, **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": required.split(), "properties": properties}


def closed(required: str, /, **properties: Any) -> dict[str, Any]:
    return record(required, **properties) | {"additionalProperties": False}


def listed(item: Any) -> dict[str, Any]:
    return {"type": "array", "minItems": 1, "items": item}


FIELD = record(
    "name type",
    name=TEXT,
    type={"enum": ["any", "array", "boolean", "date", "datetime", "integer", "number", "object", "string"]},
)
FOREIGN = record("fields reference", fields=TEXTS, reference=record("resource fields", resource=TEXT, fields=TEXTS))
SCHEMA = record("fields", fields=listed(FIELD), primaryKey=TEXTS, foreignKeys=listed(FOREIGN))
RESOURCE = record(
    "name path schema",
    name={"type": "string", "pattern": "^([-a-z0-9._/])+$"},
    # Of the folder itself: a package must not reach out of it.
    path={"type": "string", "pattern": r"^(?=^[^./~])(^((?!\.{2}).)*$).*$"},
    schema=SCHEMA,
)
LICENCE = record("name", name={"type": "string", "pattern": "^([-a-zA-Z0-9._])+$"})
PACKAGE = record("name resources licenses", resources=listed(RESOURCE), licenses=listed(LICENCE))

LOGICAL = {"enum": ["array", "boolean", "date", "integer", "number", "object", "string", "time", "timestamp"]}
PROPERTY = record(
    "name logicalType physicalType required",
    logicalType=LOGICAL,
    required={"type": "boolean"},
    primaryKeyPosition={"type": "integer", "minimum": 1},
    customProperties={"type": "array", "items": closed("property value", property=TEXT, value=TEXT)},
)
DATA_CONTRACT = record(
    "apiVersion kind id version status schema",
    apiVersion={"const": "v3.1.0"},
    kind={"const": "DataContract"},
    schema=listed(record("name logicalType properties", logicalType={"const": "object"}, properties=listed(PROPERTY))),
)

EXPRESSION = closed(
    "dialects", dialects=listed(closed("dialect expression", dialect={"const": "ANSI_SQL"}, expression=TEXT))
)
KINDS = ["Boolean", "Date", "DateTime", "DateTimeTz", "Decimal", "Float", "Integer", "Opaque", "String", "Time"]
DATASET = closed(
    "name source",
    name=TEXT,
    source=TEXT,
    description={"type": "string"},
    primary_key=TEXTS,
    fields=listed(
        closed(
            "name expression",
            name=TEXT,
            expression=EXPRESSION,
            description={"type": "string"},
            datatype={"enum": KINDS},
            ai_context=record("synonyms", synonyms=TEXTS),
        )
    ),
    metrics=listed(
        closed("name expression", name=TEXT, expression=EXPRESSION, description=TEXT, datatype={"enum": KINDS})
    ),
)
ENDS = {"name": TEXT, "from": TEXT, "to": TEXT, "from_columns": TEXTS, "to_columns": TEXTS}
MODEL = closed(
    "version semantic_model",
    version={"const": "0.2.0.dev0"},
    semantic_model=listed(
        closed(
            "name datasets",
            name=TEXT,
            description=TEXT,
            datasets=listed(DATASET),
            relationships=listed(closed(" ".join(ENDS), **ENDS)),
        )
    ),
)

FACET = record("_producer _schemaURL", _producer=TEXT, _schemaURL=TEXT)
FACETS = {"type": "object", "additionalProperties": FACET}
INPUT_FIELD = record("namespace name field", namespace=TEXT, name=TEXT, field=TEXT)
COLUMN_LINEAGE = record(
    "_producer _schemaURL fields",
    fields={"type": "object", "additionalProperties": record("inputFields", inputFields=listed(INPUT_FIELD))},
)
DESCRIBED = record("_producer _schemaURL fields", fields=listed(record("name", name=TEXT, type=TEXT, description=TEXT)))
OUTPUT = record(
    "namespace name",
    namespace=TEXT,
    name=TEXT,
    facets={"allOf": [FACETS, {"properties": {"columnLineage": COLUMN_LINEAGE, "schema": DESCRIBED}}]},
    outputFacets=FACETS,
)
RUN_EVENT = record(
    "run job eventTime producer schemaURL",
    eventType={"enum": ["START", "RUNNING", "COMPLETE", "ABORT", "FAIL", "OTHER"]},
    eventTime={"type": "string", "format": "date-time"},
    producer={"type": "string", "format": "uri"},
    run=record("runId", runId={"type": "string", "format": "uuid"}, facets=FACETS),
    job=record("namespace name", namespace=TEXT, name=TEXT, facets=FACETS),
    inputs=listed(record("namespace name", namespace=TEXT, name=TEXT, facets=FACETS)),
    outputs=listed(OUTPUT),
)


def faults(schema: dict[str, Any], content: Any) -> list[str]:
    return [error.message for error in Draft202012Validator(schema, format_checker=FORMATS).iter_errors(content)]


@pytest.fixture
def folder(warehouse: Database, tmp_path: Path) -> Path:
    ledger.set_closing(warehouse, date(2025, 6, 30), RUN)
    for table, columns in TABLES.items():
        shape = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
        warehouse.query(f"create table {table} ({shape})")
    version = publish(warehouse, tmp_path / "published", run_id=RUN, closing_date=date(2025, 6, 30))
    return export(version, tmp_path / "exports", EDITION.title)


def test_what_is_written_is_of_the_shape_its_standard_asks(folder: Path) -> None:
    assert faults(PACKAGE, json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))) == []
    contract = yaml.safe_load((folder / "contract.odcs.yaml").read_text(encoding="utf-8"))
    assert faults(DATA_CONTRACT, contract) == []
    model = yaml.safe_load((folder / "semantic_model.ossie.yaml").read_text(encoding="utf-8"))
    assert faults(MODEL, model) == []
    dcat = json.loads((folder / "dcat.jsonld").read_text(encoding="utf-8"))
    paths = [one["dcat:accessURL"]["@id"] for one in dcat["dcat:distribution"]]
    assert [path for path in paths if not (folder / path).exists()] == []
    assert len(paths) == len(TABLES)


def test_a_publication_is_an_event_that_says_what_was_made_of_what(folder: Path) -> None:
    told = json.loads((folder / "openlineage.json").read_text(encoding="utf-8"))
    assert faults(RUN_EVENT, told) == []
    assert (told["run"]["runId"], told["eventType"]) == (RUN, "COMPLETE")
    history = next(one for one in told["outputs"] if one["name"] == "marts.unit_history")
    assert history["facets"]["version"]["datasetVersion"] == folder.name
    assert history["outputFacets"]["outputStatistics"]["rowCount"] == 0
    made_of = history["facets"]["columnLineage"]["fields"]
    assert {"namespace": "mtcl", "name": "core.dossier_flows", "field": "numerator"} in made_of["numerator"][
        "inputFields"
    ]
    assert {"raw.portal__dossiers", "raw.portal__agencies"} <= {one["name"] for one in told["inputs"]}
    del told["run"]["runId"]
    assert faults(RUN_EVENT, told) == ["'runId' is a required property"]


def test_a_shape_that_lacks_what_is_asked_is_found(folder: Path) -> None:
    model = open_formats.ossie(EDITION, TABLES)
    del model["semantic_model"][0]["datasets"][0]["source"]
    assert faults(MODEL, model) == ["'source' is a required property"]


def test_keys_references_units_and_sums_are_told_alike(folder: Path) -> None:
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    own = {resource["name"]: resource["schema"] for resource in package["resources"]}
    assert own["dim_unit"]["primaryKey"] == ["unit_code"]
    assert own["unit_history"]["foreignKeys"] == [
        {"fields": ["unit_code"], "reference": {"resource": "dim_unit", "fields": ["unit_code"]}}
    ]
    (history,) = [one for one in open_formats.odcs(EDITION, TABLES)["schema"] if one["name"] == "unit_history"]
    told = {one["name"]: one for one in history["properties"]}
    assert (told["view"]["primaryKeyPosition"], told["period_start"]["primaryKeyPosition"]) == (1, 5)
    assert {one["property"]: one["value"] for one in told["numerator"]["customProperties"]} == {
        "name_en": "records that met it",
        "unit": "bản ghi",
        "additivity": "semi_additive",
        "not_additive_over": "view, unit_code, period_calendar, period_kind",
    }
    assert history["relationships"][0]["to"] == ["dim_unit.unit_code"]
    (model,) = open_formats.ossie(EDITION, TABLES)["semantic_model"]
    rate = model["datasets"][1]["metrics"][0]["expression"]["dialects"][0]["expression"]
    assert rate == "SUM(unit_history.numerator) / NULLIF(SUM(unit_history.denominator), 0)"


def test_a_csv_has_a_schema_and_a_parquet_the_words_of_its_columns(folder: Path) -> None:
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    (csv,) = [one for one in package["resources"] if one["path"] == "unit_history.csv"]
    heading = (folder / "unit_history.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    assert [field["name"] for field in csv["schema"]["fields"]] == heading.replace('"', "").split(",")
    words = pq.read_metadata(folder / "unit_history.parquet").metadata
    assert words[b"actual"].decode().startswith("Kết quả")
