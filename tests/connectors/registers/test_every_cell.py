"""People planted in every column of every register: none of them is in a row, a rejection or a file as it is kept."""

from pathlib import Path

import pytest

from connectors.registers.catalogue import REGISTERS
from connectors.registers.folder import FILES, REJECTIONS
from tests.support.people import PLANTS, SECRETS
from tests.support.workbooks import GOOD, read, write


@pytest.mark.parametrize("register", REGISTERS)
def test_nobody_who_is_named_in_any_cell_is_kept(tmp_path: Path, register: str) -> None:
    headers = [column.header for column in REGISTERS[register].columns]
    texts = [plant for plant in PLANTS if isinstance(plant, str)]
    rows = [GOOD[register] | {header: text} for header in headers for text in texts]
    write(tmp_path, register, GOOD[register], *rows)
    contents = read(tmp_path)
    records = [one for name in (register, FILES, REJECTIONS) for page in contents.pages(name) for one in page.records]
    kept = "\n".join(f"{record.key} {record.payload.decode()}" for record in records)
    assert contents.records[register]
    assert not [line for line in kept.splitlines() if any(secret in line for secret in SECRETS)]
