"""The procedures of the province: a thousand real national ones, and their provincial variants."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from connectors.simulator.chance import Chance
from connectors.simulator.directory import ORG


# (sector code, name, a word of the procedure's name that points to it)
_SECTORS = (
    ("G15-HT01", "Hộ tịch", ("khai sinh", "khai tử", "kết hôn", "giám hộ", "hộ tịch", "con nuôi")),
    ("G15-CT02", "Chứng thực", ("chứng thực", "bản sao")),
    ("G15-LS03", "Luật sư, công chứng, giám định", ("công chứng", "luật sư", "đấu giá")),
    ("G09-DD01", "Đất đai", ("đất", "tài sản gắn liền")),
    ("G09-TN02", "Tài nguyên nước, khoáng sản", ("khoáng sản", "nước dưới đất", "nước mặt")),
    ("G09-MT03", "Môi trường", ("môi trường", "chất thải")),
    ("G09-TL04", "Thủy lợi, đê điều", ("thủy lợi", "đê điều", "đập")),
    ("G09-TS05", "Thủy sản", ("tàu cá", "thủy sản")),
    (
        "G09-NN06",
        "Chăn nuôi, trồng trọt, thú y",
        ("thú y", "động vật", "chăn nuôi", "giống", "rừng"),
    ),
    (
        "G05-DN01",
        "Thành lập và hoạt động của doanh nghiệp",
        ("doanh nghiệp", "công ty", "hộ kinh doanh"),
    ),
    ("G05-DT02", "Đầu tư tại Việt Nam", ("đầu tư", "nhà đầu tư")),
    ("G05-TC03", "Quản lý công sản", ("tài sản", "thuế", "phí")),
    ("G02-LT01", "Lưu thông hàng hóa trong nước", ("kinh doanh", "xăng dầu", "rượu", "thuốc lá")),
    ("G02-HC02", "Hóa chất, vật liệu nổ", ("hóa chất", "vật liệu nổ", "điện lực")),
    ("G17-XD01", "Hoạt động xây dựng", ("xây dựng", "quy hoạch", "nhà ở")),
    ("G17-DB02", "Đường bộ", ("đường bộ", "vận tải", "xe", "lái")),
    ("G17-HH03", "Hàng hải và đường thủy nội địa", ("tàu", "thủy nội địa", "cảng", "hàng hải")),
    ("G14-KC01", "Hoạt động khoa học và công nghệ", ("khoa học", "công nghệ", "bức xạ")),
    ("G14-BC02", "Bưu chính, viễn thông", ("bưu chính", "viễn thông", "trang thông tin")),
    ("G04-VH01", "Văn hóa, du lịch", ("du lịch", "văn hóa", "di tích", "thể thao", "nghệ thuật")),
    ("G18-KB01", "Khám bệnh, chữa bệnh", ("khám bệnh", "hành nghề", "y tế", "dược", "thuốc")),
    ("G18-BT02", "Bảo trợ xã hội", ("trợ giúp", "bảo trợ", "khuyết tật", "mai táng")),
    ("G03-GD01", "Giáo dục và đào tạo", ("trường", "giáo dục", "học sinh", "dạy")),
    ("G08-NC01", "Người có công", ("người có công", "liệt sĩ", "thương binh", "trợ cấp")),
    ("G08-HC02", "Tổ chức hội, quỹ", ("hội", "quỹ", "thi đua", "khen thưởng")),
    ("G08-VL03", "Việc làm, lao động", ("lao động", "việc làm", "thất nghiệp")),
    ("G21-TG01", "Tín ngưỡng, tôn giáo", ("tôn giáo", "tín ngưỡng", "dân tộc")),
    ("G22-TD01", "Tiếp công dân, khiếu nại, tố cáo", ("khiếu nại", "tố cáo", "xử lý đơn")),
    ("G01-NG01", "Công tác lãnh sự, đối ngoại", ("lãnh sự", "nước ngoài", "hộ chiếu")),
)
_OTHER_SECTOR = ("G22-KH99", "Lĩnh vực khác")
_COMMUNE_WORDS = ("cấp xã", "khai sinh", "khai tử", "kết hôn", "chứng thực", "trợ cấp", "mai táng")
# (unit, amounts, share): working days, calendar days, hours, and procedures that state no limit.
_LIMITS = (
    ("d", (0, 1, 2, 3, 5, 7, 10, 15, 20, 30), 0.79),
    ("c", (5, 10, 15, 30), 0.1),
    ("h", (4, 8, 16, 24), 0.1),
    ("", (0,), 0.01),
)


@dataclass(frozen=True)
class Procedure:
    """A procedure as the province offers it; `nation_code` is the country's code for it."""

    number: int
    id: str
    code: str
    nation_code: str
    name: str
    sector_code: str
    sector_name: str
    level: str
    limit_unit: str
    limit_amount: int
    weight: int

    @property
    def process_id(self) -> str:
        return f"65b{self.number:05x}7c6d5e4f3a2b1c0d"


