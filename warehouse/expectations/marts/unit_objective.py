"""Each objective of a unit stands once, under a unit we know; what it links to is an indicator."""

from warehouse.expectations import Rule


_KEY = ("unit_name", "objective_year", "number")

RULES = [
    Rule(
        name="objective_is_unique",
        expectation="ExpectCompoundColumnsToBeUnique",
        kwargs={"column_list": list(_KEY)},
        key=_KEY,
        severity="critical",
        message="Mỗi mục tiêu của đơn vị một dòng",
        advice="Lỗi tính toán nên không công bố; báo người quản trị hệ thống.",
    ),
    Rule(
        name="unit_is_known",
        expectation="ExpectColumnValuesToNotBeInSet",
        kwargs={"column": "unit_code", "value_set": ["?"]},
        key=_KEY,
        severity="warning",
        message="Đơn vị có trong danh mục phòng, đơn vị của Văn phòng",
        advice="Sửa tên đơn vị trong sổ Mục tiêu chất lượng cho đúng danh mục; nếu là đơn vị mới thì bổ sung danh mục.",
    ),
    Rule(
        name="linked_indicator_is_known",
        expectation="ExpectColumnValuesToMatchRegex",
        kwargs={"column": "linked_indicator", "regex": r"^(MT[1-5][ab]?|MT3\.[1-4]|D[1-3])$"},
        key=_KEY,
        severity="warning",
        message="Mục tiêu gắn với Văn phòng ghi đúng mã (MT1, MT1a, …, D3)",
        advice="Sửa cột “Mục tiêu của Văn phòng” trong sổ Mục tiêu chất lượng; mục tiêu riêng của đơn vị thì để trống.",
    ),
]
