"""Nothing is dropped: every row of a register was taken, or it is told why not (design §4.4)."""

from warehouse.expectations import Rule


RULES = [
    Rule(
        name="every_row_is_taken_or_rejected",
        expectation="ExpectColumnValuesToBeInSet",
        kwargs={"column": "rows_lost", "value_set": [0]},
        severity="critical",
        message="Dòng đọc được = dòng đã nhận + dòng sai + dòng trùng + dòng mật",
        advice="Có dòng của sổ bị mất nên không công bố; báo người quản trị hệ thống.",
    ),
]
