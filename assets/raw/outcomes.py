"""How the reading of one collection ended, as Dagster shows it: a check of each raw table that passes or does not.

The step of a source that could not be read ends well, so that what stands on the other sources is made; its check is
what the officer sees red, what is alerted (pipelines/incidents.py) and what says since when.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import dagster as dg

from assets.raw.asking import Asking
from assets.sources import Source, title_of
from connectors.errors import SourceError


WAS_READ = "source_was_read"
CLOCK_AHEAD = "Đồng hồ máy này nhanh hơn nguồn (giây)"
KEPT = "Chỉ tiêu đứng trên nguồn này giữ căn cứ của lần đọc trọn vẹn trước đó; các chỉ tiêu khác vẫn được công bố."
KEPT_BESIDE = "Chỉ phần đối chiếu với nguồn này còn là số cũ; số liệu của Văn phòng không phụ thuộc vào nó."


def was_read_spec(asset: Sequence[str]) -> dg.AssetCheckSpec:
    return dg.AssetCheckSpec(
        WAS_READ, asset=dg.AssetKey(asset), description=f"Nguồn đọc được trọn vẹn. Nếu không: {KEPT}"
    )


def was_read(ahead: timedelta | None = None) -> dg.AssetCheckResult:
    """`ahead`: by how much this machine's clock is ahead of the source's, where it tells its own."""
    told = {} if ahead is None else {CLOCK_AHEAD: round(ahead.total_seconds(), 1)}
    return dg.AssetCheckResult(check_name=WAS_READ, passed=True, description="Không có lỗi khi đọc.", metadata=told)


def noted(note: str) -> dg.MaterializeResult[None]:
    return dg.MaterializeResult(metadata={"Ghi chú": note}, check_results=[was_read()])


def unread(asking: Asking[Any], error: SourceError, is_beside: bool) -> dg.MaterializeResult[None]:
    """The check that does not pass. Raises dg.Failure where all is to be published or nothing.

    `is_beside`: a source that only stands beside our figures; whatever it did, the run goes on.
    """
    facts = {"Nguồn": title_of(error.source), "Việc cần làm": error.advice}
    if asking.settings.publish_when == "all" and not is_beside:
        # Not retried by Dagster: the client has already spent the source's patience (design §4.11).
        raise dg.Failure(description=told(error), metadata=facts, allow_retries=False) from error
    if is_beside:
        asking.log.warning(f"{told(error)} {KEPT_BESIDE}")
    else:
        asking.log.error(f"{told(error)} {KEPT}")
    failed = dg.AssetCheckResult(
        check_name=WAS_READ,
        passed=False,
        severity=dg.AssetCheckSeverity.WARN if is_beside else dg.AssetCheckSeverity.ERROR,
        description=told(error),
        metadata=facts,
    )
    return dg.MaterializeResult(check_results=[failed])


def not_configured(context: dg.AssetExecutionContext, source: Source) -> dg.MaterializeResult[None]:
    """A source without settings is skipped, visibly."""
    note = f"{source.title}: chưa cấu hình kết nối nên không đọc; dữ liệu đã có vẫn được dùng."
    context.log.warning(note)
    return noted(note)


def tolerated(asking: Asking[Any], error: SourceError) -> dg.MaterializeResult[None]:
    """A collection that a source need not offer: its absence is noted and the run goes on."""
    note = f"Nguồn không cung cấp phần này: {error.what}. Số liệu chính không phụ thuộc vào nó."
    asking.log.warning(note)
    return noted(note)


def told(error: SourceError) -> str:
    """With the source's name for people."""
    return f"{title_of(error.source)}: {error}"
