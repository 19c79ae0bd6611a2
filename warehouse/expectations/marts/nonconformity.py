"""A form stands once, answers what is open, and is closed only when its action has had effect (ISO 9001:2015, 10.2)."""

from warehouse.expectations import Rule


_KEY = ("code",)


def _unless(name: str, condition: str, message: str, advice: str) -> Rule:
    return Rule(
        name=name,
        expectation="UnexpectedRowsExpectation",
        kwargs={"unexpected_rows_query": f"select * from {{batch}} where {condition}"},
        key=_KEY,
        severity="warning",
        message=message,
        advice=advice,
    )


RULES = [
    Rule(
        name="form_is_unique",
        expectation="ExpectColumnValuesToBeUnique",
        kwargs={"column": "code"},
        key=_KEY,
        severity="critical",
        message="Mỗi phiếu không phù hợp một dòng",
        advice="Lỗi tính toán nên không công bố; báo người quản trị hệ thống.",
    ),
    Rule(
        name="form_answers_an_opening",
        expectation="ExpectColumnValuesToBeInSet",
        kwargs={"column": "is_still_found", "value_set": [True]},
        key=_KEY,
        severity="warning",
        message="Số phiếu KPH- trong sổ có trong danh sách hệ thống đã mở",
        advice="Kiểm tra số phiếu trong sổ Sự không phù hợp; nếu số liệu đã được sửa nên không còn căn cứ mở thì ghi rõ"
        " ở cột Minh chứng rồi đóng phiếu. Phiếu tự mở không đặt số bắt đầu bằng KPH-.",
    ),
    _unless(
        "closed_form_had_effect",
        "closed_on is not null and state <> 'Đã đóng'",
        "Chỉ đóng phiếu khi hành động đã hoàn thành và có hiệu lực",
        "Bỏ ngày đóng, ghi đánh giá hiệu lực; hành động chưa hiệu lực thì đề ra hành động khác (10.2.1 d).",
    ),
    _unless(
        "action_has_a_post_and_a_day",
        "corrective_action is not null and (responsible_post is null or due_on is null)",
        "Hành động khắc phục có chức danh chịu trách nhiệm và thời hạn",
        "Ghi chức danh (không ghi họ tên) và thời hạn vào sổ Sự không phù hợp.",
    ),
    _unless(
        "dates_follow_each_other",
        "done_on < opened_on or effectiveness_on < done_on or closed_on < effectiveness_on",
        "Mở, hoàn thành, đánh giá hiệu lực, đóng theo đúng thứ tự ngày",
        "Kiểm tra các cột ngày của phiếu trong sổ Sự không phù hợp.",
    ),
]
