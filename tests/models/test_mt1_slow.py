"""The SQL of MT1 against its plain-Python definition, over dossiers that hypothesis writes."""

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connectors.records import Record
from tests.models.dossier_sources import DEFAULTS, DossierSources, payload
from tests.models.mt1_slow import Decisions, Key, Row, counts, counts_last_year
from warehouse import building, expectations, ledger, models, quarantine
from warehouse.validation import validate


DIRECTORY = """
id | code      | name                | parent_id
---+-----------+---------------------+----------
p  | H19       | UBND tỉnh Đồng Nai  |
o  | H19.02    | Văn phòng UBND tỉnh | p
d  | H19.22    | Sở Nội vụ           | p
r  | H19.22.20 | Phòng Một           | d
"""
# Around the ends of both calendars, Tết, the swapped Saturday, the first days of July and of the next year.
DAY = st.sampled_from(
    ["2024-11-15", "2024-12-02",
     "2024-12-13", "2024-12-14", "2024-12-15", "2024-12-31", "2025-01-02", "2025-01-24", "2025-02-28", "2025-03-14",
     "2025-03-15", "2025-03-31", "2025-04-25", "2025-04-26", "2025-06-13", "2025-06-14", "2025-06-27", "2025-06-30",
     "2025-07-01", "2025-08-29", "2025-12-12", "2025-12-14", "2025-12-30"]
)  # fmt: skip
CLOCK = st.sampled_from(["07:00", "08:00", "09:30", "11:45", "15:00", "15:01", "16:29", "16:30", "16:30:45", "17:20"])
CLOSING = st.sampled_from([date(2025, 3, 14), date(2025, 6, 30), date(2025, 7, 3), date(2025, 12, 31)])
SETTLED = [
    "Đã trả kết quả",
    "Đã xử lý xong",
    "đã  xử lý  xong",
    "Công dân yêu cầu rút hồ sơ",
    "Dừng xử lý",
    "Trả lại hồ sơ",
]
OPEN = [
    "Đang xử lý",
    "Được tiếp nhận",
    "Yêu cầu bổ sung giấy tờ",
    "Thụ lý hồ sơ",
    "Yêu cầu thực hiện nghĩa vụ tài chính",
]
REBUILT_FOR = ("reference.closing", "reference.parameters", "staging.portal__dossiers")


def moment(draw: st.DrawFn, start: datetime, least: int, most: int) -> datetime:
    """Some days from a moment, at a time of day of its own."""
    day = start.date() + timedelta(days=draw(st.integers(least, most)))
    return datetime.fromisoformat(f"{day} {draw(CLOCK)}")


def written(when: datetime) -> str:
    return when.strftime("%Y-%m-%d %H:%M:%S" if when.second else "%Y-%m-%d %H:%M")


def spans(draw: st.DrawFn, accepted: datetime, due: datetime, most: int) -> str:
    """Up to so many pauses, some open, some begun at the last minute; now and then one that ends before it begins."""
    texts = []
    for _ in range(draw(st.sampled_from([0, 0, 0, *range(1, most + 1)]))):
        start = due if draw(st.integers(0, 5)) == 0 else moment(draw, accepted, 0, 9)
        end = draw(st.sampled_from(["", *["later"] * 8, "earlier"]))
        days = (-3, -1) if end == "earlier" else (1, 9)
        texts.append(written(start) + (f"..{written(moment(draw, start, *days))}" if end else ""))
    return ", ".join(texts)


@st.composite
def dossier(draw: st.DrawFn) -> Row:
    accepted = datetime.fromisoformat(f"{draw(DAY)} {draw(CLOCK)}")
    promised, due = moment(draw, accepted, 0, 12), moment(draw, accepted, 0, 12)
    is_open = draw(st.integers(0, 3)) == 0
    end = max(moment(draw, due, -6, 8), accepted)
    row = {
        "accepted": written(accepted),
        "appointment": draw(st.sampled_from(["", *[written(due)] * 4])),
        "promised": draw(st.sampled_from(["", "", "", written(promised)])),
        "completed": "" if is_open else written(end),
        "status": draw(st.sampled_from(OPEN if is_open else SETTLED)),
        "limit": draw(st.sampled_from(["5 d", "0 d", "0 d", "1 d", "10 c", "3 c", "4 h", "8 h", "20 h", ""])),
        "unit": draw(st.sampled_from(["H19", "H19.02", "H19.02", "H19.22", "H19.22.20"])),
        "group": draw(st.sampled_from(["1", "1", "2", "Hộ kinh doanh", "Doanh nghiệp", "9", ""])),
        "organization": draw(st.sampled_from(["", "có"])),
        "supplements": spans(draw, accepted, due, 3),
        "financial": spans(draw, accepted, due, 2),
    }
    return DEFAULTS | row | draw(SPOILED)


