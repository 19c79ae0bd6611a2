"""The scoreboard has one row for each objective of the year."""

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
        name="every_objective_is_there",
        expectation="UnexpectedRowsExpectation",
        kwargs={
            "unexpected_rows_query": """
                select objective.indicator
                from reference.objectives as objective
                inner join core.headline_period as period on objective.objective_year = year(period.period_end)
                where objective.indicator not in (select indicator from {batch})
            """
        },
        key=("indicator",),
        reads=("reference.objectives", "core.headline_period"),
        severity="critical",
        message="Mỗi mục tiêu của năm có một dòng trên bảng điểm",
        advice="Lỗi tính toán nên không công bố; báo người quản trị hệ thống.",
    ),
]
