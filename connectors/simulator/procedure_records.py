"""Procedures as the national database tells them: the list, the full record, the dictionaries (C.1)."""

from __future__ import annotations

from typing import Any

from connectors.simulator import catalogue
from connectors.simulator.catalogue import Procedure
from connectors.simulator.decisions import Decision, in_force, keeper, shown_name
from connectors.simulator.directory import ORG, departments, long_style
from connectors.simulator.world import World


Row = dict[str, Any]
_UNITS = {"d": "Ngày làm việc", "c": "Ngày", "h": "Giờ làm việc", "": ""}
_CHANNELS = (("1", "Trực tiếp"), ("2", "Trực tuyến"), ("3", "Dịch vụ bưu chính"))
_PLACEHOLDERS = ("Không", "Đang cập nhật", "", "-", "Theo quy định", "<p>&nbsp;</p>")
_BASIS = {
    "SOVANBAN": "61/2018/NĐ-CP",
    "TENVANBAN": "Thực hiện cơ chế một cửa, một cửa liên thông",
    "NGAYBANHANH": "23/04/2018",
    "NGAYHIEULUC": "21/06/2018",
    "COQUANBANHANH": "Chính phủ",
    "DIACHITRUYCAP": "",
}


def internal_id(number: int) -> str:
    """The id inside the database, which is not the public code."""
    return str(380_000 + 3 * number)


def listed(world: World) -> list[Row]:
    """Every procedure in force, in the order of its code."""
    procedures = in_force(world.procedures, world.today).values()
    return [_listed(procedure, decision) for procedure, decision in procedures]


def _listed(procedure: Procedure, decision: Decision) -> Row:
    return {
        "MATTHC": procedure.code,
        "TENTTHC": shown_name(procedure, decision),
        "MALINHVUC": procedure.sector_code,
        "TENLINHVUC": procedure.sector_name,
        "MACOQUANCONGBO": long_style(ORG),
        "TRANGTHAI": "1",
    }


def full(world: World, code: str) -> Row | None:
    """The whole record of one procedure in force."""
    found = in_force(world.procedures, world.today).get(code)
    return _full(*found) if found else None


def _full(procedure: Procedure, decision: Decision) -> Row:
    number = procedure.number
    department = keeper(procedure.sector_code)[0]
    place = "UBND cấp xã" if procedure.level == "xa" else department
    record = _listed(procedure, decision) | {
        "ID": internal_id(number),
        "MOTA": "",
        "TUKHOA": "",
        "LOAITTHC": "TTHC được luật giao quy định chi tiết",
        "QUYETDINH": decision.code,
        "IDQUYETDINHCONGBO": decision.id,
        "MOTADOITUONGTHUCHIEN": "Công dân Việt Nam; Doanh nghiệp; Tổ chức",
        "DIACHITIEPNHAN": f"<p>Bộ phận Một cửa, {place}</p>",
        "YEUCAU": "Không có" if number % 3 else "<p>Theo quy định tại Điều 5.</p>",
        "MOTACOQUANTHUCHIEN": place,
        "MOTACOQUANTHAMQUYEN": "UBND tỉnh Đồng Nai" if procedure.level == "tinh" else place,
        "CAPTHUCHIEN": [_level(procedure)],
        "LINHVUCTHUCHIEN": [{"MALINHVUC": procedure.sector_code, "TENLINHVUC": procedure.sector_name}],
        "CACHTHUCTHUCHIEN": [_channel(procedure, *channel) for channel in _CHANNELS],
        "DOITUONGTHUCHIEN": [{"MADOITUONG": "1", "TENDOITUONG": "Công dân Việt Nam"}],
        "THANHPHANHOSO": [{"TRUONGHOP": "Bao gồm", "GIAYTO": _papers(procedure)}],
        "TRINHTUTHUCHIEN": [{"TRUONGHOP": "", "TRINHTU": _steps(place)}],
        "KETQUATHUCHIEN": [_result(procedure)],
        "CANCUPHAPLY": [_BASIS, _occasion(number, decision)],
        "COQUANTHUCHIEN": [{"MADONVI": long_style(_performer(procedure, department)), "TENDONVI": place}],
        "COQUANCOTHAMQUYEN": [{"MADONVI": long_style(ORG), "TENDONVI": "UBND tỉnh Đồng Nai"}],
        "COQUANDUOCUYQUYEN": [],
        "COQUANPHOIHOP": [],
        "TTHCLIENQUAN": [],
        "TTHCLIENTHONG": [],
    }
    return _with_gaps(record, number)


def _performer(procedure: Procedure, department: str) -> str:
    """The code of whoever performs it; communes have the province's between them."""
    return ORG if procedure.level == "xa" else departments()[department].code


_EMPTIED = ("THANHPHANHOSO", "KETQUATHUCHIEN", "CANCUPHAPLY", "DOITUONGTHUCHIEN")


