"""What did not pass the border whole (design §4.2): a leaf that was no code, date, number or known word is a hash."""

from warehouse.expectations import Rule


RECORD_IS_READABLE = Rule(
    name="record_is_readable",
    expectation="ExpectColumnValuesToBeNull",
    kwargs={"column": "unreadable"},
    severity="warning",
    message="Bản ghi có trường khác khuôn dạng đã biết hoặc ghi thông tin cá nhân, nên trường đó không được giữ",
    advice="Tên trường nằm ở cột unreadable của bảng này. Nhờ đơn vị quản lý nguồn sửa bản ghi; nếu nguồn đã đổi khuôn "
    "dạng, báo người quản trị phần mềm.",
    quarantine=True,
)
