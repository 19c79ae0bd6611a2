"""What the officer may start from the desk: each a form, whose fields say where Dagster takes them."""

from dataclasses import dataclass, field

from assets.partitions import PARTITION_TAG
from pipelines.jobs import daily, recompute, registers, reports, reread


@dataclass(frozen=True)
class Field:
    """`place`: a tag of the run, or the path of a setting in its form; `kind`: of an HTML input."""

    label: str
    place: str
    kind: str = "text"
    is_required: bool = False
    is_list: bool = False


@dataclass(frozen=True)
class Form:
    job: str
    title: str
    told: str
    button: str = "Chạy"
    fields: tuple[Field, ...] = field(default=())


READING, UNIT_REPORTS = "ops/raw__portal__dossiers/config", "ops/reports__units/config"
FORMS = (
    Form(daily.name, "Chạy hằng ngày", daily.description or "", "Chạy ngay"),
    Form(registers.name, "Đọc lại sổ của các phòng", registers.description or ""),
    Form(
        reread.name,
        "Đọc lại hồ sơ",
        reread.description or "",
        fields=(
            Field("Tiếp nhận từ ngày", f"{READING}/accepted_from", "date"),
            Field("đến ngày", f"{READING}/accepted_to", "date"),
        ),
    ),
    Form(
        recompute.name,
        "Tính lại một ngày chốt",
        recompute.description or "",
        fields=(Field("Ngày chốt", PARTITION_TAG, "date", is_required=True),),
    ),
    Form(
        reports.name,
        "Báo cáo của đơn vị",
        reports.description or "",
        fields=(
            Field("Mã đơn vị", f"{UNIT_REPORTS}/units", is_list=True),
            Field("Kỳ (như quý 3/2025, tháng 7/2025, năm 2025; để trống: lũy kế năm)", f"{UNIT_REPORTS}/period"),
        ),
    ),
)
