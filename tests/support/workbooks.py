"""Workbooks as people make them, by hand: a row is what stands under each header."""

import struct
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from connectors.records import Pseudonymiser
from connectors.registers.catalogue import REGISTERS
from connectors.registers.folder import FolderContents, Registers


KEY = Pseudonymiser(b"a key of the tests")
Row = Mapping[str, Any]

DAY = date(2025, 5, 8)
PERSON = {"Họ và tên": "Trần Thị Bích Thủy", "Ngày sinh": date(1985, 3, 2), "Mã số": "VP-0007"}
CRITERIA = (
    "Trình độ chuyên môn", "Lý luận chính trị", "Quản lý nhà nước", "Bồi dưỡng lãnh đạo, quản lý", "Ngoại ngữ, tin học",
    "Kinh nghiệm",
)  # fmt: skip
# A row of each register that has nothing wrong.
GOOD: dict[str, dict[str, Any]] = {
    "documents": {
        "Số": 125, "Ký hiệu": "QĐ-UBND", "Ngày ban hành": DAY, "Loại văn bản": "Quyết định", "Trích yếu": "V/v nghỉ lễ",
        "Độ mật": "Thường", "Đơn vị soạn thảo": "Phòng Tổng hợp", "Nơi nhận": "Sở Nội vụ",
        "Loại nơi nhận": "Cơ quan hành chính", "Hình thức gửi": "Trục liên thông",
        "Hình thức ký": "Ký số cá nhân và cơ quan", "Thời điểm gửi": datetime(2025, 5, 8, 14, 30),
        "Mã lý do loại trừ": "",
    },
    "incoming": {
        "Số": 9, "Ký hiệu": "CV-BNV", "Ngày ban hành": DAY, "Cơ quan ban hành": "Bộ Nội vụ",
        "Hình thức đến": "Trục liên thông", "Độ mật": "Thường", "Thời điểm đến": datetime(2025, 5, 9, 8, 5),
    },
    "secret_counts": {"Tháng": "05/2025", "Chiều": "Đi", "Số văn bản": 3, "Đơn vị": "Phòng Nội chính"},
    "officials": {
        **PERSON, "Đơn vị": "Phòng Tổng hợp", "Chức danh, chức vụ": "Chuyên viên", "Đối tượng": "Công chức",
        "Giữ chức danh từ ngày": date(2020, 1, 1), **dict.fromkeys(CRITERIA, "Đạt"),
    },
    "ratings": {
        **PERSON, "Đơn vị": "Phòng Tổng hợp", "Đối tượng": "Công chức", "Năm": 2025,
        "Mức xếp loại": "Hoàn thành tốt nhiệm vụ",
    },
    "inspections": {
        "Số kế hoạch": "281/KH-VP", "Ngày kế hoạch": date(2025, 1, 23), "Đoàn kiểm tra": "Văn phòng",
        "Hình thức": "Định kỳ", "Đơn vị được kiểm tra": "Phòng Nội chính", "Ngày bắt đầu": date(2025, 6, 10),
        "Số hồ sơ kiểm tra mẫu": 20, "Kết quả": "Tốt", "Kiến nghị": "Bổ sung phiếu kiểm soát",
    },
    "inspection_units": {"Số kế hoạch": "281/KH-VP", "Ngày phê duyệt": date(2025, 1, 23), "Đơn vị": "Phòng Nội chính"},
    "objectives": {
        "Đơn vị": "Phòng Tổng hợp", "Năm": 2025, "TT": 1, "Mục tiêu": "Giải quyết đúng hạn", "Chỉ tiêu": "≥ 98 %",
        "Chỉ tiêu (%)": 98, "Người thực hiện": "Trưởng phòng",
    },
    "risks": {
        "Đơn vị": "Phòng Tổng hợp", "Năm": 2025, "TT": 1, "Quá trình/Hoạt động": "Giải quyết TTHC", "Loại": "Rủi ro",
        "Mô tả": "Hồ sơ quá hạn", "Khả năng xảy ra (P)": 3, "Mức độ ảnh hưởng (S)": 4,
    },
    "communications": {
        "Đơn vị": "Phòng Tổng hợp", "Năm": 2025, "Hình thức": "Biên bản họp", "Ngày truyền đạt": date(2025, 5, 15),
    },
    "nonconformities": {
        "Số phiếu": "KPH-2025-MT1-Q2", "Ngày mở": date(2025, 6, 30), "Nguồn phát hiện": "Mục tiêu không đạt",
        "Đơn vị xử lý": "Phòng Tổng hợp", "Mô tả sự không phù hợp": "Dưới chỉ tiêu",
        "Chức danh chịu trách nhiệm": "Trưởng phòng", "Thời hạn": date(2025, 8, 31),
    },
    "internal_audits": {
        "Số chương trình": "18/CTr-VP", "Năm": 2025, "Đơn vị": "Phòng Tổng hợp", "Phạm vi, quá trình": "Văn thư",
        "Ngày dự kiến": date(2025, 9, 10), "Số điểm không phù hợp nhẹ": 2,
    },
    "management_reviews": {
        "Số biên bản": "02/BB-XXLĐ", "TT": 4, "Đầu vào (9.3.2)": "c2 Mức độ đạt mục tiêu chất lượng",
        "Quyết định": "Bổ sung một công chức",
    },
    "surveys": {
        "Số kế hoạch khảo sát": "44/KH-VP", "Đơn vị": "Phòng Tổng hợp", "Nội dung khảo sát": "Trả kết quả TTHC",
        "Từ ngày": date(2025, 5, 5), "Đến ngày": date(2025, 5, 30), "Số phiếu phát ra": 400, "Số phiếu thu về": 212,
        "Điểm trung bình": "4,35", "Thang điểm": 5,
    },
    "publications": {
        "Số": 12, "Ký hiệu": "QĐ-UBND", "Ngày ký": date(2025, 3, 3), "Loại thông tin": "Ý kiến chỉ đạo, điều hành",
        "Phải công khai": "Có", "Ngày công khai": date(2025, 3, 5), "Địa chỉ công khai": "https://vp.example/12",
    },
    "observations": {
        "Tên sổ theo dõi": "Khiếu nại", "Số thứ tự trong sổ": 1, "Đơn vị": "Phòng Tổng hợp",
        "Ngày phát sinh": date(2025, 6, 10), "Kết quả": "Đúng", "Số lượng": 2,
    },
}  # fmt: skip


