"""Who exchanges documents with the Office: ministries, other provinces, the province's own units."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from connectors.simulator import directory
from connectors.simulator.directory import REORGANISED, Agency, long_style
from connectors.simulator.working_time import day_number


# The day from which communes write and districts do not, as a day number.
OUTSIDE = day_number(REORGANISED)
OURSELVES = ("000.00.00.H19", "H19.02", "H19")
_CENTRAL = (
    ("000.00.00.G22", "Văn phòng Chính phủ", "VPCP"),
    ("000.00.00.G12", "Bộ Tài chính", "BTC"),
    ("000.00.00.G09", "Bộ Nội vụ", "BNV"),
    ("000.00.00.G15", "Bộ Tư pháp", "BTP"),
    ("G10", "Bộ Nông nghiệp và Môi trường", "BNNMT"),
    ("G17", "Bộ Xây dựng", "BXD"),
    ("000.00.00.G02", "Bộ Công Thương", "BCT"),
    ("000.00.00.G18", "Bộ Y tế", "BYT"),
    ("G03", "Bộ Giáo dục và Đào tạo", "BGDĐT"),
    ("G06", "Bộ Khoa học và Công nghệ", "BKHCN"),
    ("000.00.00.G20", "Thanh tra Chính phủ", "TTCP"),
)
_PROVINCES = (
    ("H29", "UBND Thành phố Hồ Chí Minh"),
    ("000.00.00.H53", "UBND tỉnh Tây Ninh"),
    ("000.00.00.H36", "UBND tỉnh Lâm Đồng"),
    ("H15", "UBND tỉnh Đắk Lắk"),
    ("000.00.00.H41", "UBND tỉnh Nghệ An"),
    ("000.00.00.H10", "UBND tỉnh Bình Phước"),
)


@dataclass(frozen=True)
class Party:
    """A correspondent; `era` says whether it writes before July 2025, after, or always."""

    organ_id: str
    name: str
    above: str
    letters: str
    era: str
    place: str


def _letters(name: str) -> str:
    return "".join(word[0] for word in name.replace(",", "").split() if word not in {"-", "và"}).upper()


def _unit(position: int, agency: Agency) -> Party:
    old_style = agency.kind != "commune" and position % 3 == 0
    era = {"commune": "new", "district": "old", "former": "old"}.get(agency.kind, "always")
    return Party(
        organ_id=long_style(agency.code) if old_style else agency.code,
        name=agency.name,
        above="UBND tỉnh Đồng Nai" if agency.code.startswith("H19") else "UBND tỉnh Bình Phước",
        letters="UBND" if agency.name.startswith("UBND") else _letters(agency.name),
        era=era,
        place="Đồng Nai" if agency.code.startswith("H19") else "Bình Phước",
    )


@cache
def correspondents() -> tuple[Party, ...]:
    """Every correspondent, the busiest first."""
    central = [Party(code, name, name, short, "always", "Hà Nội") for code, name, short in _CENTRAL]
    provinces = [
        Party(code, name, name, "UBND", "old" if "H10" in code else "always", name.split(" ", 2)[2])
        for code, name in _PROVINCES
    ]
    units = [
        _unit(position, agency)
        for position, agency in enumerate(directory.agencies())
        if agency.kind in {"department", "commune", "district"} and agency.code.count(".") == 1
    ]
    return (*central, *units, *provinces)
