"""Objectives, targets, calendar, units, maps and parameters: data with a schema, loaded into `reference.*` and versioned by content."""

import csv
import hashlib
import json
from collections.abc import Iterator
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml
from pydantic import ValidationError

from warehouse.reference import schema
from warehouse.reference.calendar import calendar_rows
from warehouse.reference.tables import create_table
from warehouse.reference.text import fold


if TYPE_CHECKING:
    from warehouse.database import Warehouse


FILES: dict[str, type[schema.Row]] = {
    "calendar.csv": schema.CalendarDay,
    "office_hours.csv": schema.OfficeSession,
    "parameters.yaml": schema.Parameter,
    "dossier_statuses.csv": schema.DossierStatus,
    "dossier_status_aliases.csv": schema.DossierStatusAlias,
    "applicant_groups.csv": schema.ApplicantGroup,
    "channels.csv": schema.Channel,
    "classifications.csv": schema.Classification,
    "verdicts.csv": schema.Verdict,
    "objectives.yaml": schema.Objective,
    "targets.csv": schema.Target,
    "definitions.csv": schema.Definition,
    "units.csv": schema.Unit,
    "unit_successions.csv": schema.UnitSuccession,
    "headline_scope.csv": schema.HeadlineScope,
    "financial_pauses.csv": schema.FinancialPause,
}

# What a published figure names: each version is the hash of these files.
VERSIONS: dict[str, tuple[str, ...]] = {
    "definitions": ("definitions.csv", "objectives.yaml"),
    "targets": ("targets.csv",),
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
    ),
    "parameters": ("parameters.yaml",),
}

# The decision of 08/5/2025 sets the objectives of one year (domain §1).
DECISION = {
    "objective_year": 2025,
    "valid_from": "2025-05-08",
    "valid_to": None,
    "citation": "QĐ công bố Mục tiêu chất lượng năm 2025 của Văn phòng UBND tỉnh (08/5/2025)",
}


class ReferenceDataError(Exception):
    """A reference file that cannot be used; the message names file, row, field and value, in Vietnamese."""


def entries(name: str, text: str) -> Iterator[dict[str, Any]]:
    """The rows of one file as they stand; an empty CSV cell is absent."""
    if name.endswith(".yaml"):
        yield from yaml.safe_load(text) or []
        return
    for row in csv.DictReader(text.splitlines()):
        yield {column: value for column, value in row.items() if value != ""}


def read(name: str, text: str | None = None) -> list[Any]:
    """The validated rows of a file. Raises ReferenceDataError."""
    text = files(__package__).joinpath(name).read_text(encoding="utf-8") if text is None else text
    rows = []
    for number, entry in enumerate(entries(name, text), start=1):
        try:
            rows.append(FILES[name].model_validate(entry))
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(str(part) for part in first["loc"])
            raise ReferenceDataError(
                f"Tệp tham chiếu {name}, dòng {number}, cột {field}: giá trị {first['input']!r} không hợp lệ"
                f" ({first['msg']})"
            ) from error
    return rows


def load(warehouse: "Warehouse") -> dict[str, str]:
    """Write every `reference` table and return name → content hash of each version."""
    rows = {name: read(name) for name in FILES}
    versions = {name: content_hash(parts) for name, parts in VERSIONS.items()}
    with warehouse.transaction("reference"):
        for name in FILES:
            if name not in ("calendar.csv", "dossier_status_aliases.csv", "objectives.yaml", "parameters.yaml"):
                table = name.rpartition(".")[0]
                create_table(warehouse, table, FILES[name], [row.model_dump() for row in rows[name]])
        write_derived(warehouse, rows)
        create_table(
            warehouse,
            "versions",
            {"name": str, "content_hash": str},
            [{"name": name, "content_hash": value} for name, value in versions.items()],
        )
    return versions


def write_derived(warehouse: "Warehouse", rows: dict[str, list[Any]]) -> None:
    """Tables that say more than their file: every day of the calendar, every spelling of a status."""
    days = calendar_rows(rows["calendar.csv"])
    create_table(
        warehouse,
        "calendar",
        {
            "day": schema.date,
            "kind": str,
            "is_working": bool,
            "working_day_index": int,
            "is_official": bool,
            "citation": str,
        },
        days,
    )
    create_table(
        warehouse,
        "working_days",
        {"working_day_index": int, "day": schema.date},
        [{"working_day_index": day["working_day_index"], "day": day["day"]} for day in days if day["is_working"]],
    )
    create_table(
        warehouse,
        "dossier_status_names",
        {"folded_name": str, "status_code": int, "outcome": str, "source": str},
        status_names(rows["dossier_statuses.csv"], rows["dossier_status_aliases.csv"]),
    )
    create_table(
        warehouse,
        "parameters",
        {"code": str, "question": str, "value": str, "basis": str},
        [row.model_dump() | {"value": json.dumps(row.value, ensure_ascii=False)} for row in rows["parameters.yaml"]],
    )
    create_table(
        warehouse,
        "objectives",
        schema.Objective,
        [row.model_dump() | decision(row.clause) for row in rows["objectives.yaml"]],
        more={
            "objective_year": int,
            "valid_from": schema.date,
            "valid_to": schema.date,
            "citation": str,
        },
    )


def decision(clause: str) -> dict[str, Any]:
    return DECISION | {
        "valid_from": schema.date.fromisoformat(str(DECISION["valid_from"])),
        "citation": f"{DECISION['citation']}, {clause}",
    }


def status_names(
    national: list[schema.DossierStatus], aliases: list[schema.DossierStatusAlias]
) -> list[dict[str, Any]]:
    """Every accepted spelling, folded; the ten national names first. Raises ReferenceDataError on a double meaning."""
    names: dict[str, dict[str, Any]] = {}
    spelled = [(status.name, status.status_code, None, "danh mục quốc gia") for status in national]
    spelled += [(alias.name, alias.status_code, alias.outcome, alias.source) for alias in aliases]
    for name, status_code, outcome, source in spelled:
        folded = fold(name)
        if folded in names:
            raise ReferenceDataError(f"Tên trạng thái {name!r} đứng hai lần trong danh mục trạng thái hồ sơ")
        names[folded] = {"folded_name": folded, "status_code": status_code, "outcome": outcome, "source": source}
    return list(names.values())


def content_hash(parts: tuple[str, ...]) -> str:
    """SHA-256 over the files of one version, twelve digits: enough to tell versions apart on a page."""
    digest = hashlib.sha256()
    for name in parts:
        digest.update(files(__package__).joinpath(name).read_bytes())
    return digest.hexdigest()[:12]
