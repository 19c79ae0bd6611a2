"""Excellent ratings stay within the quota of those rated good; a breach is a finding and stops nothing."""

from warehouse.expectations import Rule


RULES = [
    Rule(
        name="excellent_is_within_quota",
        expectation="ExpectColumnValuesToBeInSet",
        kwargs={"column": "is_within_quota", "value_set": [True]},
        key=("objective_year",),
        severity="warning",
        message="Số người xếp loại xuất sắc không vượt hạn mức trên số người xếp loại tốt",
        advice="Đối chiếu quyết định xếp loại với hạn mức của năm (tham số excellent_quota và căn cứ của nó); "
        "nếu sổ ghi sai thì sửa sổ Xếp loại, nếu đúng thì báo lãnh đạo Văn phòng.",
    ),
]
