"""The second look for people, before anything is published: over what is kept, and over what is to be published."""

from collections.abc import Iterator

import dagster as dg

from assets.checks import check_results, check_specs, verdict
from assets.models import built_models
from assets.partitions import closing_dates
from assets.sources import collections
from connectors.registers.vocabulary import FAMILY_NAMES, MIDDLE_NAMES, NOT_PERSONS, PLACES, SURE_FAMILY_NAMES
from warehouse import ledger, privacy
from warehouse.database import Database
from warehouse.expectations import Rule
from warehouse.publishing import PUBLISHED_SCHEMAS
from warehouse.validation import Outcome


TABLE = "published.privacy"
SCHEMAS = ("raw", "quarantine", "ledger", *PUBLISHED_SCHEMAS)
WORDS = privacy.words(FAMILY_NAMES, SURE_FAMILY_NAMES, MIDDLE_NAMES, PLACES, NOT_PERSONS)
RULE = Rule(
    name="no_personal_data",
    expectation="scan",
    kwargs={"schemas": SCHEMAS},
    key=("table_name", "column_name"),
    severity="critical",
    message="Kho dữ liệu và bản sắp công bố không có số định danh, số điện thoại, địa chỉ thư điện tử hay họ tên",
    advice="Không công bố cho đến khi xóa hết. Danh sách chỉ nêu bảng, cột và số lượng; gửi danh sách đó cho người "
    "quản trị phần mềm, đừng gửi dữ liệu.",
)


@dg.asset(
    key=TABLE.split("."),
    deps=[
        *(["raw", source.table(collection)] for source, collection in collections()),
        *(key for model in built_models for key in model.keys),
    ],
    group_name="published",
    kinds={"sql", "duckdb"},
    partitions_def=closing_dates,
    check_specs=check_specs(TABLE, [RULE]),
    description="Dò thông tin cá nhân trong dữ liệu nguồn đã lưu và trong các bảng sắp công bố; có thì không công bố.",
)
def scanned(context: dg.AssetExecutionContext, database: dg.ResourceParam[Database]) -> Iterator[object]:
    found = privacy.scan(database, WORDS, "warehouse", SCHEMAS)
    outcome = Outcome(RULE, not found, sum(sum(one.counts) for one in found), len(found), [str(one) for one in found])
    closing = ledger.closing(database)
    ledger.record_checks(database, closing[0] if closing else context.run.run_id, TABLE, [outcome])
    yield dg.MaterializeResult(check_results=list(check_results(TABLE, [outcome])))
    if found:
        raise dg.Failure("\n".join([verdict(outcome), *map(str, found)]), allow_retries=False)
