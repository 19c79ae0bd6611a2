"""Each risk stands once, under a unit we know, with the score and level of the scale in use."""

from warehouse.expectations import Rule


_KEY = ("unit_name", "objective_year", "number")

RULES = [
    Rule(
        name="risk_is_unique",
        expectation="ExpectCompoundColumnsToBeUnique",
        kwargs={"column_list": list(_KEY)},
        key=_KEY,
        severity="critical",
        message="Mỗi rủi ro, cơ hội của đơn vị một dòng",
        advice="Lỗi tính toán nên không công bố; báo người quản trị hệ thống.",
    ),
    Rule(
        name="unit_is_known",
        expectation="ExpectColumnValuesToNotBeInSet",
        kwargs={"column": "unit_code", "value_set": ["?"]},
        key=_KEY,
        severity="warning",
        message="Đơn vị có trong danh mục phòng, đơn vị của Văn phòng",
        advice="Sửa tên đơn vị trong sổ Rủi ro và cơ hội cho đúng danh mục; nếu là đơn vị mới thì bổ sung danh mục.",
    ),
    Rule(
        name="assessment_follows_the_scale",
        expectation="ExpectColumnValuesToBeInSet",
        kwargs={"column": "is_assessment_right", "value_set": [True]},
        key=_KEY,
        severity="warning",
        message="Điểm bằng P × S và mức đúng thang rủi ro đang dùng",
        advice="Sửa cột Điểm rủi ro hoặc Mức trong sổ Rủi ro và cơ hội theo thang của Văn phòng (tham số P-20).",
    ),
]
