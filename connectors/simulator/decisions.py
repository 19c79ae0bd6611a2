"""The decisions that announce procedures, and what of the catalogue is in force on a day.

Most procedures were announced before 2025; during the year the province announces new ones, amends and
rescinds, each time some weeks after a ministry did. The ledger is the same whatever the seed of the world.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, lru_cache

from connectors.simulator import catalogue
from connectors.simulator import working_time as wt
from connectors.simulator.announcements import Occasion, occasion, published
from connectors.simulator.catalogue import Procedure


PROVINCE_ID, PROVINCE = "426101", "UBND tỉnh Đồng Nai"
RESCINDED_IN_2025 = 40
_NEW_SHARE = 0.03
_PROVINCIAL = 72
_FIRST_ID = 88_400
# By the ministry's part of a sector code: the department, the ministry, the ministry's id at the gateway.
_KEEPERS = {
    "G15": ("Sở Tư pháp", "Bộ Tư pháp", "4019"),
    "G09": ("Sở Nông nghiệp và Môi trường", "Bộ Nông nghiệp và Môi trường", "1053"),
    "G05": ("Sở Tài chính", "Bộ Tài chính", "1301"),
    "G02": ("Sở Công Thương", "Bộ Công thương", "94"),
    "G17": ("Sở Xây dựng", "Bộ Xây dựng", "4851"),
    "G14": ("Sở Khoa học và Công nghệ", "Bộ Khoa học  và  Công nghệ", "734"),
    "G04": ("Sở Văn hóa, Thể thao và Du lịch", "Bộ Văn hóa, Thể thao và Du lịch", "5119"),
    "G18": ("Sở Y tế", "Bộ Y tế", "4881"),
    "G03": ("Sở Giáo dục và Đào tạo", "Bộ Giáo dục và Đào tạo", "2"),
    "G08": ("Sở Nội vụ", "Bộ Nội vụ", "924"),
    "G21": ("Sở Dân tộc và Tôn giáo", "Bộ Dân tộc và Tôn giáo", "5096"),
}
_OTHER_KEEPER = ("Văn phòng UBND tỉnh", "Bộ Ngoại giao", "857")
_LIST = "Danh mục thủ tục hành chính {what}"
_TITLES = (
    f"Về việc công bố {_LIST} lĩnh vực {{field}} thuộc phạm vi chức năng quản lý của {{keeper}} tỉnh Đồng Nai",
    f"Công bố {_LIST} trong lĩnh vực {{field}} thuộc thẩm quyền giải quyết của {{keeper}}",
    f"QUYẾT ĐỊNH Về việc công bố {_LIST} và phê duyệt quy trình nội bộ\nlĩnh vực {{field}} thuộc {{keeper}}",
)
# As in the real list: a stray full stop, a leading zero, a date inside the number.
_CODES = ("{}/QĐ-UBND",) * 9 + ("{}/QĐ-UBND.", "0{}/QĐ-UBND", "{}/QĐ-UBND ngày {:%d/%m/%Y}")


@dataclass(frozen=True)
class Decision:
    """One announcing decision; procedures by their place in the ledger."""

    id: str
    code: str
    name: str
    signed: date
    agency_id: str
    agency: str
    sector: str
    new: tuple[int, ...] = ()
    amended: tuple[int, ...] = ()
    rescinded: tuple[int, ...] = ()

    @property
    def occasion(self) -> Occasion:
        return occasion(self.signed, self.id)

    @property
    def published(self) -> date:
        """The day from which the database shows what it decides."""
        return published(self.signed, self.id)


def keeper(sector_code: str) -> tuple[str, str, str]:
    """(department, ministry, the ministry's id) that answers for a sector."""
    return _KEEPERS.get(sector_code[:3], _OTHER_KEEPER)


@dataclass(frozen=True)
class Ledger:
    """Every decision in the order of signing, over the procedures they speak of."""

    procedures: tuple[Procedure, ...]
    decisions: tuple[Decision, ...]

    def visible(self, today: date) -> list[Decision]:
        """What has been signed and published by a day."""
        return [decision for decision in self.decisions if decision.signed <= today]


class _Writer:
    """Draws the decisions, sector by sector."""

    def __init__(self, count: int) -> None:
        self.dice = random.Random(766)
        self.procedures = catalogue.procedures(count + RESCINDED_IN_2025)
        self.doomed = set(range(count, len(self.procedures)))
        # Only the catalogue's own procedures can be late-comers: all of them are there by the year's end.
        late = self.dice.sample(range(count), int(count * _NEW_SHARE))
        self.to_come = self._by_sector(late)
        self.in_force = self._by_sector(set(range(len(self.procedures))) - set(late))

    def _by_sector(self, numbers: set[int] | list[int]) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number in sorted(numbers):
            found.setdefault(self.procedures[number].sector_code, []).append(number)
        return found

    def before_2025(self) -> list[Decision]:
        return [
            self._decision(
                sector,
                date(2021, 1, 4) + timedelta(days=self.dice.randrange(1400)),
                new=tuple(numbers),
            )
            for sector, numbers in self.in_force.items()
        ]

    def during_2025(self) -> list[Decision]:
        working = [day for day in range(366, 731) if wt.WORKING[day]]
        days = sorted(self.dice.sample(working, _PROVINCIAL))
        sectors = list(self.in_force)
        found: list[Decision] = []
        for turn, day in enumerate(days):
            sector = sectors[turn % len(sectors)]
            last = turn >= len(days) - len(sectors)
            found += self._change(sector, wt.to_date(day), last)
        return found

    def _change(self, sector: str, signed: date, last: bool) -> list[Decision]:
        waiting = self.to_come.setdefault(sector, [])
        new = [waiting.pop() for _ in range(len(waiting) if last else min(2, len(waiting)))]
        known = self.in_force[sector]
        gone = [number for number in known if number in self.doomed][: None if last else 1]
        kept = [number for number in known if number not in gone]
        amended = self.dice.sample(kept, min(len(kept), self.dice.randint(1, 8)))
        self.in_force[sector] = kept + new
        local = self._decision(sector, signed, tuple(new), tuple(amended), tuple(gone))
        _, ministry, ministry_id = keeper(sector)
        earlier = signed - timedelta(days=self.dice.randint(6, 40))
        if self.dice.random() < 0.6:
            return [local]
        number = self.dice.randint(300, 4100)
        letters = "".join(word[0] for word in ministry.replace(",", "").split()).upper()
        national = replace(
            local,
            code=f"{number}/QĐ-{letters}",
            name=local.name.replace(" tỉnh Đồng Nai", "").replace("Sở ", "Bộ "),
            signed=earlier,
            agency_id=ministry_id,
            agency=ministry,
        )
        return [national, local]

    def _decision(
        self,
        sector: str,
        signed: date,
        new: tuple[int, ...] = (),
        amended: tuple[int, ...] = (),
        rescinded: tuple[int, ...] = (),
    ) -> Decision:
        kinds = (
            (new, "mới ban hành"),
            (amended, "được sửa đổi, bổ sung"),
            (rescinded, "bị bãi bỏ"),
        )
        what = "; ".join(text for numbers, text in kinds if numbers)
        field = dict(catalogue.sectors())[sector]
        title = self.dice.choice(_TITLES).format(what=what, field=field, keeper=keeper(sector)[0])
        code = self.dice.choice(_CODES).format(self.dice.randint(100, 4600), signed)
        fixed = ("", code, title, signed, PROVINCE_ID, PROVINCE, sector)
        return Decision(*fixed, new=new, amended=amended, rescinded=rescinded)


@cache
def ledger(count: int) -> Ledger:
    """The decisions over a catalogue of `count` procedures."""
    writer = _Writer(count)
    drawn = [*writer.before_2025(), *writer.during_2025()]
    drawn.sort(key=lambda decision: decision.signed)
    numbered = [replace(one, id=str(_FIRST_ID + 7 * place)) for place, one in enumerate(drawn)]
    return Ledger(writer.procedures, tuple(numbered))


@lru_cache(maxsize=32)
def in_force(count: int, today: date) -> dict[str, tuple[Procedure, Decision]]:
    """The province's procedures as the database shows them on a day: by code, with the last decision published."""
    book = ledger(count)
    last: dict[int, Decision] = {}
    for decision in book.visible(today):
        if decision.agency_id == PROVINCE_ID and decision.published <= today:
            last |= dict.fromkeys((*decision.new, *decision.amended), decision)
            for gone in decision.rescinded:
                last.pop(gone, None)
    spoken_of = sorted((book.procedures[number].code, number) for number in last)
    return {code: (book.procedures[number], last[number]) for code, number in spoken_of}


def shown_name(procedure: Procedure, decision: Decision) -> str:
    """Its name in the database: some amendments change the wording."""
    is_reworded = decision.signed.year >= 2025 and procedure.number in decision.amended and procedure.number % 4 == 1
    return procedure.name + (" (bao gồm trường hợp nộp trực tuyến)" if is_reworded else "")
