"""Words by which the name of a person is told from a place, a title or an agency."""


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Family names of Viet Nam, and of the Stiêng, Chơ Ro and Mạ of Đồng Nai; then as they are typed without accents.
# Left out are those that as often begin the name of a place or a body: Đoàn, Thái, Ninh, Giang, Văn.
FAMILY_NAMES = words(
    """
    nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đào đinh lâm lương mai trịnh trương phùng
    tạ tô hà cao châu chu đậu điểu hứa kiều la lưu lục mạc nghiêm nông quách tăng thân thạch tiêu tôn tống triệu trà
    âu bạch cù doãn khổng khúc kim lã lữ mẫn nhan thị vương
    nguyen tran pham hoang huynh phan vu vo dang bui ngo duong dao dinh luong trinh truong
    """
)
# Those left out, which are names of people before a middle name.
RARE_FAMILY_NAMES = words("đoàn thái ninh giang văn hồng quang phí lại mã nhâm ông viên y k")
# Those that are no other word: names of people also in small letters.
SURE_FAMILY_NAMES = words("nguyễn trần phạm huỳnh đặng bùi trịnh nguyen huynh trinh")
MIDDLE_NAMES = words("thị văn thi van hữu đức thanh ngọc")
FORMS_OF_ADDRESS = frozenset({"ông", "bà", "anh", "chị", "cô", "chú", "đồng chí", "đ/c"})
# After a form of address these begin a title, not a name: đồng chí Chánh Văn phòng.
TITLE_WORDS = words(
    """
    Chánh Phó Trưởng Giám Bí Chủ Tổng Thủ Thứ Bộ Thường Ủy Uỷ Cục Vụ Hiệu Đội Lãnh Chuyên Ban Phòng Sở Công UBND
    """
)
# Before a name these make it a street, a school or a commune.
PLACES = words(
    """
    đường phố phường xã huyện quận tỉnh trấn ấp khu trường thpt thcs học viện giải quỹ cầu thưởng chợ bệnh
    """
)
NOT_PERSONS = ("Hồ Chí Minh", "Hồ Nai", "Bà Rịa", "Bà Nà", "Bà Đen")
