"""The national portal's totals are counts, so that they can be compared (protocols C.3)."""

from warehouse.expectations import set_aside_where
from warehouse.expectations.readable import RECORD_IS_READABLE


COUNTS = ("received", "ended_in_time", "ended_late")
RULES = [
    set_aside_where(
        "totals_are_counts",
        " or ".join(f"coalesce({column}, -1) < 0" for column in COUNTS),
        "Số hồ sơ do Cổng quốc gia đếm thiếu, âm hoặc không phải là số",
        "Đối chiếu với Cổng Dịch vụ công quốc gia; số liệu của Văn phòng không phụ thuộc vào dòng này.",
    ),
    RECORD_IS_READABLE,
]
