"""A published figure is whole numbers that fit together, and one of the eight verdicts."""

from warehouse.expectations import Rule


_KEY = (
    "closing_date",
    "indicator",
    "definition",
    "unit_code",
    "applicant_group",
    "period_calendar",
    "period_kind",
    "period_start",
)
_DEFECT = "Lỗi tính toán nên không công bố; báo người quản trị hệ thống."

RULES = [
    Rule(
        name="figure_is_unique",
        expectation="ExpectCompoundColumnsToBeUnique",
        kwargs={"column_list": list(_KEY)},
        key=_KEY,
        severity="critical",
        message="Mỗi chỉ tiêu, định nghĩa, đơn vị, đối tượng và kỳ chỉ có một kết quả",
        advice=_DEFECT,
    ),
    Rule(
        name="numerator_is_not_above_denominator",
        expectation="ExpectColumnPairValuesAToBeGreaterThanB",
        kwargs={"column_A": "denominator", "column_B": "numerator", "or_equal": True},
        key=_KEY,
        severity="critical",
        message="Tử số không lớn hơn mẫu số",
        advice=_DEFECT,
    ),
    *(
        Rule(
            name=f"{column}_is_a_count",
            expectation="ExpectColumnValuesToBeBetween",
            kwargs={"column": column, "min_value": 0},
            key=_KEY,
            severity="critical",
            message=f"{label} không âm",
            advice=_DEFECT,
        )
        for column, label in (
            ("numerator", "Tử số"),
            ("excluded", "Số loại trừ"),
            ("quarantined", "Số tách riêng"),
        )
    ),
    Rule(
        name="range_holds_the_figure",
        expectation="UnexpectedRowsExpectation",
        kwargs={
            "unexpected_rows_query": "select * from {batch} where actual not between lower_bound and upper_bound"
            " or (measure in ('rate', 'milestone') and (lower_bound < 0 or upper_bound > 1))"
        },
        key=_KEY,
        severity="critical",
        message="Kết quả nằm trong khoảng giá trị có thể của nó",
        advice=_DEFECT,
    ),
    Rule(
        name="verdict_is_known",
        expectation="ExpectColumnValuesToBeInSet",
        kwargs={
            "column": "verdict",
            "value_set": [
                "Đạt",
                "Chưa đạt",
                "Cảnh báo",
                "Không phát sinh",
                "Chưa có số liệu",
                "Chưa đến kỳ đánh giá",
                "Chưa đủ căn cứ",
                "Không áp dụng",
            ],
        },
        key=_KEY,
        severity="critical",
        message="Kết luận thuộc danh mục đã định",
        advice=_DEFECT,
    ),
    Rule(
        name="verdict_stands_where_a_target_binds",
        expectation="UnexpectedRowsExpectation",
        kwargs={
            "unexpected_rows_query": """
                select * from {batch}
                where (verdict = 'Không áp dụng') <> (target is null)
            """
        },
        key=_KEY,
        severity="critical",
        message="Chỉ nơi chỉ tiêu ràng buộc mới có kết luận",
        advice=_DEFECT,
    ),
]
