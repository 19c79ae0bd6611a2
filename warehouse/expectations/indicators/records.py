"""A record judged counts once, with one of four outcomes, and says why where it does not count as met."""

from warehouse.expectations import Rule


_KEY = ("indicator", "definition", "basis", "on_date", "record_key")
_DEFECT = "Lỗi tính toán nên không công bố; báo người quản trị hệ thống."

RULES = [
    Rule(
        name="record_counts_once",
        expectation="ExpectCompoundColumnsToBeUnique",
        kwargs={"column_list": list(_KEY)},
        key=_KEY,
        severity="critical",
        message="Mỗi bản ghi được xét một lần cho mỗi chỉ tiêu, định nghĩa và ngày",
        advice=_DEFECT,
    ),
    Rule(
        name="outcome_is_known",
        expectation="ExpectColumnValuesToBeInSet",
        kwargs={"column": "outcome", "value_set": ["met", "failed", "excluded", "undetermined"]},
        key=_KEY,
        severity="critical",
        message="Kết quả xét thuộc bốn loại đã định",
        advice=_DEFECT,
    ),
    Rule(
        name="reason_is_given",
        expectation="UnexpectedRowsExpectation",
        kwargs={"unexpected_rows_query": "select * from {batch} where outcome <> 'met' and coalesce(reason, '') = ''"},
        key=_KEY,
        severity="critical",
        message="Bản ghi không đạt, loại trừ hoặc chưa đủ căn cứ đều nêu lý do",
        advice=_DEFECT,
    ),
]