def _sector(name: str) -> tuple[str, str]:
    folded = name.lower()
    for code, label, words in _SECTORS:
        if any(word in folded for word in words):
            return code, label
    return _OTHER_SECTOR


@cache
def national_rows() -> tuple[dict[str, str], ...]:
    """The real national procedures: code, vertical (sector flag), weight (usage), name."""
    text = (files(__package__) / "data" / "procedures.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def _procedure(number: int, kind: int, amount: float) -> Procedure:
    rows = national_rows()
    row = rows[number % len(rows)]
    variant = number // len(rows)
    name = row["name"]
    commune = any(word in name.lower() for word in _COMMUNE_WORDS)
    suffix = f".{'0' * 3 if variant == 1 else f'{variant:03}'}.00.00.{ORG}" if variant else ""
    unit, amounts, _ = _LIMITS[kind]
    return Procedure(
        number=number,
        id=f"64c{number:05x}1a2b3c4d5e6f7081",
        code=row["code"] + suffix,
        nation_code=row["code"],
        name=name + (f" ({'cấp xã' if commune else 'cấp tỉnh'}, Đồng Nai)" if variant else ""),
        sector_code=_sector(name)[0],
        sector_name=_sector(name)[1],
        level="xa" if commune else "tinh",
        limit_unit=unit,
        limit_amount=amounts[int(amount * len(amounts))],
        weight=int(row["weight"]),
    )


@cache
def procedures(count: int = 1_900) -> tuple[Procedure, ...]:
    """The first `count` procedures of the province's catalogue (the same whatever the seed)."""
    chance = Chance(766, np.arange(count, dtype=np.int64))
    kinds = chance.pick("limit", [share for *_, share in _LIMITS])
    amounts = chance.uniform("amount")
    return tuple(_procedure(number, int(kinds[number]), float(amounts[number])) for number in range(count))


@cache
def sectors() -> tuple[tuple[str, str], ...]:
    """Every (code, name) of a sector."""
    return (*((code, name) for code, name, _ in _SECTORS), _OTHER_SECTOR)


def in_two_languages(name: str) -> list[dict[str, object]]:
    """A name the way iGate writes it in configuration: an array by language (228 is Vietnamese)."""
    return [{"languageId": 228, "name": name}]


def process_of(procedure: Procedure) -> dict[str, object]:
    """The process definition of a procedure, with its time limit when it has one."""
    definition: dict[str, object] = {"timesheet": {"id": "5f3a2b1c0d9e8f7a6b5c4d3e"}}
    if procedure.limit_unit:
        definition["processingTime"] = procedure.limit_amount
        definition["processingTimeUnit"] = procedure.limit_unit
    return {"id": procedure.process_id, "processDefinition": definition}


def compact(value: object) -> str:
    """JSON the way the servers write it: no spaces, Vietnamese as it is."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
