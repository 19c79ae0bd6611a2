"""The national portal's totals are counts, so that they can be compared (protocols C.3)."""

from warehouse.expectations import Rule


COUNTS = ("received", "ended_in_time", "ended_late")
RULES = [
    Rule(
        name="totals_are_counts",
        expectation="UnexpectedRowsExpectation",
        kwargs={
            "unexpected_rows_query": "select * from {batch} where "
            + " or ".join(f"coalesce({column}, -1) < 0" for column in COUNTS)
        },
        severity="warning",
        message="Số hồ sơ do Cổng quốc gia đếm thiếu, âm hoặc không phải là số",
        advice="Đối chiếu với Cổng Dịch vụ công quốc gia; số liệu của Văn phòng không phụ thuộc vào dòng này.",
        quarantine=True,
    ),
]
