"""The small files of a home: what of them cannot be read is told, and is written anew or set aside; it stops nobody."""

import json
from collections.abc import Iterator
from pathlib import Path

from pipelines.sqlite_files import put_aside
from warehouse.identity import CARD
from warehouse.reading import POINTER, manifest_of
from warehouse.whole_files import ASIDE
from warehouse.withdrawing import LIST as WITHDRAWN


ANEW = "lần chạy sau ghi lại"
PUT_ASIDE = (
    "Tệp {file} của Dagster bị hỏng nên được cất thành {place} và làm tệp mới: trang Dagster không còn những gì tệp"
    " ấy giữ, số liệu và bản công bố không mất gì. Khởi động lại giao diện; xem xong thì xóa tệp đã cất."
)


def unreadable(home: Path, published: Path) -> Iterator[str]:
    """A sentence for each that is there and no JSON file, or is missing where a version needs it."""
    for file in (home / "incidents.json", home / "heartbeat.json", home / CARD, published / WITHDRAWN):
        if file.exists() and not is_sound(file):
            yield f"Tệp {file.name} không đọc được; {ANEW}."
    for folder in (home / "published", home / "dagster"):
        if folder.exists() and not folder.is_dir():
            yield f"{folder.name} phải là thư mục mà là tệp; cất tệp đó đi rồi chạy lại daily."
    for path in put_aside(home / "dagster"):
        yield PUT_ASIDE.format(file=path.name.partition(ASIDE)[0], place=path.relative_to(home))
    pointer = published / POINTER
    if pointer.is_symlink() and not pointer.exists():
        yield f"{POINTER} chỉ đến bản công bố không còn; chạy lại daily hoặc công việc publish."
    elif pointer.exists() and not pointer.is_file():
        yield f"{POINTER} phải là tệp mà là thư mục; cất thư mục đó đi rồi chạy lại daily."
    elif pointer.is_file() and not is_sound(manifest_of(pointer.resolve())):
        yield f"Bản kê của {pointer.resolve().stem} thiếu hoặc không đọc được; bản công bố sau có bản kê mới."


def is_sound(file: Path) -> bool:
    try:
        return isinstance(json.loads(file.read_text(encoding="utf-8")), dict | list)
    except (OSError, ValueError):
        return False
