"""An inspection that counts has a conclusion dated after it began."""

from warehouse.expectations import Rule


RULES = [
    Rule(
        name="conclusion_follows_the_visit",
        expectation="ExpectColumnPairValuesAToBeGreaterThanB",
        kwargs={
            "column_A": "concluded_on",
            "column_B": "starts_on",
            "or_equal": True,
            "ignore_row_if": "either_value_is_missing",
        },
        key=("plan_number", "unit_name", "form"),
        severity="warning",
        message="Kết luận kiểm tra không có ngày trước khi bắt đầu kiểm tra",
        advice="Kiểm tra cột Ngày kết luận và Ngày bắt đầu trong sổ Theo dõi kiểm tra.",
    ),
]
