"""Dates, numbers and names as an officer writes them."""

from datetime import date, datetime

from pipelines.published import Row


CHANNELS = {"truc_tuyen": "nộp trực tuyến", "truc_tiep": "nộp trực tiếp", "buu_chinh": "nộp qua bưu chính công ích"}
GROUPS = {
    "to_chuc": ("người nộp là tổ chức", "MT1 và MT1a (tổ chức)"),
    "ca_nhan": ("người nộp là hộ gia đình, cá nhân", "MT1 và MT1b (hộ gia đình, cá nhân)"),
    "chua_xac_dinh": ("chưa xác định được người nộp là tổ chức hay cá nhân", "riêng MT1 (chưa rõ nhóm đối tượng)"),
}
LIMITS = {"d": "ngày làm việc", "h": "giờ làm việc", "c": "ngày, kể cả ngày nghỉ"}
PAUSES = {"bo_sung": "yêu cầu bổ sung, hoàn thiện hồ sơ", "tai_chinh": "chờ thực hiện nghĩa vụ tài chính"}
DAYS = {"NGHI_LE": "nghỉ lễ", "NGHI_BU": "nghỉ bù", "NGHI_HOAN_DOI": "nghỉ hoán đổi", "LAM_BU": "làm bù"}
QUARTERS = ("I", "II", "III", "IV")


def day(value: date) -> str:
    return f"{value:%d/%m/%Y}"


def moment(value: datetime) -> str:
    """16:30 ngày 19/11/2024; a day alone where the source gave none but midnight."""
    return f"ngày {day(value)}" if value.time().isoformat() == "00:00:00" else f"{value:%H:%M} ngày {day(value)}"


def at(value: datetime) -> str:
    """The same after a verb: lúc 16:30 ngày 19/11/2024."""
    told = moment(value)
    return told if told.startswith("ngày") else f"lúc {told}"


def number(value: float) -> str:
    """5.0 → 5, 0.5 → 0,5."""
    return f"{value:g}".replace(".", ",")


def day_off(row: Row) -> str:
    """30/04/2025 nghỉ lễ; 26/04/2025 làm bù."""
    return f"{day(row['day'])} {DAYS[row['kind']]}"


def limit(row: Row) -> str | None:
    """`None` where the source gives no limit that can be read."""
    amount, unit = row["limit_amount"], row["limit_unit"]
    if amount is None or unit not in LIMITS:
        return None
    return "trong ngày" if amount == 0 else f"{number(amount)} {LIMITS[unit]}"


def unit(row: Row) -> str:
    if row["unit_name"]:
        return f"{row['unit_name']} ({row['unit_code']})"
    return f"đơn vị mang mã {row['unit_code_source'] or 'để trống'}, không có trong danh mục"


def period(row: Row) -> str:
    """A period by the name people use; one of the 15–14 calendar is named after the month in which it ends."""
    kind, end = row["period_kind"], row["period_end"]
    names = {
        "month": f"tháng {end:%m/%Y}",
        "quarter": f"quý {QUARTERS[(end.month - 1) // 3]}/{end.year}",
        "half_year": f"6 tháng đầu năm {end.year}",
        "nine_months": f"9 tháng đầu năm {end.year}",
        "year": f"cả năm {end.year}",
    }
    return names[kind]


def listed(parts: list[str]) -> str:
    """a, b và c."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} và {parts[-1]}"
