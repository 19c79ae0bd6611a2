"""What two systems say of the same thing may differ as far as reference.reconciliation_tolerances allows."""

from warehouse.expectations import Rule


def _none(consequence: str, name: str, severity: str, message: str, advice: str) -> Rule:
    query = f"select * from {{batch}} where consequence = '{consequence}'"
    return Rule(
        name=name,
        expectation="UnexpectedRowsExpectation",
        kwargs={"unexpected_rows_query": query},
        # Pair, month and size, in words.
        key=("sentence",),
        severity="critical" if severity == "critical" else "warning",
        message=message,
        advice=advice,
    )


_LOOK = "Mở marts.reconciliation để xem cặp hệ thống và tháng bị lệch"

RULES = [
    _none(
        "block",
        "no_difference_stops_publication",
        "critical",
        "Chênh lệch giữa hai hệ thống vượt mức phải dừng công bố",
        f"{_LOOK}; chạy công việc reread cho tháng đó. Mức dừng ở reconciliation_tolerances.csv.",
    ),
    _none(
        "lower_verdict",
        "no_difference_lowers_a_verdict",
        "warning",
        "Chênh lệch giữa hai hệ thống vượt mức cho phép nên chưa đủ căn cứ kết luận",
        f"{_LOOK}; chạy công việc reread cho tháng đó, còn lệch thì hỏi đơn vị quản lý hệ thống nguồn.",
    ),
    _none(
        "note",
        "differences_are_within_tolerance",
        "warning",
        "Chênh lệch giữa hai hệ thống vượt mức cần xem lại",
        f"{_LOOK} rồi kiểm tra với phòng phụ trách; số liệu vẫn được công bố.",
    ),
]
