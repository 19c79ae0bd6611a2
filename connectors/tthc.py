"""The national database of administrative procedures: the session RPC (protocols B.1, C.1)."""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from connectors.errors import SourceChanged, SourceRefused
from connectors.http import HttpClient
from connectors.records import Page, Record


Progress = Callable[[str, Page], None]
DETAIL_PAGE = 50


def silent(resource: str, page: Page) -> None:
    """Nobody watches."""


def record(key: str, payload: dict[str, Any]) -> Record:
    return Record(key, json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode(), None)


def page_of(records: list[Record], number: int = 1, pages: int | None = 1, total: int | None = None) -> Page:
    return Page(records, number, pages, total, sum(len(kept.payload) for kept in records))


class NationalDatabase:
    """Behind the province's adapter: one login, one session, services by name, no paging."""

    def __init__(
        self,
        http: HttpClient,
        username: str,
        password: str,
        unit_code: str,
        dstcode: str,
        progress: Progress = silent,
    ) -> None:
        self.http = http
        self._credentials = {"username": username, "password": password}
        self._unit_code = unit_code
        self._headers = {"dstcode": dstcode, "Charset": "utf-8", "Accept": "application/json"}
        self._session: str | None = None
        self._progress = progress

    def procedure_list(self) -> Iterator[Page]:
        """Every procedure the database lists, without its content."""
        yield from self._listed("procedure_list", "LayDanhSachTTHC", "MATTHC")

    def fields(self) -> Iterator[Page]:
        yield from self._listed("fields", "LayDanhMucLinhVuc", "MALINHVUC")

    def agencies(self) -> Iterator[Page]:
        yield from self._listed("agencies", "LayDanhMucCoQuan", "MADONVI")

    def procedure(self, code: str) -> Record:
        """One procedure in full. Raises SourceChanged when the database lists it and does not have it."""
        rows = self._call("LayThuTuc", maTTHC=code)
        if not rows:
            raise SourceChanged("tthc", f"LayThuTuc: không có nội dung của thủ tục {code}")
        return record(code, rows[0])

    def procedures(self, codes: Iterable[str]) -> Iterator[Page]:
        """The content of the procedures named, a page every fifty."""
        wanted = list(codes)
        pages = -(-len(wanted) // DETAIL_PAGE)
        for number in range(pages):
            codes_of_page = wanted[number * DETAIL_PAGE : (number + 1) * DETAIL_PAGE]
            page = page_of([self.procedure(code) for code in codes_of_page], number + 1, pages, len(wanted))
            self._progress("procedures", page)
            yield page

    def _listed(self, resource: str, service: str, key: str) -> Iterator[Page]:
        rows = self._call(service)
        if not all(row.get(key) for row in rows):
            raise SourceChanged("tthc", f"{service}: có dòng không mang {key}")
        page = page_of([record(str(row[key]), row) for row in rows], total=len(rows))
        self._progress(resource, page)
        yield page

    def _call(self, service: str, **fields: str) -> list[dict[str, Any]]:
        """The rows of a service; a session that has ended is renewed once. Raises SourceRefused or SourceChanged."""
        answer = self._post(service, fields)
        if not succeeded(answer):
            # No code for an expired session is published: clients log in again on any refusal.
            self._session = None
            answer = self._post(service, fields)
        if not succeeded(answer):
            raise SourceRefused("tthc", f"{service}: mã lỗi {answer.get('error_code')}")
        return rows_of(answer, service)

    def _post(self, service: str, fields: dict[str, str]) -> dict[str, Any]:
        body = {"session": self._sign_on(), "madonvi": self._unit_code, "service": service, **fields}
        return unwrapped(self.http.json("POST", "mapi/g", json=body, headers=self._headers), service)

    def _sign_on(self) -> str:
        if self._session is None:
            answer = unwrapped(
                self.http.json("POST", "mapi/login", json=self._credentials, headers=self._headers), "mapi/login"
            )
            if not succeeded(answer) or not answer.get("session"):
                raise SourceRefused("tthc", f"đăng nhập không được (mã lỗi {answer.get('error_code')})")
            self._session = str(answer["session"])
        return self._session


def unwrapped(answer: Any, service: str) -> dict[str, Any]:
    """The answer object; some proxies put it as JSON text into `message` (protocols B.1)."""
    if not isinstance(answer, dict):
        raise SourceChanged("tthc", f"{service}: câu trả lời không phải là một đối tượng")
    message = answer.get("message")
    if "error_code" not in answer and isinstance(message, str) and message.lstrip().startswith(("{", "[")):
        try:
            inner = json.loads(message)
        except ValueError:
            raise SourceChanged("tthc", f"{service}: JSON trong message không đọc được") from None
        return inner if isinstance(inner, dict) else {"error_code": 0, "result": inner}
    return answer


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
