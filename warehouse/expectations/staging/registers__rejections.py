"""What a room wrote and could not be taken is set aside with its place, until the file is mended."""

from warehouse.expectations import Rule


RULES = [
    Rule(
        name="register_row_is_readable",
        expectation="ExpectColumnValuesToBeNull",
        kwargs={"column": "message"},
        severity="warning",
        message="Dòng của sổ đọc được và đúng mẫu",
        advice="Mở tệp ở đúng trang, dòng, cột đã nêu, sửa rồi lưu đè; lần đọc sau sẽ tự nhận.",
        quarantine=True,
    ),
]
