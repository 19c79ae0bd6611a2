"""Whether the appointment that was seen first already contains the pause (domain §2.7, §13.2)."""

from datetime import UTC, date, datetime

from connectors.records import Page, record
from tests.models.dossier_sources import DossierSources
from warehouse.landing import Extraction


BUILT = (
    "anomalies.t01_appointment_moved",
    "anomalies.t06_pause_as_shield",
    "marts.appointment_calibration",
    "marts.dossier_clock",
    "marts.failing_record",
    "marts.indicator_result",
)
CLOSING = date(2025, 12, 31)
OFFICE = "id | code | name | parent_id\np | H19 | UBND tỉnh Đồng Nai |\no | H19.02 | Văn phòng UBND tỉnh | p"
CLOCK = """
select dossier_code, extension, due_mark, strftime(due_on_effective, '%d/%m'), strftime(due_on_latest, '%d/%m'),
    classification
from marts.dossier_clock order by dossier_code
"""


def test_a_first_load_decides_each_dossier_by_the_statutory_due_date(dossiers: DossierSources) -> None:
    # Accepted on Monday 03/03 with five working days: due on Monday 10/03, on the 12th with a pause of two.
    dossiers.given_agencies(OFFICE)
    dossiers.given(
        """
        code    | appointment      | supplements                                                    | completed
        --------+------------------+----------------------------------------------------------------+-----------------
        A plain | 2025-03-10 16:30 | 2025-03-05 08:00..2025-03-07 08:00                             | 2025-03-12 15:00
        B early | 2025-03-07 16:30 | 2025-03-05 08:00..2025-03-07 08:00                             | 2025-03-11 15:00
        C holds | 2025-03-12 16:30 | 2025-03-05 08:00..2025-03-07 08:00                             | 2025-03-12 15:00
        D holds | 2025-03-12 16:30 | 2025-03-05 08:00..2025-03-07 08:00                             | 2025-03-13 15:00
        E less  | 2025-03-11 16:30 | 2025-03-05 08:00..2025-03-07 08:00                             | 2025-03-12 15:00
        F more  | 2025-03-14 16:30 | 2025-03-05 08:00..2025-03-07 08:00                             | 2025-03-13 15:00
        G twice | 2025-03-12 16:30 | 2025-03-04 08:00..2025-03-05 08:00, 2025-03-06..2025-03-07     | 2025-03-11 15:00
        H after | 2025-03-12 16:30 | 2025-03-11 08:00..2025-03-13 08:00                             | 2025-03-13 15:00
        I roomy | 2025-03-12 16:30 |                                                                | 2025-03-11 15:00
        J open  | 2025-03-12 16:30 | 2025-03-05 08:00..                                             | 2025-03-12 15:00
        """,
        unit="H19.02",
    )
    dossiers.given(
        "code | completed | supplements\nK free | 2025-03-12 15:00 | 2025-03-05..2025-03-07", limit="", unit="H19.02"
    )
    dossiers.build(CLOSING)
    assert dossiers.query(CLOCK) == [
        ("A plain", "chua_gom", None, "12/03", "12/03", "dung_han"),
        ("B early", "chua_gom", None, "11/03", "11/03", "dung_han"),
        ("C holds", "da_gom", None, "12/03", "12/03", "dung_han"),
        ("D holds", "da_gom", None, "12/03", "12/03", "qua_han"),
        # Less or more than the pause: either a generous slip, or one that contains part of it.
        ("E less", "khong_ro", "HAN_SUY_DIEN", "11/03", "13/03", "qua_han"),
        ("F more", "khong_ro", "HAN_SUY_DIEN", "12/03", "18/03", "qua_han"),
        # Both supplements are in it; the law lets the first one count.
        ("G twice", "da_gom", None, "11/03", "11/03", "dung_han"),
        # Asked for when the limit was over: what the system added to the appointment does not help.
        ("H after", "da_gom", None, "10/03", "10/03", "qua_han"),
        ("I roomy", "khong_dung", "HAN_SUY_DIEN", "10/03", "12/03", "qua_han"),
        # Never answered: no appointment can contain it; it runs to the end of the dossier.
        ("J open", "khong_ro", "HAN_SUY_DIEN", "12/03", "19/03", "dung_han"),
        # Without a limit nothing can be compared.
        ("K free", "khong_ro", None, "10/03", "12/03", "qua_han"),
    ]
    of_r1 = "where definition = 'R1' and indicator = 'MT1' and unit_code = 'VP' and period_kind = 'year_to_date'"
    assert dossiers.query(
        "select numerator, denominator, doubtful, quarantined, lower_bound, upper_bound, verdict, verdict_reason"
        f" from marts.indicator_result {of_r1} and period_calendar = 'iso'"
    ) == [(5, 8, 1, 3, 5 / 11, 9 / 11, "Chưa đạt", None)]
    # The numerator of each way to read the appointments, from one table.
    assert dossiers.query(
        "select pause_state, due_mark, dossiers, settled, in_time, in_time_if_added, in_time_if_not_added,"
        " in_time_at_latest, examples from marts.appointment_calibration where unit_code = 'VP' order by all"
    ) == [
        ("chua_gom", None, 2, 2, 2, 2, 0, 2, "A plain, B early"),
        ("da_gom", None, 4, 4, 2, 3, 2, 2, "D holds, C holds, G twice, H after"),
        ("khong_dung", "HAN_SUY_DIEN", 1, 1, 0, 1, 1, 1, "I roomy"),
        ("khong_ro", "HAN_SUY_DIEN", 3, 3, 1, 3, 2, 3, "E less, F more, J open"),
        ("khong_ro", None, 1, 1, 0, 1, 0, 1, "K free"),
    ]
    # Told by the date that was promised: the appointment as shown is later than the request.
    shield = "select record_key, sentence from anomalies.t06_pause_as_shield where signal = 'sau_han'"
    assert dossiers.query(shield) == [
        ("H after", "Hồ sơ H after: yêu cầu bổ sung ngày 11/03/2025, không sớm hơn ngày hẹn trả 10/03/2025")
    ]
    assert set(dossiers.query("select record_key, reason_code from marts.failing_record where indicator = 'MT1'")) == {
        ("D holds", "QUA_HAN"),
        ("H after", "BS_SAU_HAN"),
        ("I roomy", "HAN_SUY_DIEN"),
    }


