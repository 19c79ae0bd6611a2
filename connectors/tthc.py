"""The national database of administrative procedures: the session RPC (protocols B.1, C.1)."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from connectors.border import Border
from connectors.errors import SourceChanged, SourceRefused
from connectors.http import HttpClient
from connectors.records import Page, Pseudonymiser, Record, Shape, page_of, record
from connectors.tthc_shapes import AGENCY, DOSSIER_COPY, FIELD, LISTED, PROCEDURE


DETAIL_PAGE = 50
# What an adapter may offer at another address (protocols E.2).
DICTIONARIES = ("LayDanhMucLinhVuc", "LayDanhMucCoQuan")
# So many procedures refused in a row are no longer the procedures' fault.
REFUSED_IN_A_ROW = 5


@dataclass(frozen=True)
class Adapter:
    """How a province's adapter wants to be asked; provinces differ (protocols E.2).

    `dstcode_in`: where the code of the receiver stands. `provider_url`: a header that some demand.
    """

    login_path: str = "mapi/login"
    call_path: str = "mapi/g"
    provider_url: str = ""
    dstcode_in: Literal["header", "query", "body"] = "header"


class NationalDatabase:
    """Behind the province's adapter: one login, one session, services by name, no paging.

    `dictionaries`: another address for the lists of fields and agencies, where the adapter has one.
    """

    def __init__(
        self,
        http: HttpClient,
        username: str,
        password: str,
        unit_code: str,
        dstcode: str,
        adapter: Adapter = Adapter(),
        dictionaries: HttpClient | None = None,
        pseudonymiser: Pseudonymiser | None = None,
    ) -> None:
        self.http = http
        self._dictionaries = dictionaries or http
        self._credentials = {"username": username, "password": password}
        self._unit_code = unit_code
        self._adapter = adapter
        receiver = {"dstcode": dstcode}
        self._query = receiver if adapter.dstcode_in == "query" else {}
        self._beside = receiver if adapter.dstcode_in == "body" else {}
        self._headers = {"Charset": "utf-8", "Accept": "application/json"}
        self._headers |= receiver if adapter.dstcode_in == "header" else {}
        self._headers |= {"providerurl": adapter.provider_url} if adapter.provider_url else {}
        self._session: str | None = None
        self._refused_in_a_row = 0
        self._border = Border(pseudonymiser)

    def signed_on(self) -> str:
        """That the adapter has opened a session."""
        self._sign_on()
        return "đã mở phiên"

    def procedure_list(self) -> Iterator[Page]:
        """Every procedure the database lists, without its content."""
        yield self._listed("LayDanhSachTTHC", "MATTHC", LISTED)

    def fields(self) -> Iterator[Page]:
        yield self._listed("LayDanhMucLinhVuc", "MALINHVUC", FIELD)

    def agencies(self) -> Iterator[Page]:
        yield self._listed("LayDanhMucCoQuan", "MADONVI", AGENCY)

    def procedure(self, code: str) -> Record:
        """One procedure in full. Raises SourceRefused when the database has none of that code."""
        answer = self._call("LayThuTuc", maTTHC=code)
        # One that is not there comes as an empty list, as null, or without a result.
        rows = rows_of(answer, "LayThuTuc") if answer.get("result") else []
        if not rows:
            raise SourceRefused("tthc", f"LayThuTuc: không có nội dung của thủ tục {code}")
        return record(code, self._border.passed(rows[0], PROCEDURE))

    def procedures(self, codes: Iterable[str]) -> Iterator[Page]:
        """The content of the procedures named, a page every fifty; one that has gone meanwhile is passed over."""
        yield from self._each(list(codes), self.procedure)

    def dossier_copy(self, code: str) -> Record:
        """Whether the national portal knows a dossier: an empty answer means that it does not (protocols B.2)."""
        result = self._call("TraCuuHoSo", mahoso=code).get("result")
        rows = result if isinstance(result, list) else [result] if result else []
        own = [row for row in rows if not isinstance(row, dict) or str(row.get("MaHoSo") or code) == code]
        told = self._border.passed(own[0], DOSSIER_COPY) if own and isinstance(own[0], dict) else {}
        return record(code, {"is_known": bool(own), **told})

    def dossier_copies(self, codes: Iterable[str]) -> Iterator[Page]:
        """The national portal's copies of the dossiers named, one question each."""
        yield from self._each(list(codes), self.dossier_copy)

    def _each(self, wanted: list[str], ask: Callable[[str], Record]) -> Iterator[Page]:
        pages = -(-len(wanted) // DETAIL_PAGE)
        for number in range(pages):
            part = wanted[number * DETAIL_PAGE : (number + 1) * DETAIL_PAGE]
            records = [found for code in part if (found := self._if_there(ask, code)) is not None]
            yield page_of(records, number + 1, pages, len(wanted))

    def _if_there(self, ask: Callable[[str], Record], code: str) -> Record | None:
        try:
            found = ask(code)
        except SourceRefused as error:
            self._refused_in_a_row += 1
            if error.status is not None or self._refused_in_a_row >= REFUSED_IN_A_ROW:
                raise
            return None
        self._refused_in_a_row = 0
        return found

    def _listed(self, service: str, key: str, shape: Shape) -> Page:
        rows = rows_of(self._call(service), service)
        if rows and not any(row.get(key) for row in rows):
            raise SourceChanged("tthc", f"{service}: không dòng nào mang {key}")
        return page_of([self._border.record(row, shape, key) for row in rows], total=len(rows))

    def _call(self, service: str, **fields: str) -> dict[str, Any]:
        """The answer of a service; a session that has ended is renewed once. Raises SourceRefused or SourceChanged."""
        answer = self._post_in_session(service, fields)
        if not succeeded(answer):
            # No code for an expired session is published: clients log in again on any refusal.
            self._session = None
            answer = self._post_in_session(service, fields)
        if not succeeded(answer):
            raise SourceRefused("tthc", f"{service}: mã lỗi {code_of(answer)}")
        return answer

    def _post_in_session(self, service: str, fields: dict[str, str]) -> dict[str, Any]:
        """A gateway in front may tell an ended session by 401 instead of a code."""
        try:
            return self._post(service, fields)
        except SourceRefused as error:
            if error.status != 401 or self._session is None:
                raise
            self._session = None
            return self._post(service, fields)

    def _post(self, service: str, fields: dict[str, str]) -> dict[str, Any]:
        body = {"session": self._sign_on(), "madonvi": self._unit_code, "service": service, **fields}
        http = self._dictionaries if service in DICTIONARIES else self.http
        return unwrapped(self._sent(http, self._adapter.call_path, body), service)

    def _sent(self, http: HttpClient, path: str, body: dict[str, str]) -> Any:
        return http.json("POST", path, json=body | self._beside, params=self._query, headers=self._headers)

    def _sign_on(self) -> str:
        if self._session is None:
            path = self._adapter.login_path
            answer = unwrapped(self._sent(self.http, path, self._credentials), path)
            if not succeeded(answer) or not answer.get("session"):
                what, keys = f"đăng nhập không được (mã lỗi {code_of(answer)})", "TTHC_USERNAME, TTHC_PASSWORD"
                raise SourceRefused("tthc", what, advice=f"Kiểm tra {keys} với đơn vị quản lý bộ nối CSDL quốc gia.")
            self._session = str(answer["session"])
        return self._session


def unwrapped(answer: Any, service: str) -> dict[str, Any]:
    """The answer object; some proxies put it as JSON text into `message` (protocols B.1)."""
    if not isinstance(answer, dict):
        raise SourceChanged("tthc", f"{service}: câu trả lời không phải là một đối tượng")
    message = answer.get("message")
    if "error_code" not in answer and isinstance(message, str) and message.lstrip().startswith(("{", "[")):
        try:
            inner = msgspec.json.decode(message)
        except (msgspec.DecodeError, RecursionError):
            raise SourceChanged("tthc", f"{service}: JSON trong message không đọc được") from None
        return inner if isinstance(inner, dict) else {"error_code": 0, "result": inner}
    return answer


def code_of(answer: dict[str, Any]) -> str:
    """The code and nothing else: what stands in its place may be anything."""
    code = str(answer.get("error_code", "")).strip()
    return code if code.lstrip("-").isdigit() and len(code) < 9 else "không rõ"


def succeeded(answer: dict[str, Any]) -> bool:
    """`error_code` comes as 0 or "0"; an answer that has a result and no code is one too."""
    code = answer.get("error_code")
    return str(code).strip() == "0" or (code is None and ("result" in answer or "session" in answer))


def rows_of(answer: dict[str, Any], service: str) -> list[dict[str, Any]]:
    result = answer.get("result")
    if isinstance(result, dict) and "data" in result:
        result = result["data"]
    if not isinstance(result, list) or not all(isinstance(row, dict) for row in result):
        raise SourceChanged("tthc", f"{service}: không thấy danh sách result trong câu trả lời")
    return result
