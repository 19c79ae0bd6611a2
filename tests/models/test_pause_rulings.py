"""Why a pause does or does not extend the due date; the first rule that refuses is the one that is named."""

from datetime import date
from pathlib import Path

import pytest

from tests.models.dossier_sources import DossierSources
from tests.models.test_decisions import decided
from warehouse import reference


BUILT = ("core.dossier_pauses",)
# Promised for Monday 10/03/2025 16:30.
PAUSES = """
code    | supplements                                                            | financial
--------+------------------------------------------------------------------------+-----------------------------------
twice   | 2025-03-04 08:00..2025-03-05 08:00, 2025-03-06 08:00..2025-03-07 08:00 |
passed  | 2025-03-11 08:00..2025-03-12 08:00                                     |
taxed   |                                                                        | 2025-03-04 08:00..2025-03-05 08:00
tax-due |                                                                        | 2025-03-11 08:00..2025-03-12 08:00
"""
RULED = "select dossier_code, ordinal, extends_due, refusal from core.pause_rulings order by all"


def test_each_refusal_has_its_reason(dossiers: DossierSources) -> None:
    dossiers.given(PAUSES, completed="2025-03-13 09:00")
    dossiers.build(date(2025, 3, 31))
    assert dossiers.query(RULED) == [
        ("passed", 1, False, "da_qua_hen"),
        ("tax-due", 1, False, "da_qua_hen"),
        ("taxed", 1, False, "thu_tuc_khong_quy_dinh"),
        ("twice", 1, True, None),
        ("twice", 2, False, "lan_sau"),
    ]


@pytest.mark.parametrize(
    ("decision", "ruled"),
    [("luon_tam_dung", (True, None)), ("khong_tam_dung", (False, "van_phong_khong_tinh"))],
)
def test_the_office_decides_on_financial_obligations(
    dossiers: DossierSources, tmp_path: Path, decision: str, ruled: tuple[bool, str | None]
) -> None:
    own = tmp_path / "reference"
    own.mkdir()
    reference.load(dossiers.warehouse, decided(own, "P-13", f'"{decision}"'))
    dossiers.given(PAUSES, completed="2025-03-13 09:00")
    dossiers.build(date(2025, 3, 31))
    assert {row[0]: row[2:] for row in dossiers.query(RULED)}["taxed"] == ruled
    rulings = dossiers.query("select record_key, extends_due from core.pause_rulings order by all")
    assert rulings == dossiers.query("select record_key, extends_due from core.dossier_pauses order by all")
