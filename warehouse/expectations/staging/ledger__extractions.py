"""Nothing is lost on the way into raw: per run and table, what was read is new or was known (design §4.4)."""

from warehouse.expectations import Rule


_LOST = "Có bản ghi bị mất khi ghi vào kho nên không công bố; chạy lại, còn lỗi thì báo người quản trị hệ thống."

RULES = [
    Rule(
        name="received_equals_landed_and_duplicates",
        expectation="ExpectColumnValuesToBeInSet",
        kwargs={"column": "unexplained", "value_set": [0]},
        key=("system", "resource"),
        severity="critical",
        message="Bản ghi đọc được = phiên bản mới + bản ghi không đổi",
        advice=_LOST,
    ),
    Rule(
        name="landed_versions_are_in_the_warehouse",
        expectation="ExpectColumnValuesToBeInSet",
        kwargs={"column": "missing", "value_set": [0]},
        key=("system", "resource"),
        severity="critical",
        message="Phiên bản mới mà lần chạy này ghi nhận đều có trong kho dữ liệu",
        advice=_LOST,
    ),
]
