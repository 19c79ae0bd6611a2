"""The traps of domain §10 that documents show: each sign with a document that shows it and one just short of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.models.document_sources import DocumentSources
from warehouse import building
from warehouse.models import load


DETECTORS = [model for model in load() if model.schema == "anomalies" and "t19" <= model.name[:3] <= "t24"]
ROOMS = [
    {"unit_code": f"VP-{place}", "unit_name": f"Phòng {place}", "folded_name": f"phong {place}".replace("ì", "i")}
    for place in ("an", "bình", "chi")
]


@pytest.fixture
def documents(tmp_path: Path) -> Iterator[DocumentSources]:
    documents = DocumentSources(tmp_path)
    yield documents
    documents.close()


def signs(documents: DocumentSources, trap: str) -> set[tuple[str, str]]:
    documents.build()
    (model,) = [model for model in DETECTORS if model.name.startswith(trap)]
    building.build(documents.warehouse, model)
    return set(documents.warehouse.query(f"select signal, record_key from {model.table}"))


def lines(head: str, rows: list[str]) -> str:
    return "\n".join([head, *rows])


def test_a_document_under_two_ids_is_told_and_a_list_that_repeats_one_is_not(documents: DocumentSources) -> None:
    documents.on_axis(
        "sent_documents",
        """
        code      | id
        1/UBND-TH | a
        1/UBND-TH | b
        2/UBND-TH | c
        2/UBND-TH | c
        """,
    )
    documents.on_axis(
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
    assert signs(documents, "t19") == {("gui_lai", "1/UBND-TH"), ("nhan_trung", "5/SNV-VP")}


def test_a_register_that_names_the_axis_is_believed_only_where_the_axis_has_it(documents: DocumentSources) -> None:
    documents.given(
        "documents",
        """
        number | sending         | exclusion_code | exclusion_reference
        1      | Trục liên thông |                |
        2      | Trục liên thông |                |
        3      | Bản giấy        |                |
        4      | Trục liên thông | L02            | 12/2019/QĐ-UBND
        """,
    )
    documents.on_axis("sent_documents", "code\n2/UBND-TH")
    assert signs(documents, "t20") == {("so_khac_truc", "1/UBND-TH")}


def test_an_incoming_document_needs_both_signatures(documents: DocumentSources) -> None:
    documents.on_axis(
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
    assert signs(documents, "t21") == {("khong_ky", f"{number}/SNV-VP") for number in (2, 3, 4, 5)}


def test_paper_beside_what_the_axis_carried_is_told(documents: DocumentSources) -> None:
    documents.given(
        "documents",
        """
        number | sending
        1      | Trục liên thông và bản giấy
        2      | Trục liên thông
        3      | Trục liên thông và bản giấy
        """,
    )
    documents.on_axis("sent_documents", "code\n1/UBND-TH\n2/UBND-TH")
    assert signs(documents, "t22") == {("kem_giay", "1/UBND-TH")}


def test_secrecy_without_a_basis_and_a_room_where_it_soars(documents: DocumentSources) -> None:
    documents.rows["office_units"] += ROOMS
    head = "number | drafting_unit | exclusion_code | exclusion_reference"
    # Three of ten are told, two of ten are not; nine documents are too few, and of a room unknown nothing is said.
    for room, total, secret in (("an", 10, 3), ("bình", 10, 2), ("chi", 9, 3), ("lạ", 10, 9)):
        basis = [" L02 | 12/2019/QĐ-UBND"] * secret + [" | "] * (total - secret)
        rows = [f"{number} | Phòng {room} | {text}" for number, text in enumerate(basis)]
        documents.given("documents", lines(head, rows), notation=f"UBND-{room}")
    documents.given(
        "documents", lines(head, ["1 | Phòng Tổng hợp | L02 | ", "2 | Phòng Tổng hợp | L02 | 12/2019/QĐ-UBND"])
    )
    documents.given(
        "documents",
        """
        number | exclusion_code | sending
        3      | L01            | Bản giấy
        4      | L04            | Bản giấy
        5      | L05            | Bản giấy
        6      | L03            | Bản giấy
        """,
    )
    documents.on_axis("agencies", "code | name\nH19.03 | Sở Nội vụ")
    assert signs(documents, "t23") == {
        ("thieu_can_cu", "1/UBND-TH"),
        ("tang_vot", "VP-an"),
        ("ghi_thuong", "3/UBND-TH"),
        ("da_ket_noi", "4/UBND-TH"),
        ("la_co_quan", "5/UBND-TH"),
    }


def test_a_sender_that_calls_everything_a_letter_is_told_from_thirty_documents_on(documents: DocumentSources) -> None:
    def received(sender: str, letters: int, others: int) -> None:
        named = ["Công văn"] * letters + ["Báo cáo"] * others
        rows = [f"{number}/VB | {sender}-{number} | {sender} | {name}" for number, name in enumerate(named)]
        documents.on_axis("received_documents", lines("code | id | sender | named", rows))

    received("H19.03", 29, 1)
    received("H19.05", 28, 2)
    received("H19.06", 29, 0)
    assert signs(documents, "t24") == {("mot_loai", "H19.03")}
