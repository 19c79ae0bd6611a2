"""What of the national procedure database may pass (protocols C.1, C.2): announcements of authorities, no contacts."""

from connectors.records import Shape


UNIT: Shape = dict.fromkeys(("MADONVI", "TENDONVI"))
FIELD: Shape = dict.fromkeys(("MALINHVUC", "TENLINHVUC", "MANGANH"))
AGENCY: Shape = dict.fromkeys(("MADONVI", "TENDONVI", "CAPDONVI"))
LISTED: Shape = dict.fromkeys(
    (
        "ID",
        "MATTHC",
        "TENTTHC",
        "MALINHVUC",
        "TENLINHVUC",
        "MACOQUANCONGBO",
        "LOAITTHC",
        "QUYETDINH",
        "IDQUYETDINHCONGBO",
        "TRANGTHAI",
    )
)
FEE: Shape = dict.fromkeys(("MAPHILEPHI", "SOTIEN", "DONVI", "MOTA", "TENTEP", "URL"))
TIME: Shape = {"THOIGIANGIAIQUYET": None, "DONVITINH": None, "MOTA": None, "PHILEPHI": FEE}
PAPER: Shape = dict.fromkeys(("MAGIAYTO", "TENGIAYTO", "SOBANCHINH", "SOBANSAO", "TENMAUDON", "URL", "MA_KQ_THAYTHE"))
RELATED: Shape = dict.fromkeys(("ID", "MATTHC", "TENTTHC"))
PROCEDURE: Shape = {
    **LISTED,
    **dict.fromkeys(("MOTA", "TUKHOA", "MOTADOITUONGTHUCHIEN", "DIACHITIEPNHAN", "YEUCAU")),
    **dict.fromkeys(("MOTACOQUANTHUCHIEN", "MOTACOQUANTHAMQUYEN")),
    "CAPTHUCHIEN": dict.fromkeys(("CAPTHUCHIEN", "TENCAP")),
    "LINHVUCTHUCHIEN": FIELD,
    "CACHTHUCTHUCHIEN": {"KENH": None, "THOIGIAN": TIME},
    "DOITUONGTHUCHIEN": dict.fromkeys(("MADOITUONG", "TENDOITUONG")),
    "THANHPHANHOSO": {"TRUONGHOP": None, "GIAYTO": PAPER},
    "TRINHTUTHUCHIEN": {"TRUONGHOP": None, "TRINHTU": {"TENTRINHTU": None}},
    "KETQUATHUCHIEN": dict.fromkeys(("MAKETQUA", "TENKETQUA", "TENTEP", "URL")),
    "CANCUPHAPLY": dict.fromkeys(
        ("SOVANBAN", "TENVANBAN", "NGAYBANHANH", "NGAYHIEULUC", "COQUANBANHANH", "DIACHITRUYCAP")
    ),
    "COQUANTHUCHIEN": UNIT,
    "COQUANCOTHAMQUYEN": UNIT,
    "COQUANDUOCUYQUYEN": UNIT,
    "COQUANPHOIHOP": UNIT,
    "TTHCLIENQUAN": RELATED,
    "TTHCLIENTHONG": RELATED,
}

# Of the national copy of a dossier: that it is there, in which state, and how its supplements moved the appointment.
DOSSIER_COPY: Shape = {
    **dict.fromkeys(("MaHoSo", "TrangThaiHoSo")),
    "DanhSachHoSoBoSung": dict.fromkeys(("NgayBoSung", "NgayHenTraTruoc", "NgayHenTraMoi")),
}

PUBLIC_PROCEDURE: Shape = dict.fromkeys(
    (
        "ID",
        "PROCEDURE_CODE",
        "PROCEDURE_NAME",
        "PUBLISHED_AGENCY",
        "PUBLISHED_AGENCY_ID",
        "IMPLEMENTATION_AGENCY",
        "QDCBID",
        "FIELD_NAME",
    )
)
DECISION: Shape = dict.fromkeys(("ID", "CODE", "NAME", "PUBLISHING_DATE", "AGENCY_NAME", "AGENCY_ID"))
ANNOUNCED: Shape = dict.fromkeys(("TTHC_MA", "TYPE", "NAME", "ISNGANHDOC", "WEIGHT"))
PUBLIC_FIELD: Shape = dict.fromkeys(("ID", "FIELD_NAME"))
PUBLIC_AGENCY: Shape = dict.fromkeys(("ID", "AGENCY_NAME", "NAME", "CODE"))
