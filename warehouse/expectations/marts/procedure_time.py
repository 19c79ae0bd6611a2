"""A procedure stands once in each scope, with counts that fit and a rate inside its interval."""

from warehouse.expectations import Rule


_KEY = ("unit_code", "procedure_code")
_DEFECT = "Lỗi tính toán nên không công bố; báo người quản trị hệ thống."

RULES = [
    Rule(
        name="procedure_stands_once",
        expectation="ExpectCompoundColumnsToBeUnique",
        kwargs={"column_list": list(_KEY)},
        key=_KEY,
        severity="critical",
        message="Mỗi phạm vi, thủ tục một dòng",
        advice=_DEFECT,
    ),
    Rule(
        name="interval_holds_the_rate",
        expectation="UnexpectedRowsExpectation",
        kwargs={
            "unexpected_rows_query": """
                select * from {batch}
                where actual not between lower_95 - 1e-9 and upper_95 + 1e-9
                    or in_time > settled or asked_for_supplement > settled or median_days > days_of_ninety
            """
        },
        key=_KEY,
        severity="critical",
        message="Tỷ lệ nằm trong khoảng tin cậy, trung vị không quá chín phần mười",
        advice=_DEFECT,
    ),
]
