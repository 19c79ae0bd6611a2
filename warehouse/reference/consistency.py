"""What must hold between rows and between files; a broken rule stops the load before anything is written."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, time
from pathlib import Path
from typing import Any

from warehouse.reference.reading import ReferenceDataError
from warehouse.reference.text import fold


Rows = dict[str, list[Any]]

KEYS: dict[str, tuple[str, ...]] = {
    "calendar.csv": ("day",),
    "office_hours.csv": ("starts",),
    "parameters.yaml": ("code",),
    "dossier_statuses.csv": ("status_code",),
    "applicant_groups.csv": ("folded_value",),
    "channels.csv": ("folded_value",),
    "classifications.csv": ("classification",),
    "verdicts.csv": ("verdict",),
    "objectives.yaml": ("objective_year", "indicator"),
    "indicators.csv": ("indicator",),
    "indicator_sources.csv": ("indicator", "definition", "system", "resource"),
    "targets.csv": ("indicator", "unit_code", "valid_from"),
    "trajectories.csv": ("indicator", "unit_code", "on_date"),
    "definitions.csv": ("indicator", "definition"),
    "units.csv": ("unit_code", "valid_from"),
    "unit_successions.csv": ("from_unit", "to_unit", "on_date"),
    "headline_scope.csv": ("unit_code", "folded_name"),
    "financial_pauses.csv": ("procedure_code",),
    "placeholders.csv": ("folded_text",),
    "procedure_fields.csv": ("field",),
    "sync_keys.csv": ("key",),
    "procedure_levels.csv": ("folded_name",),
    "procedure_statuses.csv": ("folded_value",),
    "announcing_agencies.csv": ("folded_name",),
    "procedure_exclusions.csv": ("national_code", "valid_from"),
    "risk_levels.csv": ("scale", "level"),
    "reconciliation_tolerances.csv": ("subject", "consequence"),
    "score_parts.csv": ("part",),
    "nonconformity_causes.csv": ("cause_code",),
    "improvement_limits.csv": ("name",),
}


def check(rows: Rows) -> None:
    """Raises ReferenceDataError with every broken rule."""
    broken = [words for rule in RULES for words in rule(rows)]
    if broken:
        raise ReferenceDataError("Dữ liệu tham chiếu mâu thuẫn:\n" + "\n".join(f"- {words}" for words in broken))


def doubled_keys(rows: Rows) -> Iterator[str]:
    for name, columns in KEYS.items():
        seen: set[tuple[Any, ...]] = set()
        for row in rows[name]:
            key = tuple(getattr(row, column) for column in columns)
            if key in seen:
                shown = ", ".join(f"{column} = {value}" for column, value in zip(columns, key, strict=True))
                yield f"Tệp {name}: {shown} đứng hai lần."
            seen.add(key)


def doubled_status_names(rows: Rows) -> Iterator[str]:
    seen: set[str] = set()
    for status in (*rows["dossier_statuses.csv"], *rows["dossier_status_aliases.csv"]):
        if fold(status.name) in seen:
            yield f"Tên trạng thái {status.name!r} đứng hai lần trong danh mục trạng thái hồ sơ."
        seen.add(fold(status.name))


def unknown_names(rows: Rows) -> Iterator[str]:
    """A unit or an indicator that another file names must exist."""
    units = {unit.unit_code for unit in rows["units.csv"]}
    indicators = {objective.indicator for objective in rows["objectives.yaml"]}
    families = {row.family for row in rows["indicators.csv"]}
    subjects = (row.indicators for row in rows["reconciliation_tolerances.csv"])
    collections = (f"{row.system}__{row.resource}" for row in rows["indicator_sources.csv"])
    references: list[tuple[str, str, set[str], Iterable[str | None]]] = [
        ("units.csv", "parent_code", units, (unit.parent_code for unit in rows["units.csv"])),
        ("unit_successions.csv", "from_unit", units, (edge.from_unit for edge in rows["unit_successions.csv"])),
        ("unit_successions.csv", "to_unit", units, (edge.to_unit for edge in rows["unit_successions.csv"])),
        ("targets.csv", "indicator", indicators, (target.indicator for target in rows["targets.csv"])),
        ("trajectories.csv", "indicator", indicators, (row.indicator for row in rows["trajectories.csv"])),
        ("definitions.csv", "indicator", indicators, (row.indicator for row in rows["definitions.csv"])),
        ("indicators.csv", "indicator", indicators, (row.indicator for row in rows["indicators.csv"])),
        ("reconciliation_tolerances.csv", "indicators", families, subjects),
        ("indicator_sources.csv", "system, resource", staged_collections(), collections),
    ]
    for name, column, known, values in references:
        for value in sorted({value for value in values if value is not None} - known):
            yield f"Tệp {name}, cột {column}: {value!r} không có trong danh mục."


def impossible_periods(rows: Rows) -> Iterator[str]:
    """A version ends after it begins, and before the next one of the same thing begins."""
    versioned: dict[str, Callable[[Any], tuple[Any, ...]]] = {
        "units.csv": lambda unit: (unit.unit_code,),
        "targets.csv": lambda target: (target.indicator, target.unit_code),
    }
    for name, identity in versioned.items():
        versions = defaultdict(list)
        for row in rows[name]:
            versions[identity(row)].append((row.valid_from, row.valid_to or date.max))
        for key, spans in versions.items():
            bounds = [bound for span in sorted(spans) for bound in span]
            if bounds != sorted(bounds) or len(set(bounds)) < len(bounds):
                yield f"Tệp {name}: các khoảng hiệu lực của {key[0]} chồng nhau hoặc kết thúc trước khi bắt đầu."


def headlines(rows: Rows) -> Iterator[str]:
    """Each indicator of an objective has exactly one definition that counts as its own."""
    leading = Counter(row.indicator for row in rows["definitions.csv"] if row.is_headline)
    for indicator in sorted({objective.indicator for objective in rows["objectives.yaml"]}):
        if leading[indicator] != 1:
            yield f"Tệp definitions.csv: chỉ tiêu {indicator} phải có đúng một định nghĩa chính (is_headline)."


def sources_of_indicators(rows: Rows) -> Iterator[str]:
    """Without its sources, a record that could not be taken would silently leave a verdict as sure as before."""
    described = {row.indicator for row in rows["indicators.csv"]}
    for indicator in sorted({objective.indicator for objective in rows["objectives.yaml"]} - described):
        yield f"Tệp indicators.csv: thiếu chỉ tiêu {indicator}."
    defined = {(row.indicator, row.definition) for row in rows["definitions.csv"]}
    sourced = {(row.indicator, row.definition) for row in rows["indicator_sources.csv"]}
    for indicator, definition in sorted(defined - sourced):
        yield f"Tệp indicator_sources.csv: thiếu nguồn của chỉ tiêu {indicator}, định nghĩa {definition}."
    for indicator, definition in sorted(sourced - defined):
        yield f"Tệp indicator_sources.csv: {indicator}, {definition} không có trong definitions.csv."


def staged_collections() -> set[str]:
    """What is staged, by the files of its models."""
    return {path.stem for path in (Path(__file__).parents[1] / "models" / "staging").glob("*.sql")}


def one_office(rows: Rows) -> Iterator[str]:
    if len(rows["office.yaml"]) != 1:
        yield f"Tệp office.yaml: phải có đúng một cơ quan, đang có {len(rows['office.yaml'])}."


def wrong_parameters(rows: Rows) -> Iterator[str]:
    """A value outside the choices that the models know would silently count as something else."""
    for parameter in rows["parameters.yaml"]:
        given = parameter.value if isinstance(parameter.value, list) else [parameter.value]
        for value in given:
            if parameter.choices and value not in parameter.choices:
                allowed = ", ".join(map(str, parameter.choices))
                yield f"Tệp parameters.yaml, {parameter.code}: giá trị {value!r} không thuộc {allowed}."


def wrong_office_hours(rows: Rows) -> Iterator[str]:
    def minute(moment: time) -> int:
        return moment.hour * 60 + moment.minute

    worked, last_end = 0, -1
    for session in rows["office_hours.csv"]:
        if session.minutes_before != worked or not last_end < minute(session.starts) < minute(session.ends):
            yield f"Tệp office_hours.csv: buổi bắt đầu lúc {session.starts:%H:%M} sai thứ tự hoặc sai minutes_before."
        worked += minute(session.ends) - minute(session.starts)
        last_end = minute(session.ends)


RULES = (
    doubled_keys,
    doubled_status_names,
    unknown_names,
    impossible_periods,
    headlines,
    sources_of_indicators,
    one_office,
    wrong_parameters,
    wrong_office_hours,
)
