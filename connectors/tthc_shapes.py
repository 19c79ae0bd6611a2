"""What of the national procedure database may pass (protocols C.1, C.2): announcements of authorities, no contacts.

The content of a procedure passes as prose, for it is judged word by word (NĐ 63/2010 Đ8(2)): whether it is there, or a
placeholder. Where an applicant goes (DIACHITIEPNHAN), descriptions and search words judge nothing and do not pass.
"""

from connectors.records import Shape


UNIT: Shape = {"MADONVI": "code", "TENDONVI": "name"}
FIELD: Shape = {"MALINHVUC": "code", "TENLINHVUC": "name", "MANGANH": "code"}
AGENCY: Shape = {"MADONVI": "code", "TENDONVI": "name", "CAPDONVI": "word"}
LISTED: Shape = {
    "ID": "code",
    "MATTHC": "code",
    "TENTTHC": "name",
    "MALINHVUC": "code",
    "TENLINHVUC": "name",
    "MACOQUANCONGBO": "code",
    "LOAITTHC": "label",
    "QUYETDINH": "name",
    "IDQUYETDINHCONGBO": "code",
    "TRANGTHAI": "word",
}
FEE: Shape = {"MAPHILEPHI": "code", "SOTIEN": "prose", "DONVI": "word", "MOTA": "prose"}
TIME: Shape = {"THOIGIANGIAIQUYET": "prose", "DONVITINH": "word", "MOTA": "prose", "PHILEPHI": FEE}
PAPER: Shape = {
    "MAGIAYTO": "code",
    "TENGIAYTO": "prose",
    "SOBANCHINH": "word",
    "SOBANSAO": "word",
    "TENMAUDON": "prose",
    "URL": "prose",
    "MA_KQ_THAYTHE": "code",
}
RELATED: Shape = {"ID": "code", "MATTHC": "code", "TENTTHC": "name"}
LEGAL_BASIS: Shape = {
    "SOVANBAN": "name",
    "TENVANBAN": "name",
    "NGAYBANHANH": "date",
    "NGAYHIEULUC": "date",
    "COQUANBANHANH": "name",
}
PROCEDURE: Shape = {
    **LISTED,
    "MOTADOITUONGTHUCHIEN": "prose",
    "YEUCAU": "prose",
    "MOTACOQUANTHUCHIEN": "prose",
    "MOTACOQUANTHAMQUYEN": "prose",
    "CAPTHUCHIEN": {"CAPTHUCHIEN": "word", "TENCAP": "word"},
    "LINHVUCTHUCHIEN": FIELD,
    "CACHTHUCTHUCHIEN": {"KENH": "word", "THOIGIAN": TIME},
    "DOITUONGTHUCHIEN": {"MADOITUONG": "code", "TENDOITUONG": "prose"},
    "THANHPHANHOSO": {"TRUONGHOP": "prose", "GIAYTO": PAPER},
    "TRINHTUTHUCHIEN": {"TRUONGHOP": "prose", "TRINHTU": {"TENTRINHTU": "prose"}},
    "KETQUATHUCHIEN": {"MAKETQUA": "code", "TENKETQUA": "prose"},
    "CANCUPHAPLY": LEGAL_BASIS,
    "COQUANTHUCHIEN": UNIT,
    "COQUANCOTHAMQUYEN": UNIT,
    "COQUANDUOCUYQUYEN": UNIT,
    "COQUANPHOIHOP": UNIT,
    "TTHCLIENQUAN": RELATED,
    "TTHCLIENTHONG": RELATED,
}

# Of the national copy of a dossier: that it is there, in which state, and how its supplements moved the appointment.
DOSSIER_COPY: Shape = {
    "MaHoSo": "code",
    "TrangThaiHoSo": "word",
    "DanhSachHoSoBoSung": dict.fromkeys(("NgayBoSung", "NgayHenTraTruoc", "NgayHenTraMoi"), "date"),
}

PUBLIC_PROCEDURE: Shape = {
    "ID": "code",
    "PROCEDURE_CODE": "code",
    "PROCEDURE_NAME": "name",
    "PUBLISHED_AGENCY": "name",
    "PUBLISHED_AGENCY_ID": "code",
    "IMPLEMENTATION_AGENCY": "name",
    "QDCBID": "code",
    "FIELD_NAME": "name",
}
DECISION: Shape = {
    "ID": "code",
    "CODE": "name",
    "NAME": "name",
    "PUBLISHING_DATE": "date",
    "AGENCY_NAME": "name",
    "AGENCY_ID": "code",
}
ANNOUNCED: Shape = {"TTHC_MA": "code", "TYPE": "word", "NAME": "name", "ISNGANHDOC": "flag", "WEIGHT": "number"}
PUBLIC_FIELD: Shape = {"ID": "code", "FIELD_NAME": "name"}
PUBLIC_AGENCY: Shape = {"ID": "code", "AGENCY_NAME": "name", "NAME": "name", "CODE": "code"}
