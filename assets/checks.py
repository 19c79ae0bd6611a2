"""Rules as Dagster shows them: one check per rule, with its counts, the failing records and what to do."""

from collections.abc import Iterable, Iterator

import dagster as dg

from warehouse.expectations import Rule
from warehouse.validation import Outcome


SHOWN_KEYS = 20
SHOWN_SENTENCES = 3


def check_specs(table: str, rules: Iterable[Rule]) -> list[dg.AssetCheckSpec]:
    """A critical rule stops everything downstream in the same run; a warning shows and passes."""
    return [
        dg.AssetCheckSpec(
            name=rule.name,
            asset=dg.AssetKey(table.split(".")),
            description=f"{rule.message}. {rule.advice}",
            blocking=rule.severity == "critical",
        )
        for rule in rules
    ]


def check_results(table: str, outcomes: Iterable[Outcome]) -> Iterator[dg.AssetCheckResult]:
    for outcome in outcomes:
        critical = outcome.rule.severity == "critical"
        yield dg.AssetCheckResult(
            asset_key=dg.AssetKey(table.split(".")),
            check_name=outcome.rule.name,
            passed=outcome.success,
            severity=dg.AssetCheckSeverity.ERROR if critical else dg.AssetCheckSeverity.WARN,
            description=verdict(outcome),
            metadata=details(outcome),
        )


def verdict(outcome: Outcome) -> str:
    """Messages name the property or what is wrong with it, so a rule that is met is not quoted."""
    if outcome.success:
        return "Đạt."
    # Where what fails is told in a sentence of its own, the officer reads that first.
    told = " ".join(outcome.failing_keys[:SHOWN_SENTENCES]) if outcome.rule.key == ("sentence",) else ""
    return " ".join(filter(None, (f"Không đạt: {outcome.rule.message}.", told, outcome.rule.advice)))


def details(outcome: Outcome) -> dict[str, dg.MetadataValue]:
    shown: dict[str, dg.MetadataValue] = {
        "Quy tắc": dg.MetadataValue.text(outcome.rule.message),
        "Việc cần làm": dg.MetadataValue.text(outcome.rule.advice),
        "Số dòng đã kiểm tra": dg.MetadataValue.int(outcome.element_count),
        "Số dòng không đạt": dg.MetadataValue.int(outcome.unexpected_count),
    }
    if outcome.failing_keys:
        lines = [f"- `{key}`" for key in outcome.failing_keys[:SHOWN_KEYS]]
        rest = len(outcome.failing_keys) - len(lines)
        if rest:
            lines.append(f"- … và {rest} bản ghi khác")
        shown["Bản ghi không đạt"] = dg.MetadataValue.md("\n".join(lines))
    if outcome.rule.quarantine:
        shown["Cách xử lý"] = dg.MetadataValue.text("Bản ghi được tách riêng, không tính vào số liệu cho đến khi sửa.")
    return shown
