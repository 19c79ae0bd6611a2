"""Who is responsible, without a name: of such a text only titles and units stay (design §4.2)."""

import re


# Longer titles first: the first that fits at a place is taken.
TITLES = (
    "Phó Chánh Văn phòng", "Chánh Văn phòng", "Phó Trưởng phòng", "Phó trưởng ban", "Phó Giám đốc",
    "Chuyên viên cao cấp", "Chuyên viên chính", "Chuyên viên", "Trưởng phòng", "Trưởng ban", "Giám đốc",
    "Lãnh đạo Văn phòng", "Lãnh đạo phòng", "Văn thư", "Kế toán", "Công chức", "Viên chức",
)  # fmt: skip
UNITS = (
    "Phòng Hành chính - Tổ chức", "Phòng Quản trị - Tài vụ", "Phòng Tổng hợp", "Phòng Kinh tế",
    "Phòng Khoa giáo - Văn xã", "Phòng Nội chính", "Phòng Kiểm soát thủ tục hành chính", "Phòng Kiểm soát TTHC",
    "Phòng Ngoại vụ", "Ban Tiếp công dân", "Trung tâm Phục vụ hành chính công", "Ban Chỉ đạo ISO", "Tổ ISO",
)  # fmt: skip
NAMED = "(đã ghi tên)"
KNOWN = re.compile("|".join(re.escape(words) for words in (*UNITS, *TITLES)), re.IGNORECASE)


def titles_in(text: str) -> str:
    """The titles and units in a text, in their order; a text that has none is known to name somebody."""
    found = dict.fromkeys(match.group(0) for match in KNOWN.finditer(text))
    return ", ".join(found) or NAMED
