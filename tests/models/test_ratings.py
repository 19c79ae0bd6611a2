"""Ratings of 2026 (NĐ 335/2025/NĐ-CP, NĐ 233/2026/NĐ-CP) out of the register: one small table for every rule."""

from datetime import date

import pytest

from tests.models.register_sources import RegisterSources


DECEMBER = date(2026, 12, 20)
TEN = "person | points\n" + "\n".join(f"good-{n} | 80" for n in range(10))
EXCELLENT, GOOD, DONE = "Hoàn thành xuất sắc nhiệm vụ", "Hoàn thành tốt nhiệm vụ", "Hoàn thành nhiệm vụ"


@pytest.fixture
def ratings(registers: RegisterSources) -> RegisterSources:
    """Ten officials rated good at 80 points for 2026."""
    registers.given("ratings", TEN, year="2026", decided_on="2026-12-12")
    return registers


def given(ratings: RegisterSources, table: str, **columns: str) -> None:
    ratings.given("ratings", table, **({"year": "2026", "decided_on": "2026-12-12"} | columns))


def test_points_that_contradict_the_category_keep_the_question_open(ratings: RegisterSources) -> None:
    given(
        ratings,
        """
        person  | points | category
        --------+--------+-----------------------------
        A right | 90     | Hoàn thành xuất sắc nhiệm vụ
        A wrong | 89.99  | Hoàn thành xuất sắc nhiệm vụ
        B wrong | 100.5  | Hoàn thành xuất sắc nhiệm vụ
        B right | 70     | Hoàn thành tốt nhiệm vụ
        C right | 96     | Hoàn thành tốt nhiệm vụ
        C wrong | 69.5   | Hoàn thành tốt nhiệm vụ
        D right |        | Hoàn thành tốt nhiệm vụ
        E right | 50     | Hoàn thành nhiệm vụ
        F right | 69.99  | Hoàn thành nhiệm vụ
        D wrong | 49.9   | Hoàn thành nhiệm vụ
        E wrong | 70     | Hoàn thành nhiệm vụ
        G right | 49     | Không hoàn thành nhiệm vụ
        H right | 85     | Không hoàn thành nhiệm vụ
        I right | 40     | Chưa xếp loại
        """,
    )
    # Beyond the quota of the excellent, ninety points are good; discipline fails whoever has the points.
    ratings.build(DECEMBER)
    wrong = ratings.query("select person from indicators.ratings where contradiction is not null order by person")
    assert wrong == [("A wrong",), ("B wrong",), ("C wrong",), ("D wrong",), ("E wrong",)]
    assert ratings.counts("mt4b") == (14, 18, 1, 5)
    assert ratings.counts("mt4b", "XS") == (1, 18, 1, 5)


def test_the_hundred_points_are_thirty_and_seventy(ratings: RegisterSources) -> None:
    given(
        ratings,
        """
        person | general_points | task_points | points
        -------+----------------+-------------+-------
        A      | 30             | 58.5        | 88.5
        B      | 25             | 60          |
        C      | 31             | 50          | 81
        D      | 20             | 70.5        | 90.5
        E      | 25             | 60          | 75
        F      | 25             | 30          |
        """,
    )
    ratings.build(DECEMBER)
    assert dict(ratings.query("select person, contradiction from indicators.ratings where length(person) = 1")) == {
        "A": None,
        "B": None,
        "C": "Điểm vượt thang điểm",
        "D": "Điểm vượt thang điểm",
        "E": "Tổng điểm khác tổng hai phần",
        "F": "Điểm không thuộc khung của mức xếp loại",
    }
    assert ratings.counts("mt4b") == (12, 12, 0, 4)


def test_points_of_2025_say_nothing(registers: RegisterSources) -> None:
    registers.given("ratings", TEN, points="40")
    registers.given("ratings", "person | points\nA | 12")
    assert registers.build(date(2025, 12, 31)).counts("mt4b") == (11, 11, 0, 0)


def test_what_is_followed_in_the_year_is_not_the_years_rating(registers: RegisterSources) -> None:
    given(registers, TEN, period="Tháng 6", category=DONE, points="60", decided_on="2026-07-02")
    given(registers, TEN, period="Quý II", category=DONE, points="60", decided_on="2026-07-02")
    assert registers.build(DECEMBER).counts("mt4b") == (0, 0, 0, 0)
    given(registers, TEN)
    assert registers.build(DECEMBER).counts("mt4b") == (10, 10, 0, 0)


