"""The national portal's scores are numbers within their maxima that add up (protocols C.3)."""

from functools import partial

from warehouse.expectations import Rule, set_aside_where
from warehouse.expectations.readable import RECORD_IS_READABLE


PARTS = ("CKMB", "TDGQ", "CLGQ", "TTTT", "MDHL", "MDSH")
SCORES = tuple(f"score_{part.lower()}" for part in PARTS)
# Every part is told with two decimals.
ROUNDING = 0.05
_ASK = "Đối chiếu với bảng điểm trên Cổng Dịch vụ công quốc gia; số liệu của Văn phòng không phụ thuộc vào dòng này."


_rows = partial(set_aside_where, advice=_ASK, reads=("reference.score_parts",))


def rules() -> list[Rule]:
    return [
        _rows(
            "scores_are_numbers",
            " or ".join(f"{column} is null" for column in (*SCORES, "score_total")),
            "Điểm QĐ 766 của Cổng quốc gia thiếu hoặc không phải là số",
        ),
        _rows(
            "scores_are_within_their_maxima",
            " or ".join(
                f"{column} not between 0 and (select maximum from reference.score_parts where part = '{part}')"
                for part, column in zip(PARTS, SCORES, strict=True)
            ),
            "Điểm QĐ 766 của Cổng quốc gia âm hoặc vượt điểm tối đa của nhóm",
        ),
        _rows(
            "scores_add_up",
            f"abs({' + '.join(SCORES)} - score_total) > {ROUNDING}",
            "Điểm QĐ 766 của Cổng quốc gia: tổng điểm khác tổng các nhóm",
        ),
        RECORD_IS_READABLE,
    ]
