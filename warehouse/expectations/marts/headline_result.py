"""One figure for each place where a page or a report shows one."""

from warehouse.expectations import Rule


_KEY = ("indicator", "unit_code", "period_kind", "period_start")

RULES = [
    Rule(
        name="headline_is_unique",
        expectation="ExpectCompoundColumnsToBeUnique",
        kwargs={"column_list": list(_KEY)},
        key=_KEY,
        severity="critical",
        message="Mỗi chỉ tiêu, đơn vị và kỳ chỉ có một kết quả chính",
        advice="Lỗi tính toán nên không công bố; báo người quản trị hệ thống.",
    ),
]
