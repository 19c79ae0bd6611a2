"""A unit is placed once in each period, by whole numbers that fit together."""

from warehouse.expectations import Rule


_KEY = ("indicator", "unit_code", "period_start", "period_end")
_DEFECT = "Lỗi tính toán nên không công bố; báo người quản trị hệ thống."

RULES = [
    Rule(
        name="unit_is_placed_once",
        expectation="ExpectCompoundColumnsToBeUnique",
        kwargs={"column_list": list(_KEY)},
        key=_KEY,
        severity="critical",
        message="Mỗi chỉ tiêu, đơn vị, kỳ chỉ có một vị trí trên biểu đồ phễu",
        advice=_DEFECT,
    ),
    Rule(
        name="position_is_known",
        expectation="ExpectColumnValuesToBeInSet",
        kwargs={"column": "position", "value_set": ["tot_hon", "kem_hon", "chua_phan_biet", "qua_it"]},
        key=_KEY,
        severity="critical",
        message="Vị trí thuộc danh mục đã định",
        advice=_DEFECT,
    ),
]
