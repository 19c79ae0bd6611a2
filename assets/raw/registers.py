"""The registers of the rooms: all files of the folder are read once in a run, each register is landed by itself."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from assets.raw.asking import Asking, Reading
from assets.raw.connecting import Client, Question
from connectors.pseudonym_settings import pseudonymiser
from connectors.registers.catalogue import REGISTERS
from connectors.registers.folder import FILES, FolderContents, Registers


SHOWN_REJECTIONS = 30


def connect(given: Mapping[str, str], client: Client) -> Registers:
    return Registers(Path(given["REGISTERS_DIR"]), pseudonymiser(given))


def questions(folder: Registers, _org_code: str) -> Iterator[Question]:
    """For whoever probes the source: whether the folder can be read."""
    yield "Thư mục", lambda: f"đọc được {sum(len(page.records) for page in folder.contents.pages(FILES))} tệp"


def files(asking: Asking[Registers]) -> Iterator[Reading]:
    tell(asking, asking.connector.contents)
    yield of(asking, FILES)


def of(asking: Asking[Registers], name: str) -> Reading:
    """What no file holds any more is withdrawn, unless a part could not be read: then nobody knows what it holds."""
    contents = asking.connector.contents
    return Reading(contents.pages(name), complete=contents.is_complete(name))


def tell(asking: Asking[Registers], contents: FolderContents) -> None:
    """The rejections in the log, where the officer reads them first; the whole list is in the table."""
    if not contents.files and not contents.rejections:
        asking.log.warning("Thư mục sổ chưa có tệp nào; dữ liệu đã có vẫn được dùng.")
    for one in contents.rejections[:SHOWN_REJECTIONS]:
        asking.log.warning(f"{one.place}: {one.message}.")
    if contents.unread:
        names = ", ".join(REGISTERS[name].sheet for name in REGISTERS if name in contents.unread)
        asking.log.warning(f"Có phần chưa đọc được của sổ {names}: dòng không còn trong tệp chưa bị coi là đã xóa.")
    rest = len(contents.rejections) - SHOWN_REJECTIONS
    if rest > 0:
        asking.log.warning(f"… và {rest} chỗ khác; xem bảng raw/registers__rejections.")
