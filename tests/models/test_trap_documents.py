"""The traps of domain §10 that documents show: each sign with a document that shows it and one just short of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.models.documents import Desk
from warehouse import building
from warehouse.models import load


DETECTORS = [model for model in load() if model.schema == "anomalies" and "t19" <= model.name[:3] <= "t24"]
ROOMS = [
    {"unit_code": f"VP-{place}", "unit_name": f"Phòng {place}", "folded_name": f"phong {place}".replace("ì", "i")}
    for place in ("an", "bình", "chi")
]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    desk.close()


def signs(desk: Desk, trap: str) -> set[tuple[str, str]]:
    desk.build()
    (model,) = [model for model in DETECTORS if model.name.startswith(trap)]
    building.build(desk.warehouse, model)
    return set(desk.warehouse.query(f"select signal, record_key from {model.table}"))


def lines(head: str, rows: list[str]) -> str:
    return "\n".join([head, *rows])


def test_a_document_under_two_ids_is_told_and_a_list_that_repeats_one_is_not(desk: Desk) -> None:
    desk.on_axis(
        "sent_documents",
        """
        code      | id
        1/UBND-TH | a
        1/UBND-TH | b
        2/UBND-TH | c
        2/UBND-TH | c
        """,
    )
    desk.on_axis(
        "received_documents",
        """
        code     | id | sender | type
        5/SNV-VP | a  | H19.03 | 0
        5/SNV-VP | b  | H19.03 | 0
        6/SNV-VP | c  | H19.03 | 0
        6/SNV-VP | c  | H19.03 | 0
        7/SNV-VP | d  | H19.03 | 0
        7/SNV-VP | e  | H19.05 | 0
        8/SNV-VP | f  | H19.03 | 0
        8/SNV-VP | g  | H19.03 | 3
        """,
    )
    assert signs(desk, "t19") == {("gui_lai", "1/UBND-TH"), ("nhan_trung", "5/SNV-VP")}


def test_a_register_that_names_the_axis_is_believed_only_where_the_axis_has_it(desk: Desk) -> None:
    desk.given(
        "documents",
        """
        number | sending         | exclusion_code | exclusion_reference
        1      | Trục liên thông |                |
        2      | Trục liên thông |                |
        3      | Bản giấy        |                |
        4      | Trục liên thông | L02            | 12/2019/QĐ-UBND
        """,
    )
    desk.on_axis("sent_documents", "code\n2/UBND-TH")
    assert signs(desk, "t20") == {("so_khac_truc", "1/UBND-TH")}


def test_an_incoming_document_needs_both_signatures(desk: Desk) -> None:
    desk.on_axis(
        "received_documents",
        """
        code     | files
        1/SNV-VP | valid
        2/SNV-VP | none
        3/SNV-VP | seal
        4/SNV-VP | altered
        5/SNV-VP | expired
        6/SNV-VP | broken
        """,
    )
    assert signs(desk, "t21") == {("khong_ky", f"{number}/SNV-VP") for number in (2, 3, 4, 5)}


def test_paper_beside_what_the_axis_carried_is_told(desk: Desk) -> None:
    desk.given(
        "documents",
        """
        number | sending
        1      | Trục liên thông và bản giấy
        2      | Trục liên thông
        3      | Trục liên thông và bản giấy
        """,
    )
    desk.on_axis("sent_documents", "code\n1/UBND-TH\n2/UBND-TH")
    assert signs(desk, "t22") == {("kem_giay", "1/UBND-TH")}


def test_secrecy_without_a_basis_and_a_room_where_it_soars(desk: Desk) -> None:
    desk.rows["office_units"] += ROOMS
    head = "number | drafting_unit | exclusion_code | exclusion_reference"
    # Three of ten are told, two of ten are not; nine documents are too few, and of a room unknown nothing is said.
    for room, documents, secret in (("an", 10, 3), ("bình", 10, 2), ("chi", 9, 3), ("lạ", 10, 9)):
        basis = [" L02 | 12/2019/QĐ-UBND"] * secret + [" | "] * (documents - secret)
        rows = [f"{number} | Phòng {room} | {text}" for number, text in enumerate(basis)]
        desk.given("documents", lines(head, rows), notation=f"UBND-{room}")
    desk.given("documents", lines(head, ["1 | Phòng Tổng hợp | L02 | ", "2 | Phòng Tổng hợp | L02 | 12/2019/QĐ-UBND"]))
    assert signs(desk, "t23") == {("thieu_can_cu", "1/UBND-TH"), ("tang_vot", "VP-an")}


def test_a_sender_that_calls_everything_a_letter_is_told_from_thirty_documents_on(desk: Desk) -> None:
    def received(sender: str, letters: int, others: int) -> None:
        named = ["Công văn"] * letters + ["Báo cáo"] * others
        rows = [f"{number}/VB | {sender}-{number} | {sender} | {name}" for number, name in enumerate(named)]
        desk.on_axis("received_documents", lines("code | id | sender | named", rows))

    received("H19.03", 29, 1)
    received("H19.05", 28, 2)
    received("H19.06", 29, 0)
    assert signs(desk, "t24") == {("mot_loai", "H19.03")}
