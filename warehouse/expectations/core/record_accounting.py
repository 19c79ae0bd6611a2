"""Nothing is dropped between raw and staging, in any table of any source (design §4.4)."""

from warehouse.expectations import Rule


RULES = [
    Rule(
        name="received_equals_accepted_quarantined_and_withdrawn",
        expectation="ExpectColumnValuesToBeInSet",
        kwargs={"column": "difference", "value_set": [0]},
        key=("system", "resource"),
        severity="critical",
        message="Bản ghi nguồn gửi sang = bản ghi đã nhận + bản ghi tách riêng + bản ghi nguồn đã rút",
        advice="Có bản ghi bị mất hoặc bị tính hai lần nên không công bố; báo người quản trị hệ thống.",
    ),
]
