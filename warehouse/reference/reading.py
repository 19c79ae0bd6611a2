"""A reference file becomes validated rows, or an error that names file, line, column and value in Vietnamese."""

import csv
import io
import unicodedata
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import yaml
from pydantic import ValidationError

from warehouse.reference import schema


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
    "placeholders.csv": schema.Placeholder,
    "procedure_fields.csv": schema.ProcedureField,
    "sync_keys.csv": schema.SyncKey,
    "procedure_levels.csv": schema.ProcedureLevel,
    "procedure_statuses.csv": schema.ProcedureStatus,
    "announcing_agencies.csv": schema.AnnouncingAgency,
    "procedure_exclusions.csv": schema.ProcedureExclusion,
    "risk_levels.csv": schema.RiskLevel,
}

# What is wrong, by the beginning of pydantic's name for it; the first that fits.
REASONS: dict[str, str] = {
    "missing": "thiếu giá trị bắt buộc",
    "extra_forbidden": "cột này không có trong khuôn dạng của tệp",
    "literal_error": "chỉ nhận một trong các giá trị {expected}",
    "date": "không phải ngày có thật (viết YYYY-MM-DD)",
    "time": "không phải giờ (viết HH:MM)",
    "int": "không phải số nguyên",
    "bool": "chỉ nhận true hoặc false",
    "decimal": "không phải số thập phân, hoặc có quá nhiều chữ số",
    "greater_than_equal": "phải lớn hơn hoặc bằng {ge}",
    "less_than_equal": "phải nhỏ hơn hoặc bằng {le}",
    "string_too_short": "không được để trống",
    "string_pattern_mismatch": "không đúng dạng {pattern}",
    "string": "phải là văn bản",
    "value_error": "{error}",
    "model": "phải là các cặp 'cột: giá trị'",
}


class ReferenceDataError(Exception):
    """A reference file that cannot be used; the message says where and why, in Vietnamese."""


def text_of(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def read(name: str, text: str | None = None) -> list[Any]:
    """The validated rows of a file. Raises ReferenceDataError."""
    text = unicodedata.normalize("NFC", text_of(name) if text is None else text)
    found = yaml_entries(name, text) if name.endswith(".yaml") else csv_entries(name, text)
    return [row(name, place, entry) for place, entry in found]


def row(name: str, place: str, entry: Any) -> Any:
    try:
        return FILES[name].model_validate(entry)
    except ValidationError as error:
        first = error.errors()[0]
        column = "".join(f", cột {part}" for part in first["loc"][:1])
        value = "" if first["type"] == "missing" or not column else f" giá trị {first['input']!r}:"
        raise ReferenceDataError(f"Tệp tham chiếu {name}, {place}{column}:{value} {reason(first)}.") from error


def reason(error: Any) -> str:
    for kind, words in REASONS.items():
        if error["type"].startswith(kind):
            return words.format(**error.get("ctx", {}))
    return f"không hợp lệ ({error['msg']})"


def csv_entries(name: str, text: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows as they stand, each with its line; an empty cell is absent, a cell too many is an unknown column."""
    reader = csv.DictReader(io.StringIO(text, newline=""), restkey="(ô thừa)")
    for column in set(reader.fieldnames or ()) - FILES[name].model_fields.keys():
        raise ReferenceDataError(f"Tệp tham chiếu {name}, dòng 1, cột {column}: {REASONS['extra_forbidden']}.")
    for entry in reader:
        yield f"dòng {reader.line_num}", {column: value for column, value in entry.items() if value not in ("", None)}


def yaml_entries(name: str, text: str) -> Iterator[tuple[str, Any]]:
    """The entries under `rows`; what they have in common stands once under `common`."""
    try:
        document = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise ReferenceDataError(f"Tệp tham chiếu {name} không phải YAML đọc được: {error}.") from error
    if not isinstance(document, dict) or not {"rows"} <= document.keys() <= {"common", "rows"}:
        raise ReferenceDataError(f"Tệp tham chiếu {name}: chỉ nhận khóa 'common' và 'rows', bắt buộc có 'rows'.")
    for number, entry in enumerate(document["rows"] or [], start=1):
        yield f"mục {number}", entry
