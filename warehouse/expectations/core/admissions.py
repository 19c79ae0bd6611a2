"""Nothing is dropped: what came is accepted or set aside (design §4.4)."""

from warehouse.expectations import Rule


RULES = [
    Rule(
        name="received_equals_accepted_and_quarantined",
        expectation="ExpectColumnValuesToBeInSet",
        kwargs={"column": "difference", "value_set": [0]},
        key=("system", "resource"),
        severity="critical",
        message="Hồ sơ nguồn gửi sang = hồ sơ đã qua kiểm tra + hồ sơ tách riêng",
        advice="Có hồ sơ bị mất hoặc bị tính hai lần nên không công bố; báo người quản trị hệ thống.",
    ),
]