class Formula(str):
    """A formula whose result was an error."""


class Workbook:
    """A workbook made sheet by sheet, whole at the end of the `with` block."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False})
        self._day = self._book.add_format({"num_format": "dd/mm/yyyy"})
        self._moment = self._book.add_format({"num_format": "dd/mm/yyyy hh:mm"})

    def __enter__(self) -> "Workbook":
        return self

    def __exit__(self, *_: object) -> None:
        self._book.close()

    def grid(self, name: str, rows: Sequence[Sequence[Any]]) -> "Workbook":
        sheet = self._book.add_worksheet(name)
        for number, row in enumerate(rows):
            for place, value in enumerate(row):
                if isinstance(value, Formula):
                    sheet.write_formula(number, place, f"={value}", value="#N/A")
                elif isinstance(value, datetime):
                    sheet.write_datetime(number, place, value, self._moment)
                elif isinstance(value, date):
                    sheet.write_datetime(number, place, value, self._day)
                elif value not in (None, ""):
                    sheet.write(number, place, value)
        return self

    def sheet(self, name: str) -> Any:
        return self._book.get_worksheet_by_name(name)

    def table(self, register: str, *rows: Row, above: int = 0, name: str | None = None) -> "Workbook":
        """The headers are those of all rows together; `above` rows stand over them."""
        headers = list(dict.fromkeys(header for row in rows for header in row))
        lines = [[row.get(header) for header in headers] for row in rows]
        return self.grid(name or REGISTERS[register].sheet, [*([[]] * above), headers, *lines])


def write(folder: Path, register: str, *rows: Row, file: str = "so.xlsx", **options: Any) -> Path:
    with Workbook(folder / file) as workbook:
        workbook.table(register, *rows, **options)
    return folder / file


def read(folder: Path, key: Pseudonymiser | None = KEY) -> FolderContents:
    return Registers(folder, key).read()


def told(contents: FolderContents) -> list[str]:
    """What the officer is told."""
    return [f"{one.place}: {one.message}" for one in contents.rejections]


def locked_workbook() -> bytes:
    """A workbook with a password is no ZIP but an OLE file with a stream EncryptedPackage, here of one sector chain."""
    free, end, table, none = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
    sectors = 9  # 0: allocation table, 1: directory, 2–9: the stream of 4096 bytes
    head = struct.pack("<8s16x5H6x9I", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6,
                       0, 1, 1, 0, 4096, end, 0, end, 0)  # fmt: skip
    head += struct.pack("<109I", 0, *[free] * 108)
    chain = [table, end, *range(3, sectors + 1), end]
    allocation = struct.pack("<128I", *chain, *[free] * (128 - len(chain)))

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        text = name.encode("utf-16-le") + b"\0\0" if name else b""
        links = struct.pack("<3I", none, none, child)
        return struct.pack("<64sHBB", text, len(text), kind, 1) + links + struct.pack("<36xIQ", start, size)

    directory = entry("Root Entry", 5, 1, end, 0) + entry("EncryptedPackage", 2, none, 2, 4096)
    directory += (entry("", 0, none, 0, 0)) * 2
    return head + allocation + directory + b"\0" * 4096
