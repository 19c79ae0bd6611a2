"""Codes of a dossier in the words of an officer."""

from assets.reports.explanation.questions import DayOff, Intake, Period
from assets.reports.formats import QUARTERS, day, number


CHANNELS = {"truc_tuyen": "nộp trực tuyến", "truc_tiep": "nộp trực tiếp", "buu_chinh": "nộp qua bưu chính công ích"}
# Who applies, in a sentence and in short.
GROUPS = {
    "to_chuc": ("người nộp là tổ chức", "tổ chức"),
    "ca_nhan": ("người nộp là hộ gia đình, cá nhân", "hộ gia đình, cá nhân"),
    "chua_xac_dinh": ("chưa xác định được người nộp là tổ chức hay cá nhân", "chưa rõ nhóm đối tượng"),
}
LIMITS = {"d": "ngày làm việc", "h": "giờ làm việc", "c": "ngày, kể cả ngày nghỉ"}
PAUSES = {"bo_sung": "yêu cầu bổ sung, hoàn thiện hồ sơ", "tai_chinh": "chờ thực hiện nghĩa vụ tài chính"}
DAYS = {"NGHI_LE": "nghỉ lễ", "NGHI_BU": "nghỉ bù", "NGHI_HOAN_DOI": "nghỉ hoán đổi", "LAM_BU": "làm bù"}


def day_off(row: DayOff) -> str:
    """30/04/2025 nghỉ lễ; 26/04/2025 làm bù; 04/02/2027 nghỉ lễ (tạm tính)."""
    told = f"{day(row.day)} {DAYS.get(row.kind, 'làm việc')}"
    return f"{told} (tạm tính)" if row.state == "tam_tinh" else told


def limit(row: Intake) -> str | None:
    """`None` where the source gives no limit that can be read."""
    amount, unit = row.limit_amount, row.limit_unit
    if amount is None or unit not in LIMITS:
        return None
    return "trong ngày" if amount == 0 else f"{number(amount)} {LIMITS[unit]}"


def unit(row: Intake) -> str:
    if row.unit_name:
        return f"{row.unit_name} ({row.unit_code})"
    return f"đơn vị mang mã {row.unit_code_source or 'để trống'}, không có trong danh mục"


def period(row: Period) -> str:
    """A period by the name people use; one of the 15–14 calendar is named after the month in which it ends."""
    kind, end = row.period_kind, row.period_end
    names = {
        "month": f"tháng {end:%m/%Y}",
        "quarter": f"quý {QUARTERS[(end.month - 1) // 3]}/{end.year}",
        "half_year": f"6 tháng đầu năm {end.year}",
        "nine_months": f"9 tháng đầu năm {end.year}",
        "year": f"cả năm {end.year}",
    }
    return names[kind]
