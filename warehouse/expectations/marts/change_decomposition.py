"""The parts of a change add up to the change, to the last digit."""

from warehouse.expectations import Rule


_CHANGE = ("indicator", "unit_code", "period_kind", "period_end")
_KEY = (*_CHANGE, "child_unit_code")
_DEFECT = "Lỗi tính toán nên không công bố; báo người quản trị hệ thống."

_NOT_ADDING_UP = f"""
select {", ".join(_CHANGE)}, total_change
from {{batch}}
group by {", ".join(_CHANGE)}, total_change, total_before, total_after
having sum(mix_effect + rate_effect) <> total_change or total_after - total_before <> total_change
"""

RULES = [
    Rule(
        name="part_is_unique",
        expectation="ExpectCompoundColumnsToBeUnique",
        kwargs={"column_list": list(_KEY)},
        key=_KEY,
        severity="critical",
        message="Mỗi đơn vị có một phần đóng góp trong mỗi thay đổi",
        advice=_DEFECT,
    ),
    Rule(
        name="parts_add_up_to_the_change",
        expectation="UnexpectedRowsExpectation",
        kwargs={"unexpected_rows_query": _NOT_ADDING_UP},
        key=_CHANGE,
        severity="critical",
        message="Tổng các phần do cơ cấu và do kết quả bằng đúng thay đổi của tỷ lệ",
        advice=_DEFECT,
    ),
]
