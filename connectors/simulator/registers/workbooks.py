"""The rooms' registers as workbooks in a folder, untidy the way people leave them.

The same world writes the same bytes: neither the day of the machine nor its clock stands in a file.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from connectors.registers.catalogue import REGISTERS
from connectors.registers.templates import write_workbook
from connectors.simulator.registers import documents, office
from connectors.simulator.world import World


Rows = list[dict[str, Any]]
FILE_NAMES = {
    "documents": "so-van-ban-di.xlsx",
    "incoming": "so-van-ban-den.xlsx",
    "secret_counts": "van-ban-mat.xlsx",
    "officials": "can-bo-cong-chuc.xlsx",
    "ratings": "xep-loai-cuoi-nam.xlsx",
    "inspections": "theo-doi-kiem-tra.xlsx",
    "inspection_units": "danh-muc-don-vi-kiem-tra.xlsx",
    "objectives": "muc-tieu-chat-luong.xlsx",
    "risks": "rui-ro-co-hoi.xlsx",
    "communications": "truyen-dat-muc-tieu.xlsx",
    "nonconformities": "su-khong-phu-hop.xlsx",
    "internal_audits": "danh-gia-noi-bo.xlsx",
    "management_reviews": "xem-xet-cua-lanh-dao.xlsx",
    "surveys": "khao-sat-hai-long.xlsx",
    "observations": "theo-doi-khac.xlsx",
    "publications": "cong-khai-chi-dao-dieu-hanh.xlsx",
}
WRITERS: tuple[Callable[[World], dict[str, Rows]], ...] = (office.rows, documents.rows)
# Every so often somebody types a date instead of letting the cell be one.
TYPED_EVERY = 7


def write(world: World, folder: Path, rewrite: Callable[[str, Rows], Rows] = lambda register, rows: rows) -> None:
    """Every register as it stands on the world's evening; a file whose content stays is not touched.

    A register that this office does not keep has no file.
    """
    folder.mkdir(parents=True, exist_ok=True)
    kept = {name: rows for writer in WRITERS for name, rows in writer(world).items()}
    for name, rows in kept.items():
        write_register(world, folder / FILE_NAMES[name], name, rewrite(name, rows))
    for name in FILE_NAMES.keys() - kept.keys():
        (folder / FILE_NAMES[name]).unlink(missing_ok=True)


def write_register(world: World, path: Path, name: str, rows: Rows) -> None:
    fresh = path.with_suffix(".new")
    closing: list[list[Any]] = [["Tổng cộng", len(rows)], [], ["Người lập biểu"]]
    lines = [typed(row) if number % TYPED_EVERY == 3 else row for number, row in enumerate(rows)]
    write_workbook(fresh, REGISTERS[name], lines, closing_lines=closing, created=datetime(world.today.year, 1, 1))
    if path.exists() and path.read_bytes() == fresh.read_bytes():
        fresh.unlink()
        return
    fresh.replace(path)
    evening = datetime(world.today.year, world.today.month, world.today.day, 16, 0).timestamp()
    os.utime(path, (evening, evening))


def typed(row: dict[str, Any]) -> dict[str, Any]:
    return {field: as_typed(value) for field, value in row.items()}


def as_typed(value: Any) -> Any:
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y %H:%M}"
    return f" {value:%d/%m/%Y}" if isinstance(value, date) else value