def lacks(number: int, field: str) -> bool:
    """Whether a record is incomplete there: one in twenty is, somewhere, in the ways that pass for complete (T25)."""
    if field == "TRINHTUTHUCHIEN":
        return number % 40 == 7
    if field == "PHILEPHI":
        return number % 53 == 17
    return number % 40 == 23 and _EMPTIED[number // 40 % len(_EMPTIED)] == field


def _with_gaps(record: Row, number: int) -> Row:
    if lacks(number, "TRINHTUTHUCHIEN"):
        placeholder = _PLACEHOLDERS[number // 40 % len(_PLACEHOLDERS)]
        record["TRINHTUTHUCHIEN"] = [{"TRUONGHOP": "", "TRINHTU": [{"TENTRINHTU": placeholder}]}]
    return record | {field: [] for field in _EMPTIED if lacks(number, field)}


def _level(procedure: Procedure) -> Row:
    if procedure.level == "xa":
        return {"CAPTHUCHIEN": "3", "TENCAP": "Cấp Xã"}
    return {"CAPTHUCHIEN": "1", "TENCAP": "Cấp Tỉnh"}


def _channel(procedure: Procedure, channel: str, name: str) -> Row:
    free = procedure.number % 3 == 0
    fee = {
        "MAPHILEPHI": f"{procedure.code}-LP01",
        "SOTIEN": "0" if free else str(10_000 * (1 + procedure.number % 50)),
        "DONVI": "Đồng",
        "MOTA": "Không thu phí" if free else "Lệ phí",
        "TENTEP": "",
        "URL": "",
    }
    if lacks(procedure.number, "PHILEPHI"):
        fee |= {"SOTIEN": "", "MOTA": "Không có thông tin"}
    amount = str(procedure.limit_amount) if procedure.limit_unit else ""
    duration = {
        "THOIGIANGIAIQUYET": amount,
        "DONVITINH": _UNITS[procedure.limit_unit],
        "MOTA": f"<p>{amount} {_UNITS[procedure.limit_unit].lower()} ({name})</p>" if amount else "<p>&nbsp;</p>",
        "PHILEPHI": [fee],
    }
    return {"KENH": channel, "THOIGIAN": [duration]}


def _papers(procedure: Procedure) -> list[Row]:
    names = ("Đơn đề nghị theo mẫu", "Bản sao giấy tờ tùy thân", "Tài liệu chứng minh điều kiện")
    return [
        {
            "MAGIAYTO": f"{procedure.code}-TP{place:02}",
            "TENGIAYTO": name,
            "SOBANCHINH": "1" if place == 1 else "0",
            "SOBANSAO": "0" if place == 1 else "1",
            "TENMAUDON": "Mẫu số 01.docx" if place == 1 else "",
            "URL": "",
            "MA_KQ_THAYTHE": "",
        }
        for place, name in enumerate(names[: 1 + procedure.number % 3], 1)
    ]


def _steps(place: str) -> list[Row]:
    return [
        {"TENTRINHTU": f"<p>Bước 1: Nộp hồ sơ tại Bộ phận Một cửa của {place}.</p>"},
        {"TENTRINHTU": "<p>Bước 2: Thẩm định, giải quyết hồ sơ.</p>"},
        {"TENTRINHTU": "<p>Bước 3: Trả kết quả.</p>"},
    ]


def _result(procedure: Procedure) -> Row:
    code = f"KQ.{ORG}.{procedure.number:06}"
    return {"MAKETQUA": code, "TENKETQUA": "Quyết định hành chính", "TENTEP": "", "URL": ""}


def has_readable_effect(number: int) -> bool:
    """Whether the day on which the newest legal basis takes effect was typed so that anybody can read it."""
    return number % 31 != 5 and number % 47 != 9


def _occasion(number: int, decision: Decision) -> Row:
    text = decision.occasion
    effect = f"{text.effect:%d/%m/%Y}"
    if not has_readable_effect(number):
        effect = "" if number % 31 == 5 else "30/02/2025"
    return {
        "SOVANBAN": text.number,
        "TENVANBAN": text.name,
        "NGAYBANHANH": f"{text.issued:%d/%m/%Y}",
        "NGAYHIEULUC": effect,
        "COQUANBANHANH": "Chính phủ",
        "DIACHITRUYCAP": "",
    }


def fields() -> list[Row]:
    return [
        {"MALINHVUC": code, "TENLINHVUC": name, "MANGANH": code.split("-")[0]} for code, name in catalogue.sectors()
    ]


def public_services(world: World) -> list[Row]:
    """Online services: two procedures in three have one."""
    procedures = in_force(world.procedures, world.today).values()
    return [_service(procedure) for procedure, _ in procedures if procedure.number % 3]


def _service(procedure: Procedure) -> Row:
    level = "4" if procedure.number % 2 else "3"
    return {
        "MADVC": f"{procedure.code}-DVC",
        "TENDVC": procedure.name,
        "MATTHC": procedure.code,
        "TENTTHC": procedure.name,
        "TENCOQUANBANHANH": "UBND tỉnh Đồng Nai",
        "TENLINHVUC": procedure.sector_name,
        "APDUNGDVC": [{"MADONVI": long_style(ORG), "MUCDO": level}],
    }


def decision_record(decision: Decision) -> Row:
    return {
        "ID": decision.id,
        "SOQUYETDINH": decision.code,
        "TRICHYEU": decision.name,
        "NGAYBANHANH": f"{decision.signed:%d/%m/%Y}",
        "COQUANBANHANH": decision.agency,
    }
