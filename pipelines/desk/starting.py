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
    button: str
    fields: tuple[Field, ...] = field(default=())


READING, UNIT_REPORTS = "ops/raw__portal__dossiers/config", "ops/reports__units/config"
FORMS = (
    Form(daily.name, "Chạy hằng ngày", daily.description or "", "Chạy ngay"),
    Form(registers.name, "Đọc lại sổ của các phòng", registers.description or "", "Đọc lại sổ"),
    Form(
        reread.name,
        "Đọc lại hồ sơ",
        reread.description or "",
        "Đọc lại hồ sơ",
        fields=(
            Field("Tiếp nhận từ ngày", f"{READING}/accepted_from", "date"),
            Field("đến ngày", f"{READING}/accepted_to", "date"),
        ),
    ),
    Form(
        recompute.name,
        "Tính lại một ngày chốt",
        recompute.description or "",
        "Tính lại",
        fields=(Field("Ngày chốt", PARTITION_TAG, "date", is_required=True),),
    ),
    Form(
        reports.name,
        "Báo cáo của đơn vị",
        reports.description or "",
        "Lập báo cáo",
        fields=(
            Field("Mã đơn vị", f"{UNIT_REPORTS}/units", is_list=True),
            Field("Kỳ (như quý 3/2025, tháng 7/2025, năm 2025; để trống: lũy kế năm)", f"{UNIT_REPORTS}/period"),
        ),
    ),
)
# A job → what it is called, also one without a form.
TITLES = {form.job: form.title for form in FORMS} | {"publish": "Công bố lại", "maintenance": "Bảo trì kho dữ liệu"}


def called(job: str) -> str:
    """In the officer's words; a job that nobody has named keeps its name."""
    return TITLES.get(job, job)
