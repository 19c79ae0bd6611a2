"""Objectives, targets, calendar, units, maps and parameters: data with a schema, loaded into `reference.*`.

The rows stand in the files beside this one, their shape in schema.py, what must hold between them in consistency.py. An
office may keep files of its own in a folder: one of the same name replaces ours, `targets.2026.csv` adds to ours.
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from warehouse.database import Database
from warehouse.reference import register_indicators
from warehouse.reference.calendar import calendar_rows
from warehouse.reference.consistency import check
from warehouse.reference.reading import FILES, ReferenceDataError, Texts, read, rows_of, strangers, texts_of
from warehouse.reference.snapshots import keep, kept
from warehouse.reference.tables import columns_of, create_table
from warehouse.reference.text import fold
from warehouse.reference.versions import BEGINNING, COLUMNS, END, VERSIONED, dated, overlapping, spans


__all__ = ["FILES", "VERSIONS", "ReferenceDataError", "load", "read", "read_all"]

# What a published figure names: each version is the hash of these files.
VERSIONS: dict[str, tuple[str, ...]] = {
    "definitions": (
        "definitions.csv",
        "objectives.yaml",
        "parameters.yaml",
        "rating_bands.csv",
        "title_criteria.csv",
        register_indicators.FILE,
    ),
    "indicators": ("indicators.csv", "indicator_sources.csv", "readings.csv"),
    "targets": ("targets.csv", "trajectories.csv"),
    "calendar": ("calendar.csv", "office_hours.csv"),
    "units": ("units.csv", "unit_successions.csv", "headline_scope.csv"),
    "maps": (
        "dossier_statuses.csv",
        "dossier_status_aliases.csv",
        "applicant_groups.csv",
        "channels.csv",
        "classifications.csv",
        "verdicts.csv",
        "financial_pauses.csv",
        "placeholders.csv",
        "procedure_fields.csv",
        "sync_keys.csv",
        "procedure_levels.csv",
        "limit_units.csv",
        "comparison_sides.csv",
        "procedure_statuses.csv",
        "announcing_agencies.csv",
        "procedure_exclusions.csv",
        "risk_levels.csv",
        "exchange_statuses.csv",
        "document_exclusions.csv",
        "publication_exceptions.csv",
        "reconciliation_tolerances.csv",
        "score_parts.csv",
    ),
    "traps": ("traps.csv", "trap_signals.csv", "trap_thresholds.csv"),
    "answers": ("decision_clauses.csv",),
    "improvement": ("nonconformity_causes.csv", "improvement_limits.csv", "register_deliveries.csv"),
    "office": ("office.yaml", "forms.csv", "retention.csv", "sensitive_procedures.csv"),
}

# Tables that say more than their file, or say it otherwise.
DERIVED = {"applicant_groups.csv", "calendar.csv", "headline_scope.csv", "objectives.yaml", *VERSIONED}
# Versions whose table is derived in a way of its own.
NAMED_OTHERWISE = {"parameters.yaml", "definitions.csv", "dossier_status_aliases.csv", register_indicators.FILE}


def load(database: Database, own: Path | None = None, snapshot: str | None = None) -> dict[str, str]:
    """Write every `reference` table and return name → content hash of each version. Raises ReferenceDataError.

    `snapshot`: the files as they were loaded under that version, instead of those of today.
    """
    texts = kept(database, snapshot) if snapshot else texts_in(own)
    rows = checked(texts)
    versions = {name: content_hash(parts, texts) for name, parts in VERSIONS.items()}
    versions["reference"] = snapshot or content_hash(tuple(FILES), texts)
    versions["software"] = software_version()
    with database.transaction("reference"):
        keep(database, versions["reference"], texts)
        for name in FILES:
            if name not in DERIVED:
                create_table(
                    database,
                    name.partition(".")[0],
                    columns_of(FILES[name]),
                    [row.model_dump() for row in rows[name]],
                )
        for table, columns, derived in derived_tables(rows):
            create_table(database, table, columns, derived)
        create_table(
            database,
            "versions",
            {"name": str, "content_hash": str},
            [{"name": name, "content_hash": value} for name, value in versions.items()],
        )
    return versions


def read_all(own: Path | None = None) -> dict[str, list[Any]]:
    """The rows of every file, valid by themselves and against each other. Raises ReferenceDataError."""
    return checked(texts_in(own))


def texts_in(own: Path | None) -> dict[str, Texts]:
    if unknown := strangers(own):
        raise ReferenceDataError(
            f"Thư mục tham chiếu riêng {own} có tệp không dùng được: {', '.join(unknown)}. "
            "Tên tệp phải trùng một tệp tham chiếu, hoặc thêm phần giữa như targets.2026.csv."
        )
    return {name: texts_of(name, own) for name in FILES}


def checked(texts: dict[str, Texts]) -> dict[str, list[Any]]:
    rows = without_outdone_examples({name: rows_of(name, own) for name, own in texts.items()})
    rows = register_indicators.with_what_they_say(rows)
    check(rows)
    return rows


def without_outdone_examples(rows: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Our example of a year counts only until the Office has entered an objective of that year."""
    decided_years = {row.objective_year for row in rows["objectives.yaml"] if not row.is_example}
    return rows | {
        name: [row for row in rows[name] if not (row.is_example and row.objective_year in decided_years)]
        for name in ("objectives.yaml", "targets.csv")
    }


