"""The scoreboard has its three rows of MT1, each once, each with a verdict."""

from warehouse.expectations import Rule


RULES = [
    Rule(
        name="indicator_is_unique",
        expectation="ExpectColumnValuesToBeUnique",
        kwargs={"column": "indicator"},
        key=("indicator",),
        severity="critical",
        message="Mỗi chỉ tiêu một dòng",
        advice="Lỗi tính toán nên không công bố; báo người quản trị hệ thống.",
    ),
    Rule(
        name="every_measured_indicator_is_there",
        expectation="ExpectColumnDistinctValuesToContainSet",
        kwargs={"column": "indicator", "value_set": ["MT1", "MT1a", "MT1b"]},
        key=("indicator",),
        severity="critical",
        message="Đủ các chỉ tiêu đang đo",
        advice="Lỗi tính toán nên không công bố; báo người quản trị hệ thống.",
    ),
]
