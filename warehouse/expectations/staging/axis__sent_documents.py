"""A sending can be counted: the axis names the document, its recipient, the message and the moment."""

from functools import partial

from warehouse.expectations import set_aside_where
from warehouse.expectations.readable import RECORD_IS_READABLE


_ASK_THE_AXIS = "Báo đơn vị quản lý trục liên thông kiểm tra dòng gửi này; lần đọc sau đủ dữ kiện thì tự vào số liệu."


_rows = partial(set_aside_where, advice=_ASK_THE_AXIS)


RULES = [
    _rows("sending_names_its_document", "notation is null", "Lượt gửi trên trục thiếu số, ký hiệu văn bản"),
    _rows("recipient_is_given", "recipient_code is null", "Lượt gửi trên trục thiếu nơi nhận"),
    _rows("sending_time_is_readable", "sent_at is null", "Không đọc được thời điểm gửi trên trục"),
    _rows(
        "sending_has_an_identity",
        "coalesce(nullif(sender_doc_id, ''), receiver_doc_id, '') = ''",
        "Lượt gửi trên trục không có mã gói tin",
    ),
    RECORD_IS_READABLE,
]
