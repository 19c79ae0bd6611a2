"""One register for whatever an objective counts and no register of its own holds (complaints, copies, …)."""

from connectors.registers.columns import UNIT
from connectors.registers.shapes import Column, Register


OBSERVATIONS = Register(
    "observations",
    "Theo dõi khác",
    "SỔ THEO DÕI KHÁC PHỤC VỤ ĐO MỤC TIÊU (mỗi việc, hoặc mỗi tháng của một đơn vị, một dòng)",
    (
        Column(
            "book", "Tên sổ theo dõi", required=True, example="Sổ ví dụ",
            note="Mỗi nội dung theo dõi một tên, viết như nhau ở mọi dòng: Khiếu nại, Sáng kiến, Bản giấy…",
        ),
        Column("number", "Số thứ tự trong sổ", "int", True, example="1"),
        UNIT,
        Column(
            "happened_on", "Ngày phát sinh", "date", True, example="03/01/2000",
            note="Số cộng của cả tháng: ghi ngày cuối tháng. Tháng không phát sinh vẫn ghi một dòng, số lượng 0.",
        ),
        Column("kind", "Phân loại", example="Đơn thư"),
        Column("result", "Kết quả", example="Đúng", note="Từ ngữ thống nhất; điều kiện của mục tiêu so với cột này."),
        Column("due_on", "Thời hạn", "date", example="10/01/2000"),
        Column("done_on", "Ngày hoàn thành", "date", example="09/01/2000"),
        Column("amount", "Số lượng", "number", example="12"),
        Column("out_of", "Trên tổng số", "number", example="40"),
        Column("document_number", "Số, ký hiệu văn bản", example="00/VÍ-DỤ"),
    ),
    key=("book", "unit", "number"),
    year_of="happened_on",
)  # fmt: skip