def test_public_employees_stand_apart_under_their_own_decree(ratings: RegisterSources) -> None:
    ratings.given("officials", "\n".join(["person", *(f"vc-{n}" for n in range(7))]), kind="Viên chức")
    # Their points are not held against the bands of officials.
    given(ratings, "\n".join(["person", *(f"vc-{n}" for n in range(6))]), kind="Viên chức", points="40")
    ratings.build(DECEMBER)
    assert ratings.counts("mt4b") == (10, 10, 0, 0)
    assert ratings.counts("mt4b", "VC") == (6, 6, 0, 1)


def test_each_period_cites_the_decree_of_its_end(ratings: RegisterSources) -> None:
    cited = ratings.query(
        "select definition, day::varchar, regexp_extract(citation, 'NĐ (90/2020|335/2025|233/2026)', 1)"
        " from reference.definitions cross join (values (date '2025-12-31'), (date '2026-03-31'), (date '2026-12-31'))"
        " as days (day) where indicator = 'MT4b' and day between holds_from and holds_to order by definition, day"
    )
    assert [(name, decree) for name, _, decree in cited] == [
        ("STD", "90/2020"), ("STD", "335/2025"), ("STD", "335/2025"),
        ("VC", "90/2020"), ("VC", "90/2020"), ("VC", "233/2026"),
        ("XS", "90/2020"), ("XS", "335/2025"), ("XS", "335/2025"),
    ]  # fmt: skip


def test_the_quota_is_that_of_the_year_that_is_rated(ratings: RegisterSources) -> None:
    given(ratings, "person\nA\nB\nC", category=EXCELLENT, points="95")
    told = "select objective_year, excellent, excellent_allowed, is_within_quota from indicators.rating_quota"
    assert ratings.build(DECEMBER).query(told) == [(2026, 3, 2, False)]
    # An outstanding office may have a quarter; its decision holds from 2026 and leaves 2025 as it was.
    ratings.decide("excellent_quota", 0.3, since=date(2026, 1, 1))
    ratings.given("ratings", TEN, year="2025", points="")
    ratings.given("ratings", "person\nA\nB\nC", year="2025", category=EXCELLENT)
    assert ratings.build(DECEMBER).query(f"{told} order by all") == [(2025, 3, 2, False), (2026, 3, 3, True)]


def test_what_is_followed_by_month_and_quarter_is_told_without_counting_people_by_month(
    registers: RegisterSources,
) -> None:
    registers.given("officials", "\n".join(["person", *(f"good-{n}" for n in range(10))]))
    registers.given("officials", "\n".join(["person", *(f"vc-{n}" for n in range(5))]), kind="Viên chức")
    given(registers, TEN, period="Quý I")
    given(registers, "person | points | category\ngood-0 | 60 | Hoàn thành nhiệm vụ", period="Quý II")
    given(registers, "person | points\nvc-0 |\nvc-1 |\nvc-2 |\nvc-3 |\nvc-4 |", kind="Viên chức", period="Quý II")
    given(registers, TEN, period="Tháng 1")
    registers.build(date(2026, 7, 10))
    told = registers.query(
        "select staff_group, period_kind, month(period_end), state, rated, good_or_better, excellent, citation"
        " from marts.rating_following where objective_year = 2026 and month(period_end) in (1, 3, 6, 9, 12)"
        " order by all"
    )
    officials, employees, by_now = "can_bo_cong_chuc", "vien_chuc", "NĐ 335/2025/NĐ-CP"
    assert told == [
        (officials, "month", 1, "Đủ", None, None, None, by_now),
        (officials, "month", 3, "Chưa có", None, None, None, by_now),
        (officials, "month", 6, "Chưa có", None, None, None, by_now),
        (officials, "quarter", 3, "Đủ", 10, 10, 0, by_now),
        # Of one person nothing is counted.
        (officials, "quarter", 6, "Một phần", None, None, None, by_now),
        (officials, "quarter", 9, "Chưa đến kỳ", None, None, None, by_now),
        (officials, "year", 12, "Chưa đến kỳ", None, None, None, by_now),
        (employees, "quarter", 6, "Đủ", 5, 5, 0, "NĐ 90/2020/NĐ-CP sửa đổi bởi NĐ 48/2023/NĐ-CP"),
        (employees, "year", 12, "Chưa đến kỳ", None, None, None, "NĐ 233/2026/NĐ-CP"),
    ]
