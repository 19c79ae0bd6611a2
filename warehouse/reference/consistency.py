"""What must hold between rows and between files; a broken rule stops the load before anything is written."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, time
from pathlib import Path
from typing import Any

from warehouse.reference.reading import ReferenceDataError
from warehouse.reference.register_indicators import wrong_rows
from warehouse.reference.text import fold
from warehouse.reference.versions import BEGINNING, VERSIONED, key_of, spans


Rows = dict[str, list[Any]]

KEYS: dict[str, tuple[str, ...]] = {
    "calendar.csv": ("day", "valid_from"),
    "office_hours.csv": ("valid_from", "starts"),
    "parameters.yaml": ("code", "valid_from"),
    "document_exclusions.csv": ("exclusion_code", "valid_from"),
    "forms.csv": ("form", "valid_from"),
    "rating_bands.csv": ("staff", "category", "valid_from"),
    "title_criteria.csv": ("criterion", "valid_from"),
    "dossier_statuses.csv": ("status_code",),
    "applicant_groups.csv": ("folded_value",),
    "channels.csv": ("folded_value", "valid_from"),
    "classifications.csv": ("classification",),
    "verdicts.csv": ("verdict",),
    "objectives.yaml": ("objective_year", "indicator"),
    "indicators.csv": ("indicator",),
    "indicator_sources.csv": ("indicator", "definition", "system", "resource"),
    "targets.csv": ("indicator", "unit_code", "objective_year", "valid_from"),
    "trajectories.csv": ("indicator", "unit_code", "on_date"),
    "definitions.csv": ("indicator", "definition", "valid_from"),
    "readings.csv": ("indicator", "reading", "valid_from"),
    "register_indicators.yaml": ("indicator", "definition", "valid_from"),
    "units.csv": ("unit_code", "valid_from"),
    "unit_successions.csv": ("from_unit", "to_unit", "on_date"),
    "headline_scope.csv": ("unit_code", "folded_name", "valid_from"),
    "financial_pauses.csv": ("procedure_code", "valid_from"),
    "placeholders.csv": ("folded_text",),
    "procedure_fields.csv": ("field",),
    "sync_keys.csv": ("key",),
    "procedure_levels.csv": ("folded_name",),
    "limit_units.csv": ("folded_value",),
    "comparison_sides.csv": ("side",),
    "procedure_statuses.csv": ("folded_value",),
    "announcing_agencies.csv": ("folded_name",),
    "procedure_exclusions.csv": ("national_code", "valid_from"),
    "risk_levels.csv": ("scale", "level"),
    "reconciliation_tolerances.csv": ("subject", "consequence"),
    "score_parts.csv": ("part",),
    "publication_exceptions.csv": ("exception_code", "valid_from"),
    "decision_clauses.csv": ("objective_year", "position"),
    "nonconformity_causes.csv": ("cause_code",),
    "improvement_limits.csv": ("name",),
    "register_deliveries.csv": ("resource", "valid_from"),
    "retention.csv": ("name",),
    "sensitive_procedures.csv": ("match", "value"),
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


def doubled_days(rows: Rows) -> Iterator[str]:
    """Two notices of one day must say which is the newer."""
    by_day = defaultdict(list)
    for row in rows["calendar.csv"]:
        by_day[row.day].append(row.valid_from)
    for day, notices in by_day.items():
        if len(notices) > 1 and None in notices and notices.count(None) < 2:
            yield f"Tệp calendar.csv: day = {day} đứng hai lần; dòng sửa đổi và dòng cũ đều phải có valid_from."


def doubled_status_names(rows: Rows) -> Iterator[str]:
    """A national name always means what it says; another spelling may come to mean something else from a day on."""
    national = [(status.name, None) for status in rows["dossier_statuses.csv"]]
    taken = {fold(name) for name, _ in national}
    seen: set[tuple[str, date | None]] = set()
    for name, since in (*national, *((alias.name, alias.valid_from) for alias in rows["dossier_status_aliases.csv"])):
        if (fold(name), since) in seen or (since and fold(name) in taken):
            yield f"Tên trạng thái {name!r} đứng hai lần trong danh mục trạng thái hồ sơ."
        seen.add((fold(name), since))


def unknown_names(rows: Rows) -> Iterator[str]:
    """A unit or an indicator that another file names must exist."""
    units = {unit.unit_code for unit in rows["units.csv"]}
    indicators = {objective.indicator for objective in rows["objectives.yaml"]}
    parameters = {row.code for row in rows["parameters.yaml"]}
    definitions = {f"{row.indicator} {row.definition}" for row in rows["definitions.csv"]}
    families = {row.family for row in rows["indicators.csv"]}
    subjects = (row.indicators for row in rows["reconciliation_tolerances.csv"])
    described = {row.indicator for row in rows["indicators.csv"]}
    answers = (name for row in rows["decision_clauses.csv"] for name in (row.indicators or "").split("; ") if name)
    collections = (f"{row.system}__{row.resource}" for row in rows["indicator_sources.csv"])
    references: list[tuple[str, str, set[str], Iterable[str | None]]] = [
        ("units.csv", "parent_code", units, (unit.parent_code for unit in rows["units.csv"])),
        ("unit_successions.csv", "from_unit", units, (edge.from_unit for edge in rows["unit_successions.csv"])),
        ("unit_successions.csv", "to_unit", units, (edge.to_unit for edge in rows["unit_successions.csv"])),
        ("targets.csv", "indicator", indicators, (target.indicator for target in rows["targets.csv"])),
        ("trajectories.csv", "indicator", indicators, (row.indicator for row in rows["trajectories.csv"])),
        ("definitions.csv", "indicator", indicators, (row.indicator for row in rows["definitions.csv"])),
        ("indicators.csv", "indicator", indicators, (row.indicator for row in rows["indicators.csv"])),
        ("decision_clauses.csv", "indicators", described, answers),
        ("readings.csv", "indicator", indicators, (row.indicator for row in rows["readings.csv"])),
        ("readings.csv", "parameter", parameters, (row.parameter for row in rows["readings.csv"])),
        ("readings.csv", "definitions", definitions, counted_definitions(rows)),
        ("reconciliation_tolerances.csv", "indicators", families, subjects),
        ("indicator_sources.csv", "system, resource", staged_collections(), collections),
    ]
    for name, column, known, values in references:
        for value in sorted({value for value in values if value is not None} - known):
            yield f"Tệp {name}, cột {column}: {value!r} không có trong danh mục."


def counted_definitions(rows: Rows) -> Iterator[str]:
    for row in rows["readings.csv"]:
        yield from (f"{row.indicator} {definition}" for definition in row.definitions.split())


def impossible_periods(rows: Rows) -> Iterator[str]:
    """A version ends after it begins, and before the next one of the same thing begins."""
    versioned: dict[str, Callable[[Any], tuple[Any, ...]]] = {
        "units.csv": lambda unit: (unit.unit_code,),
        "financial_pauses.csv": lambda pause: (pause.procedure_code,),
        "headline_scope.csv": lambda unit: (unit.unit_code or unit.folded_name,),
        "targets.csv": lambda target: (target.indicator, target.unit_code, target.objective_year),
    }
    for name, identity in versioned.items():
        versions = defaultdict(list)
        for row in rows[name]:
            versions[identity(row)].append((row.valid_from or date.min, row.valid_to or date.max))
        for key, held in versions.items():
            bounds = [bound for span in sorted(held) for bound in span]
            if bounds != sorted(bounds) or len(set(bounds)) < len(bounds):
                yield f"Tệp {name}: các khoảng hiệu lực của {key[0]} chồng nhau hoặc kết thúc trước khi bắt đầu."


def ended_without_successor(rows: Rows) -> Iterator[str]:
    """The version that follows begins the day after: a day that no version answers would lose its figures unseen."""
    for name, identity in VERSIONED.items():
        for row, _, until in spans(rows[name], identity):
            if row.valid_to is not None and row.valid_to != until:
                thing = ", ".join(map(str, key_of(row, identity))) or "bản trước"
                yield (
                    f"Tệp {name}: {thing} hết hiệu lực ngày {row.valid_to} nhưng bản sau không bắt đầu ngay hôm sau; "
                    "để trống valid_to thì bản cũ giữ đến khi bản mới bắt đầu."
                )


def headlines(rows: Rows) -> Iterator[str]:
    """Each indicator of an objective has, on any day, exactly one definition that counts as its own."""
    definitions = list(spans(rows["definitions.csv"], VERSIONED["definitions.csv"]))
    for indicator in sorted({objective.indicator for objective in rows["objectives.yaml"]}):
        own = [span for span in definitions if span[0].indicator == indicator]
        for day in sorted({since for _, since, _ in own} or {BEGINNING}):
            if sum(row.is_headline for row, since, until in own if since <= day <= until) != 1:
                yield f"Tệp definitions.csv: chỉ tiêu {indicator} phải có đúng một định nghĩa chính (is_headline)."
                break


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
    versions = Counter(row.valid_from for row in rows["office.yaml"])
    most = max(versions.values(), default=0)
    if most != 1:
        yield f"Tệp office.yaml: mỗi thời điểm phải có đúng một cơ quan, đang có {most}."


def wrong_parameters(rows: Rows) -> Iterator[str]:
    """A value outside the choices that the models know would silently count as something else."""
    # A version that the Office adds need not repeat them.
    choices = {row.code: row.choices for row in reversed(rows["parameters.yaml"]) if row.choices}
    for parameter in rows["parameters.yaml"]:
        given = parameter.value if isinstance(parameter.value, list) else [parameter.value]
        known = choices.get(parameter.code, ())
        for value in given:
            if known and value not in known:
                allowed = ", ".join(map(str, known))
                yield f"Tệp parameters.yaml, {parameter.code}: giá trị {value!r} không thuộc {allowed}."


def wrong_targets(rows: Rows) -> Iterator[str]:
    """A rate is a share: 97 % is 0.97, and 97 a slip that nothing would ever reach."""
    shares = ("rate", "milestone")
    measures = {row.indicator: row.measure for row in rows["definitions.csv"] if row.is_headline}
    for name in ("targets.csv", "trajectories.csv"):
        for row in rows[name]:
            ends = (row.target, getattr(row, "upper_target", None))
            if measures.get(row.indicator) in shares and not all(0 <= end <= 1 for end in ends if end is not None):
                yield f"Tệp {name}: chỉ tiêu {row.indicator} là tỷ lệ, target phải từ 0 đến 1, đang là {row.target}."


def wrong_office_hours(rows: Rows) -> Iterator[str]:
    def minute(moment: time) -> int:
        return moment.hour * 60 + moment.minute

    versions = defaultdict(list)
    for session in rows["office_hours.csv"]:
        versions[session.valid_from].append(session)
    for sessions in versions.values():
        worked, last_end = 0, -1
        for session in sessions:
            if session.minutes_before != worked or not last_end < minute(session.starts) < minute(session.ends):
                begins = f"{session.starts:%H:%M}"
                yield f"Tệp office_hours.csv: buổi bắt đầu lúc {begins} sai thứ tự hoặc sai minutes_before."
            worked += minute(session.ends) - minute(session.starts)
            last_end = minute(session.ends)


RULES = (
    doubled_keys,
    doubled_days,
    doubled_status_names,
    unknown_names,
    impossible_periods,
    ended_without_successor,
    headlines,
    sources_of_indicators,
    one_office,
    wrong_parameters,
    wrong_rows,
    wrong_targets,
    wrong_office_hours,
)
