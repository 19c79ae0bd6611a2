"""An answer of a receiver can be used: it was read, its code is known, it names the document and the moment."""

from functools import partial

from warehouse.expectations import set_aside_where
from warehouse.expectations.readable import RECORD_IS_READABLE


_rows = partial(set_aside_where, reads=("reference.exchange_statuses",))


RULES = [
    _rows(
        "answer_is_readable",
        "packet_error is not null or document_code is null or reported_at is null",
        "Gói trạng thái không đọc được, hoặc thiếu số, ký hiệu văn bản hay thời điểm báo",
        "Lần chạy sau sẽ tự hỏi lại trục; nếu vẫn lỗi, đề nghị cơ quan nhận gửi lại trạng thái.",
    ),
    _rows(
        "status_code_is_known",
        "status_code is not null and status_code not in (select status_code from reference.exchange_statuses)",
        "Mã trạng thái nhận văn bản không có trong danh mục",
        "Nếu là mã mới của trục, thêm vào exchange_statuses.csv rồi chạy lại; mã sai thì báo cơ quan nhận.",
    ),
    RECORD_IS_READABLE,
]
