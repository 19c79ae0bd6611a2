"""The headline's own reading is the board's figure; every other one stands once beside it."""

from warehouse.expectations import Rule


_KEY = ("indicator", "reading")
_DEFECT = "Lỗi tính toán nên không công bố; báo người quản trị hệ thống."

_UNLIKE_THE_BOARD = """
select reading.*
from {batch} as reading
inner join marts.scoreboard as board using (indicator)
inner join reference.closing as closing on board.as_of = closing.closing_date
where reading.is_headline
    and (reading.reading, reading.numerator, reading.denominator, reading.verdict)
    is distinct from (board.definition, board.numerator, board.denominator, board.verdict)
"""

RULES = [
    Rule(
        name="reading_is_unique",
        expectation="ExpectCompoundColumnsToBeUnique",
        kwargs={"column_list": list(_KEY)},
        key=_KEY,
        severity="critical",
        message="Mỗi chỉ tiêu có mỗi cách đọc một lần",
        advice=_DEFECT,
    ),
    Rule(
        name="own_reading_equals_the_board",
        expectation="UnexpectedRowsExpectation",
        kwargs={"unexpected_rows_query": _UNLIKE_THE_BOARD},
        key=_KEY,
        severity="critical",
        message="Cách đọc chính bằng kết quả trên bảng điểm",
        advice=_DEFECT,
        reads=("marts.scoreboard",),
    ),
]
