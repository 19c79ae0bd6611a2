"""What can go wrong with a source, in words an officer understands.

SourceError
  SourceUnavailable   asking again later may help (timeout, 429, 5xx)
  SourceRefused       asking again cannot help (401, 403, 404 and other 4xx, a refused login)
  SourceChanged       the answer no longer has the shape we know (HTML, truncated or different JSON)
"""


class SourceError(Exception):
    """A source did not give what was asked. Neither message nor advice ever holds a secret or a personal datum.

    `source`: its code in the register of sources, which knows its name for people.
    """

    advice = "Xem nhật ký của lần chạy rồi báo người quản trị hệ thống."

    # The beginning of what the source answered, for a connector that knows which of its fields may be told.
    body = b""

    def __init__(self, source: str, what: str, status: int | None = None, advice: str | None = None) -> None:
        self.source = source
        self.what = what
        self.status = status
        super().__init__(f"{what}. {advice or self.advice}")


class SourceUnavailable(SourceError):
    """`retry_after`: seconds the source itself asks to be left alone."""

    retry_after: float | None = None
    advice = (
        "Nguồn tạm thời không trả lời; chạy lại sau, nếu vẫn vậy thì báo đơn vị quản lý nguồn. "
        "Số liệu đã công bố vẫn giữ nguyên."
    )


class SourceRefused(SourceError):
    advice = "Nguồn từ chối; kiểm tra tài khoản, quyền và địa chỉ kết nối với đơn vị quản lý nguồn."


class SourceChanged(SourceError):
    advice = "Nguồn trả lời khác khuôn dạng đã biết; báo người quản trị hệ thống, không có số liệu nào bị thay đổi."


class TooDeep(Exception):
    """A source does not go down a list to its end; it does so in parts of the list."""
