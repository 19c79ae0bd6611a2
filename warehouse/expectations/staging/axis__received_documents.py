"""A packet can be counted: it was read, it names its document, and it is known when it came."""

from warehouse.expectations import set_aside_where
from warehouse.expectations.readable import RECORD_IS_READABLE


_ASK_THE_SENDER = "Đề nghị cơ quan gửi kiểm tra và gửi lại văn bản; gói tin đọc được sẽ tự vào số liệu."


RULES = [
    set_aside_where(
        "packet_is_readable",
        "packet_kind is null",
        "Gói tin văn bản đến không đọc được",
        "Lần chạy sau sẽ tự hỏi lại trục; nếu vẫn lỗi, đề nghị cơ quan gửi gửi lại văn bản.",
    ),
    set_aside_where(
        "packet_names_its_document",
        "packet_kind = 'document' and (code_number is null or code_notation is null)",
        "Gói tin văn bản đến thiếu số hoặc ký hiệu",
        _ASK_THE_SENDER,
    ),
    set_aside_where(
        "arrival_is_readable",
        "listed_at is null",
        "Không đọc được thời điểm văn bản đến trên trục",
        "Báo đơn vị quản lý trục liên thông kiểm tra thời điểm ghi nhận của văn bản.",
    ),
    RECORD_IS_READABLE,
]