def derived_tables(rows: dict[str, list[Any]]) -> list[tuple[str, dict[str, Any], list[dict[str, Any]]]]:
    days = calendar_rows(rows["calendar.csv"])
    return [
        (
            "calendar",
            {
                "day": date,
                "kind": str,
                "is_working": bool,
                "working_day_index": int,
                "is_official": bool,
                "citation": str,
                "state": str,
                "valid_from": date,
                "uncertain_days": int,
            },
            days,
        ),
        ("working_days", {"working_day_index": int, "day": date}, [day for day in days if day["is_working"]]),
        (
            "dossier_status_names",
            {"folded_name": str, "status_code": int, "outcome": str, "source": str} | COLUMNS,
            status_names(rows),
        ),
        (
            "parameters",
            {"code": str, "question": str, "value": str, "basis": str, "valid_from": date, "valid_to": date} | COLUMNS,
            [
                row | {"value": json.dumps(row["value"], ensure_ascii=False)}
                for row in dated("parameters.yaml", rows["parameters.yaml"])
            ],
        ),
        ("applicant_groups", columns_of(FILES["applicant_groups.csv"]) | COLUMNS, applicant_groups(rows)),
        ("definitions", columns_of(FILES["definitions.csv"]) | COLUMNS, definitions(rows)),
        *(
            (name.partition(".")[0], columns_of(FILES[name]) | COLUMNS, dated(name, rows[name]))
            for name in sorted(VERSIONED.keys() - NAMED_OTHERWISE)
        ),
        ("headline_scope", columns_of(FILES["headline_scope.csv"]) | COLUMNS, headline_scope(rows)),
        *counted_from_registers(rows),
        (
            "objectives",
            columns_of(FILES["objectives.yaml"]),
            [row.model_dump() | {"citation": f"{row.citation}, {row.clause}"} for row in rows["objectives.yaml"]],
        ),
    ]


def decided(rows: dict[str, list[Any]], code: str) -> list[dict[str, Any]]:
    """The Office's decisions on a parameter, each with the days on which it holds."""
    return [row for row in dated("parameters.yaml", rows["parameters.yaml"]) if row["code"] == code]


def applicant_groups(rows: dict[str, list[Any]]) -> list[dict[str, Any]]:
    """The map of applicants; business households stand where the Office puts them (P-14)."""
    always = {"holds_from": BEGINNING, "holds_to": END}
    return [
        mapped
        for row in rows["applicant_groups.csv"]
        for mapped in (
            [row.model_dump() | version | {"applicant_group": version["value"]} for version in decided(rows, "P-14")]
            if row.folded_value == "ho kinh doanh"
            else [row.model_dump() | always]
        )
    ]


