"""Files for people, made of the marts alone, after the publication."""

from datetime import datetime
from pathlib import Path

import dagster as dg
from jinja2 import Environment, PackageLoader, select_autoescape

from assets.partitions import closing_dates
from assets.run_settings import RunSettings
from assets.tables import count, percent, rows
from warehouse import access
from warehouse.database import Database


SCOREBOARD = "select * from marts.scoreboard order by position"
DEFINITIONS = """
select result.*, definition.label
from marts.indicator_result as result
inner join core.headlines as headline
    on headline.indicator = result.indicator and headline.unit_code = result.unit_code
    and headline.objective_year = year(result.period_end) and headline.is_headline
inner join core.headline_period as period using (period_start)
inner join reference.definitions as definition
    on definition.indicator = result.indicator and definition.definition = result.definition
where
    closing_date = (select max(closing_date) from marts.indicator_result)
    and period_calendar = 'iso' and period_kind = 'year_to_date' and applicant_group <> 'chua_xac_dinh'
order by result.indicator, result.is_headline desc, result.definition
"""
REASONS = """
select indicator, reason_code, any_value(reason) as example, count(*) as records
from marts.failing_record group by indicator, reason_code order by indicator, records desc, reason_code
"""
SET_ASIDE = "select rule, system, resource, records, advice from marts.quarantine_summary order by records desc, rule"


@dg.asset(
    key=["reports", "scoreboard"],
    deps=[["published", "mtcl"]],
    group_name="reports",
    kinds={"html"},
    partitions_def=closing_dates,
    description="Báo cáo HTML: bảng điểm, các định nghĩa đối chiếu và hồ sơ tách riêng.",
)
def scoreboard(
    context: dg.AssetExecutionContext, database: dg.ResourceParam[Database], run_settings: dg.ResourceParam[RunSettings]
) -> dg.MaterializeResult[None]:
    file = run_settings.reports / "bang-diem.html"
    write(file, page(database, run_settings.clock()))
    context.log.info("Đã ghi báo cáo bảng điểm")
    return dg.MaterializeResult(metadata={"Tệp": dg.MetadataValue.path(file)})


def page(database: Database, now: datetime) -> str:
    templates = Environment(loader=PackageLoader("assets"), autoescape=select_autoescape())
    templates.filters["percent"] = lambda share: "—" if share is None else percent(share)
    templates.filters["count"] = count
    return templates.get_template("scoreboard.html").render(
        made_at=now,
        scoreboard=rows(database, SCOREBOARD),
        definitions=rows(database, DEFINITIONS),
        reasons=rows(database, REASONS),
        set_aside=rows(database, SET_ASIDE),
    )


def write(file: Path, text: str) -> None:
    """Whole or not at all: somebody may be reading the last one."""
    access.make_folder(file.parent, access.READERS_FOLDER)
    draft = file.with_suffix(".unfinished")
    draft.write_text(text, encoding="utf-8")
    draft.chmod(access.READERS_FILE)
    draft.replace(file)
