"""What was to be had of the axis and what was seen of it."""

from warehouse.expectations import Rule


RULES = [
    Rule(
        name="no_more_is_seen_than_there_was",
        expectation="UnexpectedRowsExpectation",
        kwargs={"unexpected_rows_query": "select * from {batch} where seen > expected or share not between 0 and 1"},
        key=("subject", "period_start"),
        severity="critical",
        message="Không thấy nhiều căn cứ hơn số phải có",
        advice="Lỗi của cách đếm độ phủ: báo người bảo trì, kèm tháng và loại căn cứ.",
    ),
    Rule(
        name="evidence_is_seen",
        expectation="UnexpectedRowsExpectation",
        kwargs={"unexpected_rows_query": "select * from {batch} where consequence in ('widens', 'undetermined')"},
        key=("subject", "period_start"),
        severity="warning",
        message="Đọc được đủ gói tin của trục, hoặc sổ nói thay",
        advice="Hệ thống quản lý văn bản lấy gói tin trước: kiểm tra lịch axis_watch_every_5_minutes có chạy không, "
        "và xuất cột Trạng thái nơi nhận, Kiểm tra chữ ký số vào sổ văn bản đi, sổ văn bản đến.",
    ),
]