def definitions(rows: dict[str, list[Any]]) -> list[dict[str, Any]]:
    """The definitions; which of MT2b leads follows from what the Office counts, deliveries or documents (P-05)."""
    leading = {"van_ban_x_noi_nhan": "PAIR", "van_ban": "DOC"}
    versions = dated("definitions.csv", rows["definitions.csv"])
    own = [row for row in versions if row["indicator"] == "MT2b"]
    return [row for row in versions if row["indicator"] != "MT2b"] + [
        row | {"is_headline": row["definition"] == leading[version["value"]]} | held
        for row, version, held in overlapping(own, decided(rows, "P-05"))
    ]


def counted_from_registers(
    rows: dict[str, list[Any]],
) -> Iterator[tuple[str, dict[str, Any], list[dict[str, Any]]]]:
    """The indicators that are rows of data, the terms of their conditions and their reasons, each for its days."""
    name = register_indicators.FILE
    columns = {key: kind for key, kind in columns_of(FILES[name]).items() if key != "reasons"} | COLUMNS
    counted = list(spans(rows[name], VERSIONED[name]))
    yield "register_indicators", columns, dated(name, rows[name])
    identity = {"indicator": str, "definition": str, "holds_from": date, "holds_to": date}
    yield (
        "indicator_conditions",
        identity | register_indicators.TERM_COLUMNS,
        [
            identified(row, since, until) | term
            for row, since, until in counted
            for term in register_indicators.terms(row)
        ],
    )
    yield (
        "indicator_reasons",
        identity | {"role": str, "position": int, "is_always": bool, "reason_code": str, "words": str},
        [
            identified(row, since, until)
            | {"role": f"reason {position}", "position": position, "is_always": reason.when is None}
            | {"reason_code": reason.code, "words": reason.words}
            for row, since, until in counted
            for position, reason in enumerate(row.reasons, start=1)
        ],
    )


def identified(row: Any, since: date, until: date) -> dict[str, Any]:
    return {"indicator": row.indicator, "definition": row.definition, "holds_from": since, "holds_to": until}


def status_names(rows: dict[str, list[Any]]) -> list[dict[str, Any]]:
    """Every accepted spelling of a status, folded; the ten national names first."""
    always = {"source": "danh mục quốc gia", "holds_from": BEGINNING, "holds_to": END}
    national = [
        {"folded_name": fold(status.name), "status_code": status.status_code} | always
        for status in rows["dossier_statuses.csv"]
    ]
    name = "dossier_status_aliases.csv"
    return national + [row | {"folded_name": fold(row["name"])} for row in dated(name, rows[name])]


def headline_scope(rows: dict[str, list[Any]]) -> list[dict[str, Any]]:
    """The units of the headline (P-01), each for the days on which it is one: always where none are given."""
    return [
        row.model_dump() | {"holds_from": row.valid_from or BEGINNING, "holds_to": row.valid_to or END}
        for row in rows["headline_scope.csv"]
    ]


def content_hash(names: tuple[str, ...], texts: dict[str, Texts]) -> str:
    """SHA-256 over the files of one version, twelve digits: enough to tell versions apart on a page."""
    digest = hashlib.sha256()
    for file, text in (found for name in names for found in texts[name]):
        digest.update(f"{file}\n{text}\n".encode())
    return digest.hexdigest()[:12]


def software_version() -> str:
    """The same hash over the models and the rules: figures of one version were computed alike."""
    package = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for path in sorted([*package.glob("models/**/*.sql"), *package.glob("expectations/**/*.py")]):
        digest.update(f"{path.relative_to(package).as_posix()}\n{path.read_text(encoding='utf-8')}\n".encode())
    return digest.hexdigest()[:12]
