"""A reference file becomes validated rows, or an error that names file, line, column and value in Vietnamese."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from warehouse.reference import register_indicators, schema


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
    "indicators.csv": schema.Indicator,
    "indicator_sources.csv": schema.IndicatorSource,
    "targets.csv": schema.Target,
    "trajectories.csv": schema.Milestone,
    "definitions.csv": schema.Definition,
    "readings.csv": schema.Reading,
    register_indicators.FILE: register_indicators.RegisterIndicator,
    "office.yaml": schema.Office,
    "units.csv": schema.Unit,
    "unit_successions.csv": schema.UnitSuccession,
    "headline_scope.csv": schema.HeadlineScope,
    "forms.csv": schema.Form,
    "title_criteria.csv": schema.TitleCriterion,
    "rating_bands.csv": schema.RatingBand,
    "financial_pauses.csv": schema.FinancialPause,
    "placeholders.csv": schema.Placeholder,
    "procedure_fields.csv": schema.ProcedureField,
    "sync_keys.csv": schema.SyncKey,
    "procedure_levels.csv": schema.ProcedureLevel,
    "limit_units.csv": schema.LimitUnit,
    "comparison_sides.csv": schema.ComparisonSide,
    "procedure_statuses.csv": schema.ProcedureStatus,
    "announcing_agencies.csv": schema.AnnouncingAgency,
    "procedure_exclusions.csv": schema.ProcedureExclusion,
    "risk_levels.csv": schema.RiskLevel,
    "exchange_statuses.csv": schema.ExchangeStatus,
    "document_exclusions.csv": schema.DocumentExclusion,
    "publication_exceptions.csv": schema.PublicationException,
    "decision_clauses.csv": schema.DecisionClause,
    "nonconformity_causes.csv": schema.NonconformityCause,
    "improvement_limits.csv": schema.ImprovementLimit,
    "register_deliveries.csv": schema.RegisterDelivery,
    "reconciliation_tolerances.csv": schema.ReconciliationTolerance,
    "score_parts.csv": schema.ScorePart,
    "retention.csv": schema.Retention,
    "sensitive_procedures.csv": schema.SensitiveProcedure,
    "traps.csv": schema.Trap,
    "trap_signals.csv": schema.TrapSignal,
    "trap_thresholds.csv": schema.TrapThreshold,
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


# (file, text) of everything that makes up one reference file, in order.
Texts = list[tuple[str, str]]


class ReferenceDataError(Exception):
    """A reference file that cannot be used; the message says where and why, in Vietnamese."""


def texts_of(name: str, own: Path | None = None) -> Texts:
    """(file, text) of what makes up a reference file: it and its additions, ours or the office's own of that name.

    An addition to `targets.csv` is called `targets.<anything>.csv`, such as `targets.2026.csv`.
    """
    stem, _, suffix = name.partition(".")
    added = re.compile(rf"{re.escape(stem)}\..+\.{re.escape(suffix)}")
    package = files(__package__)
    offices = {path.name: path for path in own.iterdir() if path.is_file()} if own and own.is_dir() else {}
    ours = {entry.name for entry in package.iterdir()}
    additions = sorted(file for file in ours | offices.keys() if added.fullmatch(file))
    return [
        (file, office_text(offices[file]) if file in offices else package.joinpath(file).read_text(encoding="utf-8"))
        for file in (name, *additions)
    ]


def office_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReferenceDataError(f"Tệp tham chiếu {path.name} không phải văn bản UTF-8.") from error


def strangers(own: Path | None) -> list[str]:
    """Files in the office's folder that belong to no reference file: a misspelt name would do nothing, unseen."""
    if own is None or not own.is_dir():
        return []
    known = {(name.partition(".")[0], name.partition(".")[2]) for name in FILES}
    entries = [path for path in own.iterdir() if path.is_file() and not path.name.startswith(".")]
    return sorted(
        path.name for path in entries if (path.name.partition(".")[0], path.suffix.removeprefix(".")) not in known
    )


def read(name: str, own: Path | None = None) -> list[Any]:
    """The validated rows of a file with what the office adds to it. Raises ReferenceDataError."""
    return rows_of(name, texts_of(name, own))


def rows_of(name: str, texts: Texts) -> list[Any]:
    """The validated rows of the texts that make up a file. Raises ReferenceDataError."""
    return [valid for file, text in texts for valid in rows_in(name, text, file)]


def rows_in(name: str, text: str, file: str | None = None) -> list[Any]:
    """The validated rows of one text of that shape; errors name the file they stand in. Raises ReferenceDataError."""
    text = unicodedata.normalize("NFC", text)
    entries = yaml_entries if name.endswith(".yaml") else csv_entries
    return [row(name, place, entry, file or name) for place, entry in entries(name, text, file or name)]


def row(name: str, place: str, entry: Any, file: str) -> Any:
    try:
        return FILES[name].model_validate(entry)
    except ValidationError as error:
        first = error.errors()[0]
        column = "".join(f", cột {part}" for part in first["loc"][:1])
        value = "" if first["type"] == "missing" or not column else f" giá trị {first['input']!r}:"
        raise ReferenceDataError(f"Tệp tham chiếu {file}, {place}{column}:{value} {reason(first)}.") from error


def reason(error: Any) -> str:
    for kind, words in REASONS.items():
        if error["type"].startswith(kind):
            return words.format(**error.get("ctx", {}))
    return f"không hợp lệ ({error['msg']})"


def csv_entries(name: str, text: str, file: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows as they stand, each with its line; an empty cell is absent, a cell too many is an unknown column."""
    reader = csv.DictReader(io.StringIO(text, newline=""), restkey="(ô thừa)")
    for column in set(reader.fieldnames or ()) - FILES[name].model_fields.keys():
        raise ReferenceDataError(f"Tệp tham chiếu {file}, dòng 1, cột {column}: {REASONS['extra_forbidden']}.")
    for entry in reader:
        yield f"dòng {reader.line_num}", {column: value for column, value in entry.items() if value not in ("", None)}


def yaml_entries(name: str, text: str, file: str) -> Iterator[tuple[str, Any]]:
    """The entries under `rows`; what they have in common stands once under `common`."""
    try:
        document = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise ReferenceDataError(f"Tệp tham chiếu {file} không phải YAML đọc được: {error}.") from error
    if not isinstance(document, dict) or not {"rows"} <= document.keys() <= {"common", "rows"}:
        raise ReferenceDataError(f"Tệp tham chiếu {file}: chỉ nhận khóa 'common' và 'rows', bắt buộc có 'rows'.")
    for number, entry in enumerate(document["rows"] or [], start=1):
        yield f"mục {number}", entry
