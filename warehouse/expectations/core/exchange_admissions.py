"""Nothing of the axis is dropped: what came is used or set aside (design §4.4)."""

from warehouse.expectations import Rule


RULES = [
    Rule(
        name="received_equals_accepted_and_quarantined",
        expectation="ExpectColumnValuesToBeInSet",
        kwargs={"column": "difference", "value_set": [0]},
        key=("system", "resource"),
        severity="critical",
        message="Bản ghi nguồn gửi sang = bản ghi đã qua kiểm tra + bản ghi tách riêng",
        advice="Có bản ghi bị mất hoặc bị tính hai lần nên không công bố; báo người quản trị hệ thống.",
    ),
]