def test_an_appointment_seen_in_time_is_the_promise_and_its_extension_is_no_suspicion(dossiers: DossierSources) -> None:
    open_, paused = {"status": "Đang xử lý"}, {"supplements": "2025-03-05 08:00..2025-03-07 08:00"}
    dossiers.now = datetime(2025, 3, 3, 12, tzinfo=UTC)
    dossiers.given("code | appointment\nA | 2025-03-12 16:30\nB | 2025-03-12 16:30\nC | 2025-03-12 16:30", **open_)
    dossiers.now = datetime(2025, 3, 20, 12, tzinfo=UTC)
    dossiers.given(
        """
        code | appointment      | completed
        -----+------------------+-----------------
        A    | 2025-03-14 16:30 | 2025-03-14 15:00
        B    | 2025-03-17 16:30 | 2025-03-17 15:00
        """,
        **paused,
    )
    dossiers.given("code | appointment | completed\nC | 2025-03-14 16:30 | 2025-03-14 15:00")
    # First seen while the supplement was open, and given its time afterwards.
    dossiers.now = datetime(2025, 3, 6, 12, tzinfo=UTC)
    dossiers.given("code | appointment | supplements\nD | 2025-03-12 16:30 | 2025-03-05 08:00..", **open_)
    dossiers.now = datetime(2025, 3, 20, 12, tzinfo=UTC)
    dossiers.given("code | appointment | completed\nD | 2025-03-14 16:30 | 2025-03-13 15:00", **paused)
    dossiers.build(CLOSING)
    assert dossiers.query(CLOCK) == [
        ("A", "chua_gom", None, "14/03", "14/03", "dung_han"),
        ("B", "chua_gom", None, "14/03", "14/03", "qua_han"),
        ("C", "khong_dung", None, "12/03", "12/03", "qua_han"),
        ("D", "chua_gom", "HAN_SUY_DIEN", "12/03", "14/03", "qua_han"),
    ]
    # What goes beyond the pause, or moves without one, is told.
    assert dossiers.query("select distinct record_key from anomalies.t01_appointment_moved order by all") == [
        ("B",),
        ("C",),
    ]


def test_the_national_trace_of_a_supplement_tells_the_promise(dossiers: DossierSources) -> None:
    dossiers.given(
        """
        code | appointment      | supplements                        | completed
        -----+------------------+------------------------------------+-----------------
        A    | 2025-03-14 16:30 | 2025-03-05 08:00..2025-03-07 08:00 | 2025-03-14 15:00
        B    | 2025-03-12 16:30 | 2025-03-05 08:00..2025-03-07 08:00 | 2025-03-14 15:00
        """
    )
    trace = [{"NgayBoSung": "20250305080000", "NgayHenTraTruoc": "20250312163000", "NgayHenTraMoi": "20250314163000"}]
    copies = [record(code, {"is_known": True, "MaHoSo": code, "DanhSachHoSoBoSung": trace}) for code in ("A", "B")]
    with Extraction(dossiers.warehouse, "tthc", "dossier_copies", run_id="test") as extraction:
        extraction.add(Page(copies, 1, 1, 2, 0))
        extraction.finish()
    dossiers.build(CLOSING)
    assert dossiers.query(CLOCK) == [
        ("A", "da_gom", None, "14/03", "14/03", "dung_han"),
        ("B", "chua_gom", None, "14/03", "14/03", "dung_han"),
    ]
