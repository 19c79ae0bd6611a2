"""The accounting identity: received + carried over = settled + still open (domain §2.2)."""

from warehouse.expectations import Rule


RULES = [
    Rule(
        name="received_and_carried_equal_settled_and_open",
        expectation="ExpectColumnValuesToBeInSet",
        kwargs={"column": "difference", "value_set": [0]},
        key=("period_calendar", "period_kind", "period_start", "unit_code"),
        severity="critical",
        message="Tiếp nhận + kỳ trước chuyển sang = đã giải quyết + đang giải quyết",
        advice="Số liệu không cân đối nên không công bố; báo người quản trị hệ thống.",
    ),
]
