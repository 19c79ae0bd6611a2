"""The contract of the marts in the forms that other programs read, each made of the same words and terms.

Frictionless Data Package v1, Open Data Contract Standard 3.1 (bitol.io), Apache Ossie 0.2 (once Open Semantic
Interchange), DCAT-AP 3 as JSON-LD. Each function gives plain values, which whoever exports writes to a file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from warehouse import contract, dictionary


Shapes = dict[str, dict[str, str]]
LICENCE = "Dùng nội bộ của cơ quan; chia sẻ theo quyết định của cơ quan"
# As Frictionless and ODCS both spell them.
PLAIN = {"BOOLEAN": "boolean", "DATE": "date", "DOUBLE": "number", "JSON": "object", "VARCHAR": "string"}
OSSIE = {
    "BOOLEAN": "Boolean", "DATE": "Date", "DOUBLE": "Float", "TIMESTAMP": "DateTime",
    "TIMESTAMP WITH TIME ZONE": "DateTimeTz", "VARCHAR": "String",
}  # fmt: skip


@dataclass(frozen=True)
class Edition:
    """What is told of the publication as a whole: `created_at` is an ISO instant, `closing_date` an ISO day."""

    title: str
    version: str
    created_at: str
    closing_date: str


def type_of(kind: str, names: dict[str, str], other: dict[str, str]) -> str:
    """`other` names what the forms spell each in its way: list, timestamp, decimal, whole, any."""
    if kind.endswith("[]"):
        return other["list"]
    if kind in names:
        return names[kind]
    if kind.startswith("TIMESTAMP"):
        return other["timestamp"]
    if kind.startswith("DECIMAL"):
        return other["decimal"]
    return other["whole"] if "INT" in kind else other["any"]


def frictionless_type(kind: str) -> str:
    spelt = {"list": "array", "timestamp": "datetime", "decimal": "number", "whole": "integer", "any": "any"}
    return type_of(kind, PLAIN, spelt)


def frictionless_schema(table: str, columns: dict[str, str], tables: Shapes) -> dict[str, Any]:
    """Fields with their words, the key, and what they refer to among the tables of the package."""
    own = contract.of_table(table)
    schema: dict[str, Any] = {"fields": [frictionless_field(table, name, kind) for name, kind in columns.items()]}
    if own.kind in ("primary", "checked") and set(own.key) <= set(columns):
        schema["primaryKey"] = list(own.key)
    keys = [
        {"fields": list(one.columns), "reference": {"resource": short(one.to_table), "fields": list(one.to_columns)}}
        for one in references(table, columns, tables)
    ]
    return schema | ({"foreignKeys": keys} if keys else {})


def frictionless_field(table: str, name: str, kind: str) -> dict[str, Any]:
    column = dictionary.load().column(table, name)
    known = {"title": column.label, "description": column.comment} if column else {}
    told = {"name": name, "type": frictionless_type(kind), **known, "title:en": contract.name_en(table, name)}
    if column and column.unit:
        told["unit"] = column.unit
    if additivity := contract.measure(table, name).additivity:
        told["additivity"] = additivity
    return told


def references(table: str, columns: dict[str, str], tables: Shapes) -> Iterator[contract.Reference]:
    for one in contract.references():
        if one.table == table and one.to_table in tables and set(one.columns) <= set(columns):
            yield one


def odcs(edition: Edition, tables: Shapes) -> dict[str, Any]:
    return {
        "apiVersion": "v3.1.0",
        "kind": "DataContract",
        "id": "muc-tieu-chat-luong",
        "name": edition.title,
        "version": edition.version,
        "status": "active",
        "description": {"purpose": edition.title, "limitations": LICENCE},
        "contractCreatedTs": edition.created_at,
        "schema": [odcs_object(table, columns, tables) for table, columns in tables.items()],
    }


def odcs_object(table: str, columns: dict[str, str], tables: Shapes) -> dict[str, Any]:
    words, own = dictionary.load().table(table), contract.of_table(table)
    row, row_en = contract.grain(table)
    told: dict[str, Any] = {
        "name": short(table),
        "physicalName": table,
        "logicalType": "object",
        "physicalType": "table",
        "businessName": words.label or short(table),
        "description": words.description,
        "dataGranularityDescription": f"{row} ({row_en})",
        "properties": [odcs_property(table, name, kind, own) for name, kind in columns.items()],
    }
    keys = [
        {
            "type": "foreignKey",
            "from": [f"{short(table)}.{name}" for name in one.columns],
            "to": [f"{short(one.to_table)}.{name}" for name in one.to_columns],
        }
        for one in references(table, columns, tables)
    ]
    return told | ({"relationships": keys} if keys else {})


def odcs_property(table: str, name: str, kind: str, own: contract.Terms) -> dict[str, Any]:
    column, measure = dictionary.load().column(table, name), contract.measure(table, name)
    spelt = {"list": "array", "timestamp": "timestamp", "decimal": "number", "whole": "integer", "any": "string"}
    is_key = own.kind in ("primary", "checked") and name in own.key
    told: dict[str, Any] = {
        "name": name,
        "physicalType": kind,
        "logicalType": type_of(kind, PLAIN, spelt),
        "businessName": column.label if column else contract.name_en(table, name),
        "description": column.comment if column else "",
        "required": is_key,
    }
    if kind.endswith("[]"):
        told["items"] = {"logicalType": "string", "physicalType": kind.removesuffix("[]")}
    if is_key:
        told |= {"primaryKey": True, "primaryKeyPosition": own.key.index(name) + 1}
    extra = {
        "name_en": contract.name_en(table, name),
        "unit": column.unit if column else "",
        "additivity": measure.additivity,
        "not_additive_over": ", ".join(measure.not_over),
    }
    told["customProperties"] = [{"property": key, "value": value} for key, value in extra.items() if value]
    return told


def ossie(edition: Edition, tables: Shapes) -> dict[str, Any]:
    model = {
        "name": "muc_tieu_chat_luong",
        "description": edition.title,
        "datasets": [ossie_dataset(table, columns) for table, columns in tables.items()],
        "relationships": [
            {
                "name": f"{short(table)}_to_{short(one.to_table)}_by_{'_'.join(one.columns)}",
                "from": short(table),
                "to": short(one.to_table),
                "from_columns": list(one.columns),
                "to_columns": list(one.to_columns),
            }
            for table, columns in tables.items()
            for one in references(table, columns, tables)
        ],
    }
    return {"version": "0.2.0.dev0", "semantic_model": [model]}


def ossie_dataset(table: str, columns: dict[str, str]) -> dict[str, Any]:
    words, own = dictionary.load().table(table), contract.of_table(table)
    told: dict[str, Any] = {"name": short(table), "source": f"mtcl.{table}", "description": words.description}
    if own.kind in ("primary", "checked") and set(own.key) <= set(columns):
        told["primary_key"] = list(own.key)
    spelt = {"list": "Opaque", "timestamp": "DateTime", "decimal": "Decimal", "whole": "Integer", "any": "Opaque"}
    told["fields"] = [
        {
            "name": name,
            "expression": expression(name),
            "description": column.comment if column else "",
            "datatype": type_of(kind, OSSIE, spelt),
            "ai_context": {"synonyms": [contract.name_en(table, name)]},
        }
        for name, kind in columns.items()
        for column in [dictionary.load().column(table, name)]
    ]
    if {"numerator", "denominator"} <= set(columns):
        told["metrics"] = [ossie_metric(table)]
    return told


def ossie_metric(table: str) -> dict[str, Any]:
    """The rate over whatever rows are chosen: counts are added up first, never rates; not over roll-ups."""
    measure, name = contract.measure(table, "denominator"), short(table)
    over = ", ".join(measure.not_over)
    return {
        "name": f"{name}_rate",
        "expression": expression(f"SUM({name}.numerator) / NULLIF(SUM({name}.denominator), 0)"),
        "description": f"{dictionary.load().table(table).label}: tử số chia mẫu số. Not to be added up over: {over}.",
        "datatype": "Float",
    }


def expression(sql: str) -> dict[str, Any]:
    return {"dialects": [{"dialect": "ANSI_SQL", "expression": sql}]}


def dcat(edition: Edition, tables: Shapes) -> dict[str, Any]:
    """A dataset with a distribution for each table, by DCAT-AP 3 (SEMIC); addresses are relative to the folder."""
    return {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@type": "dcat:Dataset",
        "@id": f"urn:mtcl:{edition.version}",
        "dct:identifier": edition.version,
        "dct:title": {"@language": "vi", "@value": edition.title},
        "dct:description": {"@language": "vi", "@value": f"{edition.title}, ngày chốt {edition.closing_date}"},
        "dct:issued": {"@type": "xsd:dateTime", "@value": edition.created_at},
        "dct:accrualPeriodicity": {"@id": "http://publications.europa.eu/resource/authority/frequency/DAILY"},
        "dct:accessRights": {"@id": "http://publications.europa.eu/resource/authority/access-right/RESTRICTED"},
        "dcat:distribution": [
            {
                "@type": "dcat:Distribution",
                "dct:title": [
                    {"@language": "vi", "@value": dictionary.load().table(table).label or short(table)},
                    {"@language": "en", "@value": contract.of_table(table).name_en or short(table)},
                ],
                "dcat:accessURL": {"@id": f"{short(table)}.parquet"},
                "dcat:mediaType": {
                    "@id": "https://www.iana.org/assignments/media-types/application/vnd.apache.parquet"
                },
                "dct:license": {"@language": "vi", "@value": LICENCE},
            }
            for table in tables
        ],
    }


def short(table: str) -> str:
    return table.partition(".")[2]
