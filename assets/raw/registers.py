"""The registers of the rooms: all files of the folder read once, each register landed by itself."""

from collections.abc import Iterator

import dagster as dg

from assets.raw.landing import Collection, failure, landed, not_configured
from connectors.errors import SourceError
from connectors.registers.catalogue import REGISTERS
from connectors.registers.folder import FILES, REJECTIONS, FolderContents, Registers
from warehouse.database import Warehouse


# The files first: a kill in between leaves no register newer than the list of what it was read from.
DESCRIPTIONS = {
    FILES: "Các tệp sổ trong thư mục REGISTERS_DIR.",
    **{name: f"Sổ: {register.title.capitalize()}." for name, register in REGISTERS.items()},
    REJECTIONS: "Những dòng, ô hoặc tệp sổ không nhận được, kèm tệp, trang, dòng, cột và lý do.",
}
SHOWN_REJECTIONS = 30


def key_of(name: str) -> dg.AssetKey:
    return dg.AssetKey(["raw", f"registers__{name}"])


@dg.multi_asset(
    name="raw__registers",
    specs=[
        dg.AssetSpec(key=key_of(name), group_name="raw", kinds={"excel", "duckdb"}, description=description)
        for name, description in DESCRIPTIONS.items()
    ],
)
def register_tables(
    context: dg.AssetExecutionContext,
    warehouse: dg.ResourceParam[Warehouse],
    registers: dg.ResourceParam[Registers | None],
) -> Iterator[dg.MaterializeResult[None]]:
    if registers is None:
        note = not_configured(context, "registers")
        yield from (dg.MaterializeResult(asset_key=key_of(name), metadata=note.metadata) for name in DESCRIPTIONS)
        return
    try:
        contents = registers.read()
    except SourceError as error:
        raise failure(error) from error
    tell(context, contents)
    for name in DESCRIPTIONS:
        result = landed(context, warehouse, registers, collection(name, contents), contents.pages(name))
        yield dg.MaterializeResult(asset_key=key_of(name), metadata=result.metadata)


def collection(name: str, contents: FolderContents) -> Collection:
    """What no file holds any more is withdrawn, unless a part could not be read: then nobody knows what it holds."""
    return Collection("registers", name, complete=contents.is_complete(name), may_be_empty=True)


def tell(context: dg.AssetExecutionContext, contents: FolderContents) -> None:
    """The rejections in the log, where the officer reads them first; the whole list is in the table."""
    if not contents.files and not contents.rejections:
        context.log.warning("Thư mục sổ chưa có tệp nào; dữ liệu đã có vẫn được dùng.")
    for one in contents.rejections[:SHOWN_REJECTIONS]:
        context.log.warning(f"{one.place}: {one.message}.")
    if contents.unread:
        names = ", ".join(REGISTERS[name].sheet for name in REGISTERS if name in contents.unread)
        context.log.warning(f"Có phần chưa đọc được của sổ {names}: dòng không còn trong tệp chưa bị coi là đã xóa.")
    rest = len(contents.rejections) - SHOWN_REJECTIONS
    if rest > 0:
        context.log.warning(f"… và {rest} chỗ khác; xem bảng raw/registers__rejections.")
