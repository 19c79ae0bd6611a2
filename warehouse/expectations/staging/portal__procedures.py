"""A procedure without a code cannot be compared with the national database."""

from warehouse.expectations import Rule
from warehouse.expectations.readable import RECORD_IS_READABLE


RULES = [
    Rule(
        name="procedure_code_is_given",
        expectation="ExpectColumnValuesToNotBeNull",
        kwargs={"column": "procedure_code"},
        severity="warning",
        message="Thủ tục cấu hình trên hệ thống một cửa không có mã",
        advice="Nhập mã thủ tục quốc gia cho thủ tục này trên hệ thống một cửa rồi chạy lại.",
        quarantine=True,
    ),
    RECORD_IS_READABLE,
]