SPOILED = st.sampled_from(
    [{}] * 30
    + [
        {"status": "Trạng thái lạ"}, {"status": "Mới đăng ký", "accepted": "", "completed": ""},
        {"status": "Không được tiếp nhận"}, {"accepted": ""}, {"accepted": "31/13/2025"}, {"completed": "31/13/2025"},
        {"completed": "2095-03-10 09:00"}, {"completed": ""}, {"completed": "2024-11-01 09:00"}, {"unit": "H19.88"},
        {"limit": "5 q"}, {"limit": "năm d"}, {"appointment": "", "promised": "", "limit": ""},
        {"appointment": "1999-12-31 16:30", "promised": ""},
    ]
)  # fmt: skip
DECISIONS = st.builds(
    Decisions,
    returns=st.sampled_from(["loai_khoi_R1", "loai_khoi_R1", "tinh_vao_R1"]),
    financial=st.sampled_from(["theo_thu_tuc", "theo_thu_tuc", "luon_tam_dung"]),
    grain=st.sampled_from(["date", "date", "minute"]),
)


class Rehearsal:
    """One warehouse; each example replaces its dossiers and builds again what depends on them."""

    def __init__(self, folder: Path) -> None:
        self.dossiers = DossierSources(folder)
        self.dossiers.given_agencies(DIRECTORY)
        self.dossiers.build(date(2025, 12, 31))
        self.models = list(affected())
        self.last_year: dict[Key, list[int | None]] = {}
        self.rules = expectations.load()["core.dossier_intake"]

    def figures(self, rows: list[Row], closing: date, decisions: Decisions) -> dict[Key, list[int]]:
        dossiers = self.dossiers
        dossiers.query("delete from raw.portal__dossiers")
        named = [{**row, "code": f"D{number}"} for number, row in enumerate(rows)]
        dossiers.land("dossiers", [record({**row, "appointment": row["promised"]}) for row in named if row["promised"]])
        dossiers.land("dossiers", [record(row) for row in named])
        self.decide(decisions)
        ledger.set_closing(dossiers.warehouse, closing, "test")
        for model in self.models:
            building.build(dossiers.warehouse, model)
            if model.table == "core.dossier_intake":
                quarantine.set_aside(
                    dossiers.warehouse, model.table, validate(dossiers.warehouse, model.table, self.rules)
                )
        found = dossiers.query(
            "select indicator, definition, applicant_group, unit_code, period_calendar, period_kind, period_start,"
            " numerator, denominator, excluded, quarantined, numerator_last_year, denominator_last_year"
            " from indicators.figures where indicator like 'MT1%'"
        )
        self.last_year = {tuple(row[:7]): list(row[11:]) for row in found}
        return {tuple(row[:7]): list(row[7:11]) for row in found if any(row[7:11])}

    def decide(self, decisions: Decisions) -> None:
        values = {
            "P-04": decisions.returns,
            "P-13": decisions.financial,
            "P-15": {"ngay": decisions.grain, "gio": "minute"},
        }
        for code, value in values.items():
            text = json.dumps(value)
            self.dossiers.warehouse.query("update reference.parameters set value = $1 where code = $2", (text, code))


def record(row: Row) -> Record:
    return Record(row["code"], json.dumps(payload(row), ensure_ascii=False).encode(), None)


def affected() -> Iterator[models.Model]:
    """The models between the dossiers, the closing date or the decisions, and MT1's figures."""
    known = {model.table: model for model in models.load()}
    needed, waiting = set(), ["indicators.mt1", "indicators.mt1a", "indicators.mt1b", "core.scopes", "core.headlines"]
    while waiting:
        table = waiting.pop()
        if table in known and table not in needed:
            needed.add(table)
            waiting.extend(known[table].reads)
    moved = set(REBUILT_FOR)
    for table, model in known.items():
        if table in (needed - {"core.units"}) | {"indicators.measures", "indicators.figures"} and (
            table in moved or model.reads & moved
        ):
            moved.add(table)
            yield model


@pytest.fixture(scope="module")
def rehearsal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rehearsal]:
    made = Rehearsal(tmp_path_factory.mktemp("mt1"))
    yield made
    made.dossiers.close()


# Building takes as long for one dossier as for forty: examples are never small.
DOSSIERS = st.lists(dossier(), min_size=15, max_size=40)


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=DOSSIERS, closing=CLOSING, decisions=DECISIONS)
def test_sql_and_plain_python_agree(rehearsal: Rehearsal, rows: list[Row], closing: date, decisions: Decisions) -> None:
    assert rehearsal.figures(rows, closing, decisions) == counts(rows, closing, decisions)
    before = counts_last_year(rows, closing, decisions)
    assert rehearsal.last_year == {key: before.get(key, [None, None]) for key in rehearsal.last_year}


@pytest.mark.soak
@settings(max_examples=800, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=DOSSIERS, closing=CLOSING, decisions=DECISIONS)
def test_sql_and_plain_python_agree_for_long(
    rehearsal: Rehearsal, rows: list[Row], closing: date, decisions: Decisions
) -> None:
    assert rehearsal.figures(rows, closing, decisions) == counts(rows, closing, decisions)
