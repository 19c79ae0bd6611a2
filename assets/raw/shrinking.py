"""A whole list that is empty, or much shorter than what was known, has not been read: it withdraws nothing."""

from collections.abc import Set
from typing import Any

import dagster as dg
from pydantic import Field

from assets.raw.asking import Asking
from assets.sources import Collection, Source
from connectors.errors import SourceChanged
from warehouse import whole_readings


# Of a list of a few, that many may go in a night.
FEW = 10
ADVICE = (
    "Hỏi đơn vị quản lý nguồn; nếu danh sách thật sự ngắn lại, chạy daily với accept_shorter_list: true ở bước {step}."
)


class ListReading(dg.Config):
    """Cách đọc danh sách. Để nguyên: danh sách rỗng hoặc ngắn đi quá nửa thì không nhận."""

    accept_shorter_list: bool = Field(
        default=False,
        description="Bật: nhận danh sách dù ngắn hơn hẳn lần trước; mục không còn trong danh sách coi là nguồn đã rút.",
    )


def form_of(collection: Collection) -> type[dg.Config] | None:
    return ListReading if collection.complete and not collection.may_be_empty else None


def refuse_shrunken(
    asking: Asking[Any], source: Source, collection: Collection, listed: int, among: Set[str] | None
) -> None:
    """Raises SourceChanged, naming the list and both counts. `among`: what is known of the part that was read."""
    if getattr(asking.form, "accept_shorter_list", False):
        return
    table = source.table(collection)
    known = whole_readings.standing(asking.database, f"raw.{table}") if among is None else len(among)
    is_shrunken = known - listed > FEW and listed < collection.credible_share * known
    if is_shrunken or (known and not listed):
        raise SourceChanged(
            source.code,
            f"{collection.description.split('.')[0]}: danh sách lần này có {listed} mục, đang biết {known} mục;"
            " không coi là đã đọc và không bản ghi nào bị coi là đã rút",
            advice=ADVICE.format(step=f"raw__{table}"),
        )
