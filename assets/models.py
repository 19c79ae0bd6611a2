"""Every file under warehouse/models is an asset: built, checked, and its failing records set aside, then the next.

What reads a table must already find the records set aside that broke its rules; where a critical rule is broken,
nothing that stands on the table is built, and the step fails in the words of the rule.
"""

import hashlib
from collections.abc import Generator, Iterable, Iterator, Mapping
from time import perf_counter

import dagster as dg

from assets import data_docs, figures
from assets.checks import check_results, check_specs, verdict
from assets.partitions import closing_dates
from assets.run_settings import RunSettings
from assets.sources import collections
from assets.steps import Step, steps
from warehouse import expectations, ledger, models, quarantine, unchanged, verdicts
from warehouse.database import Database
from warehouse.expectations import Rule
from warehouse.models import Model
from warehouse.raw_tables import VERSIONS
from warehouse.validation import Outcome, validate


SET_ASIDE = "quarantine.records"
VERDICTS = "ledger.checks"
READINGS = "ledger.extractions"
# State that no asset makes.
NOT_ASSETS = ("ledger.", "quarantine.")
# What an officer reads beside a table: whether this run made it.
ANEW, UNCHANGED = "Lập mới", "Không đổi: mọi thứ bảng này dựa vào vẫn như lần lập trước"


def built_step(step: Step, rules: Mapping[str, list[Rule]], reads: Mapping[str, set[str]]) -> dg.AssetsDefinition:
    @dg.multi_asset(
        name=step.name,
        specs=[spec(model, reads[model.table]) for model in step.models],
        check_specs=[check for model in step.models for check in check_specs(model.table, rules.get(model.table, []))],
        partitions_def=None if step.is_of_newest else closing_dates,
        can_subset=True,
    )
    def built(
        context: dg.AssetExecutionContext,
        database: dg.ResourceParam[Database],
        run_settings: dg.ResourceParam[RunSettings],
    ) -> Iterator[dg.MaterializeResult[None]]:
        chosen = [model for model in step.models if key(model) in context.selected_asset_keys]
        broken = yield from build_each(context, database, chosen, rules, reads)
        if broken:
            data_docs.write(
                database, data_docs.RunDocuments(context.run.run_id), run_settings.published / data_docs.FOLDER
            )
            raise dg.Failure("\n".join(broken), allow_retries=False)

    return built


def build_each(
    context: dg.AssetExecutionContext,
    database: Database,
    chosen: Iterable[Model],
    rules: Mapping[str, list[Rule]],
    reads: Mapping[str, set[str]],
) -> Generator[dg.MaterializeResult[None], None, list[str]]:
    """One model after the other, but for those that stand on a broken critical rule; says which were broken."""
    broken: list[str] = []
    missing: set[str] = set()
    for model in chosen:
        if reads[model.table] & missing:
            missing.add(model.table)
            continue
        made, outcomes = build(context, database, model, rules.get(model.table, []))
        yield made
        critical = [one for one in outcomes if one.rule.severity == "critical" and not one.success]
        if critical:
            broken += [f"{model.table}: {verdict(one)}" for one in critical]
            missing.add(model.table)
    return broken


def key(model: Model) -> dg.AssetKey:
    return dg.AssetKey([model.schema, model.name])


def spec(model: Model, reads: Iterable[str]) -> dg.AssetSpec:
    return dg.AssetSpec(
        key(model),
        deps=[dg.AssetKey(table.split(".")) for table in sorted(reads)],
        group_name=model.schema,
        kinds={"sql", "duckdb"},
        description=model.description,
        code_version=hashlib.sha256(model.sql.encode()).hexdigest()[:12],
        metadata={"SQL": dg.MetadataValue.md(f"```sql\n{model.sql}\n```")},
    )


def build(
    context: dg.AssetExecutionContext, database: Database, model: Model, rules: list[Rule]
) -> tuple[dg.MaterializeResult[None], list[Outcome]]:
    """Builds a table, where it does not stand as it would be built, and asks its rules.

    Raises ValidatorError, dg.Failure.
    """
    started = perf_counter()
    try:
        made = unchanged.make(database, model)
    except unchanged.Differs as differs:
        raise dg.Failure(str(differs), allow_retries=False) from differs
    outcomes = checked(database, context.run.run_id, model.table, rules)
    context.log.info(f"{model.table}: {made.rows:,} dòng{'' if made.is_new else ', không đổi'}")
    if model.table == figures.SCOREBOARD:
        tables = {".".join(key.path) for step in built_models for key in step.keys}
        for observation in figures.observed(database, tables):
            context.log_event(observation)
    return dg.MaterializeResult(
        asset_key=key(model),
        metadata={
            "dagster/row_count": made.rows,
            "Cách lập": ANEW if made.is_new else UNCHANGED,
            "Thời gian (giây)": round(perf_counter() - started, 3),
            **figures.sample(database, model),
        },
        check_results=list(check_results(model.table, outcomes)),
    ), outcomes


def checked(database: Database, run_id: str, table: str, rules: list[Rule]) -> list[Outcome]:
    """Asks the rules, keeps the verdicts for the publishing gate, and sets the failing records aside.

    Rules that were met are not asked again of the same rows; their verdicts stand in this run as in that one.
    """
    if not rules:
        return []
    of_what = verdicts.asked(database, table, rules)
    outcomes = verdicts.standing(database, table, rules, of_what) or validate(database, table, rules)
    ledger.record_checks(database, run_id, table, outcomes)
    verdicts.note(database, table, of_what, run_id)
    if any(rule.quarantine for rule in rules):
        quarantine.set_aside(database, table, outcomes)
    return outcomes


def upstream(model: Model, known: Mapping[str, Model], rules: Mapping[str, list[Rule]]) -> set[str]:
    """The assets a model needs: what it reads, what its rules read, and whoever sets aside what it leaves out."""
    reads = set(model.reads) | {table for rule in rules.get(model.table, []) for table in rule.reads}
    if reads & {VERSIONS, READINGS}:
        reads = reads - {VERSIONS} | {f"raw.{source.table(collection)}" for source, collection in collections()}
    if SET_ASIDE in reads:
        setting_aside = {table for table, own in rules.items() if any(rule.quarantine for rule in own)}
        # A summary stands on no table in particular and waits for all of them.
        reads |= (setting_aside & ancestors(model, known)) or setting_aside
    if VERDICTS in reads:
        # What has been found by every rule is known when every rule has been asked.
        reads |= set(rules)
    return {table for table in reads if not table.startswith(NOT_ASSETS)} - {model.table}


def ancestors(model: Model, known: Mapping[str, Model]) -> set[str]:
    found: set[str] = set()
    waiting = list(model.reads)
    while waiting:
        table = waiting.pop()
        if table not in found:
            found.add(table)
            waiting.extend(known[table].reads if table in known else ())
    return found


def model_steps() -> list[dg.AssetsDefinition]:
    rules = expectations.load()
    known = {model.table: model for model in models.load()}
    reads = {table: upstream(model, known, rules) for table, model in known.items()}
    return [built_step(step, rules, reads) for step in steps(known, reads)]


built_models = model_steps()
