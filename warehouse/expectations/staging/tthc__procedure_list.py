"""A procedure without a code cannot be followed: it is known by its content only."""

from warehouse.expectations import Rule
from warehouse.expectations.readable import RECORD_IS_READABLE


RULES = [
    Rule(
        name="procedure_code_is_given",
        expectation="ExpectColumnValuesToNotBeNull",
        kwargs={"column": "national_code"},
        severity="warning",
        message="Thủ tục trong danh sách quốc gia không có mã",
        advice="Báo đơn vị quản lý Cơ sở dữ liệu quốc gia về TTHC bổ sung mã thủ tục.",
        quarantine=True,
    ),
    RECORD_IS_READABLE,
]
