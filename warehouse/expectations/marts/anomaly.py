"""A suspicion can be looked up and understood."""

from warehouse.expectations import Rule


_KEY = ("trap", "signal", "record_key")

RULES = [
    Rule(
        name="suspicion_says_why",
        expectation="ExpectColumnValuesToNotBeNull",
        kwargs={"column": "sentence"},
        key=_KEY,
        severity="critical",
        message="Mỗi dấu hiệu bất thường có câu diễn giải",
        advice="Lỗi tính toán nên không công bố; báo người quản trị hệ thống.",
    ),
    Rule(
        name="suspicion_has_a_day",
        expectation="ExpectColumnValuesToNotBeNull",
        kwargs={"column": "occurred_on"},
        key=_KEY,
        severity="warning",
        message="Mỗi dấu hiệu bất thường có ngày xảy ra",
        advice="Bản ghi thiếu ngày ở nguồn; báo đơn vị giữ nguồn bổ sung.",
    ),
]
