"""One list of rooms for D1 to D3 and MT5, and how many of a room's people the objectives were made known to."""

from datetime import date

from tests.models.register_sources import RegisterSources


YEAR_END = date(2025, 12, 31)
LEADERS = {
    "unit_code": "H19.02.01",
    "unit_name": "Lãnh đạo Văn phòng",
    "is_room": "false",
    "valid_from": "2025-03-01",
    "valid_to": "",
}


def test_the_leaders_of_the_office_are_no_room_anywhere(registers: RegisterSources) -> None:
    registers.units.append(LEADERS)
    registers.given("communications", unit="Lãnh đạo Văn phòng")
    registers.given("objectives", unit="Lãnh đạo Văn phòng")
    registers.given("risks", unit="Lãnh đạo Văn phòng")
    registers.given("inspection_units", "unit\nLãnh đạo Văn phòng\nPhòng Tổng hợp\nBan Tiếp công dân tỉnh")
    registers.build(YEAR_END)
    rooms = {"H19.02.02", "H19.02.04", "H19.02.08", "H19.02.20"}
    assert [set(registers.outcomes(indicator)) for indicator in ("D1", "D2", "D3")] == [rooms] * 3
    # A name that the list does not know is not known to be no room.
    assert set(registers.outcomes("MT5")) == {"H19.02.04", "Ban Tiếp công dân tỉnh"}


def test_those_who_took_part_are_told_against_the_staff_of_that_day(registers: RegisterSources) -> None:
    for number in range(5):
        registers.given("officials", person=f"p{number}", ends_on="2025-06-30" if number == 4 else "")
    registers.given("officials", person="elsewhere", unit="Phòng Hành chính - Tổ chức")
    registers.given(
        "communications",
        """
        unit                        | communicated_on | participants
        ----------------------------+-----------------+-------------
        Phòng Tổng hợp              | 2025-05-15      | 4
        Phòng Tổng hợp              | 2025-09-08      | 4
        Phòng Hành chính - Tổ chức  | 2025-05-15      | 1
        Phòng lạ                    | 2025-05-15      | 3
        """,
    )
    registers.build(YEAR_END)
    told = "select unit_code, communicated_on, participants, staff, share from marts.communication order by all"
    assert registers.query(told) == [
        ("?", date(2025, 5, 15), 3, None, None),
        # Of fewer than five people nothing is said.
        ("H19.02.02", date(2025, 5, 15), 1, None, None),
        ("H19.02.04", date(2025, 5, 15), 4, 5, 0.8),
        ("H19.02.04", date(2025, 9, 8), 4, None, None),
    ]
    assert registers.outcomes("D1")["H19.02.04"] == "met"
