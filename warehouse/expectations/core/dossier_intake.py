"""A dossier can be counted: known status and unit, readable and possible dates, an end where it ended, a due date."""

from functools import partial

from warehouse.expectations import Rule, set_aside_where


SOURCE = ("portal", "dossiers")

_FIX_AT_SOURCE = "Mở hồ sơ trên hệ thống một cửa, sửa rồi chạy lại; hồ sơ sẽ tự vào số liệu."
_rows = partial(set_aside_where, advice=_FIX_AT_SOURCE)


def _column(name: str, expectation: str, message: str, advice: str, **kwargs: object) -> Rule:
    """A rule on one column: the rows that break it are set aside."""
    return Rule(
        name=name,
        expectation=expectation,
        kwargs=kwargs,
        severity="warning",
        message=message,
        advice=advice,
        quarantine=True,
    )


RULES = [
    Rule(
        name="record_key_is_unique",
        expectation="ExpectColumnValuesToBeUnique",
        kwargs={"column": "record_key"},
        severity="critical",
        message="Mỗi hồ sơ chỉ có một dòng",
        advice="Lỗi của phần mềm, không phải của số liệu: báo người quản trị hệ thống.",
    ),
    _rows(
        "record_is_readable",
        "unreadable is not null",
        "Bản ghi hồ sơ có chỗ khác khuôn dạng đã biết hoặc ghi thông tin cá nhân, nên chỗ đó không được giữ",
        advice="Gửi mã hồ sơ cho đơn vị quản lý hệ thống một cửa; "
        "nếu nguồn đã đổi khuôn dạng, báo người quản trị phần mềm.",
    ),
    _column(
        "dossier_code_is_given",
        "ExpectColumnValuesToNotBeNull",
        "Hồ sơ không có mã",
        _FIX_AT_SOURCE,
        column="dossier_code",
    ),
    _column(
        "status_is_known",
        "ExpectColumnValuesToNotBeNull",
        "Trạng thái hồ sơ không thuộc danh mục quốc gia",
        "Nếu là tên gọi khác của một trạng thái đã có, thêm vào danh mục tên trạng thái rồi chạy lại.",
        column="status_code",
    ),
    _column(
        "unit_is_known",
        "ExpectColumnValuesToNotBeNull",
        "Đơn vị của hồ sơ không có trong danh mục đơn vị của hệ thống một cửa",
        "Bổ sung đơn vị vào danh mục của hệ thống một cửa hoặc sửa đơn vị của hồ sơ, rồi chạy lại.",
        column="unit_code",
    ),
    _column(
        "dates_are_readable",
        "ExpectColumnValuesToBeNull",
        "Ngày của hồ sơ không đọc được",
        _FIX_AT_SOURCE,
        column="unreadable_dates",
    ),
    _column(
        "limit_unit_is_known",
        "ExpectColumnValuesToBeInSet",
        "Đơn vị tính thời hạn giải quyết không phải ngày, ngày lịch hay giờ",
        "Sửa cấu hình thời hạn của thủ tục trên hệ thống một cửa rồi chạy lại.",
        column="limit_unit",
        value_set=["d", "h", "c"],
    ),
    _rows(
        "limit_amount_is_readable",
        "limit_unit is not null and coalesce(limit_amount_text, '') <> ''"
        " and (limit_amount is null or limit_amount < 0)",
        "Thời hạn giải quyết không phải là số",
        advice="Sửa cấu hình thời hạn của thủ tục trên hệ thống một cửa rồi chạy lại.",
    ),
    _rows(
        "acceptance_is_given",
        "status_code not in (1, 3) and accepted_at is null",
        "Hồ sơ đã tiếp nhận nhưng thiếu ngày tiếp nhận",
    ),
    _rows(
        "end_is_given",
        "status_code in (7, 8, 9, 10) and completed_at is null",
        "Hồ sơ đã kết thúc nhưng thiếu ngày kết thúc xử lý",
    ),
    _rows(
        "open_dossier_has_no_end",
        "status_code in (2, 4, 5, 6) and completed_at is not null",
        "Hồ sơ đang giải quyết nhưng đã có ngày kết thúc xử lý",
    ),
    _rows(
        "end_is_not_before_acceptance",
        "completed_at < accepted_at",
        "Ngày kết thúc xử lý trước ngày tiếp nhận",
    ),
    _rows(
        "dates_are_possible",
        "least(accepted_at, completed_at, due_on_original, due_on_current) < timestamp '2000-01-01'"
        " or greatest(due_on_original, due_on_current) >= timestamp '2100-01-01'"
        # A clock may go a day ahead. A version is read once: what was the future then may have come to pass.
        " or greatest(accepted_at, completed_at) > greatest(first_seen_at::timestamp + interval 31 hour,"
        " (select closing_date + interval 1 day from reference.closing))",
        "Ngày của hồ sơ không thể có thật (trước năm 2000 hoặc sau lúc đọc)",
    ),
    _rows(
        "pause_does_not_end_before_it_starts",
        "has_negative_pause",
        "Thời gian tạm dừng kết thúc trước khi bắt đầu",
    ),
    _rows(
        "pause_dates_are_readable",
        "has_unreadable_pause",
        "Ngày tạm dừng không đọc được",
    ),
    _rows(
        "due_date_is_known",
        "status_code not in (1, 3) and due_on_original is null",
        "Không có ngày hẹn trả và cũng không tính được hạn theo quy định",
        advice="Nhập ngày hẹn trả, hoặc thời hạn giải quyết của thủ tục, trên hệ thống một cửa rồi chạy lại.",
    ),
]
