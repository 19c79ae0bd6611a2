"""One sentence that says how much the conclusions depend on their reading."""

from dataclasses import replace

from assets.reports.readings import Reading, by_indicator, kept, sentence


OWN = Reading(
    indicator="MT1",
    indicator_label="Hồ sơ đúng hạn",
    reading="R1",
    is_headline=True,
    label="Hồ sơ đã giải quyết",
    numerator=98,
    denominator=100,
    actual=0.98,
    lower_bound=0.98,
    upper_bound=0.98,
    target=0.97,
    verdict="Đạt",
    reason=None,
    is_kept=True,
    used_by="Văn phòng (cách đọc chính)",
    parameter=None,
    value=None,
    citation="Điều 1 gạch 1",
    counted_from=None,
    counted_to=None,
)
CHANGED = replace(
    OWN,
    reading="R2",
    label="Tính cả hồ sơ đang giải quyết",
    is_headline=False,
    actual=0.96,
    verdict="Chưa đạt",
    is_kept=False,
)
UNKNOWN = replace(OWN, reading="HAI_CHIEU", is_headline=False, actual=None, verdict="Chưa có số liệu", is_kept=None)


def test_the_sentence_counts_the_readings_that_keep_the_conclusion_and_names_those_that_do_not() -> None:
    other = replace(OWN, indicator="MT5", reading="STD")
    alone = replace(OWN, indicator="D1", reading="STD")
    rows = [
        OWN,
        CHANGED,
        replace(CHANGED, reading="R3", label="Thận trọng, cả tồn"),
        other,
        replace(OWN, indicator="MT5", reading="BB"),
        UNKNOWN,
    ]
    assert kept(rows[:3]) == "Kết luận giữ nguyên trong 1/3 cách đọc"
    assert [indicator for indicator, _ in by_indicator([*rows[:5], alone])] == ["MT1", "MT5"]
    assert sentence([*rows[:5], replace(UNKNOWN, indicator="MT5"), alone]) == (
        "Kết luận giữ nguyên trong 3/5 cách đọc (kể cả cách đọc chính). Đổi ở MT1 (“Tính cả hồ sơ đang giải"
        " quyết”, “Thận trọng, cả tồn”). 1 cách đọc chưa có tỷ lệ."
    )
    short = sentence([*rows[:5], replace(UNKNOWN, indicator="MT5"), alone], is_short=True)
    assert "Đổi ở MT1 (2 cách). 1 cách đọc chưa có tỷ lệ." in short


def test_where_nothing_can_be_compared_the_sentence_says_so() -> None:
    early = replace(OWN, verdict="Chưa đến kỳ đánh giá", is_kept=None)
    assert sentence([early, replace(early, reading="XS")]) == "Chưa có kết luận để so giữa các cách đọc."
    assert sentence([]) == "Chưa có kết luận để so giữa các cách đọc."
