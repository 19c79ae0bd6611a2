"""Dossier pages on a socket, rendered before the clock starts."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from urllib.parse import parse_qs, urlsplit


FIRST_DAY = datetime(2025, 1, 2, 7, 30)
STATUSES = ("Đã trả kết quả",) * 18 + ("Đang xử lý", "Công dân yêu cầu rút hồ sơ")


def wire(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000+0700")


def dossier(number: int, chance: Random) -> dict[str, object]:
    """One dossier of the portal's list, with the personal data a connector must replace."""
    accepted = FIRST_DAY + timedelta(days=number % 340, minutes=chance.randrange(400))
    due = accepted + timedelta(days=7)
    status = STATUSES[number % len(STATUSES)]
    completed = None if status == "Đang xử lý" else accepted + timedelta(days=chance.choice((2, 4, 5, 6, 8)))
    return {
        "id": f"{number:024x}",
        "code": f"H19.{101 + number % 95}-{accepted:%y%m%d}-{number:07d}",
        "dossierStatus": {"id": 4, "name": status},
        "dossierTaskStatus": {"id": "60f52f0a09cbf91d41f88838", "name": status},
        "applicant": {
            "userId": f"{number:024x}",
            "data": {
                "fullname": f"Nguyễn Văn Thử {number}",
                "birthday": "1980-02-03T00:00:00.000+0000",
                "identityNumber": f"{75080000000 + number:012d}",
                "phoneNumber": f"09{number:08d}",
                "address": "Số 1 đường Hai Bà Trưng",
                "chonDoiTuong": str(1 + number % 4),
                "organization": None,
            },
        },
        "procedure": {
            "id": f"{number % 1900:024x}",
            "code": f"1.{number % 1900:06d}.H19",
            "translate": {"languageId": 228, "name": "Cấp giấy phép xây dựng mới"},
            "sector": {"id": "60f52f0a", "code": "G17-XD02"},
        },
        "procedureProcessDefinition": {"processDefinition": {"processingTime": 5, "processingTimeUnit": "d"}},
        "agency": {"id": f"unit-{number % 95}", "code": f"H19.{101 + number % 95}", "name": "UBND phường"},
        "appliedDate": wire(accepted),
        "acceptedDate": wire(accepted),
        "appointmentDate": wire(due),
        "completedDate": wire(completed) if completed else None,
        "updatedDate": wire(datetime(2025, 12, 31, 17) - timedelta(seconds=number)),
        "applyMethod": {"id": number % 2, "name": "Trực tuyến"},
        "task": [],
    }


def rendered(count: int, size: int) -> list[bytes]:
    chance = Random(2025)
    items = [dossier(number, chance) for number in range(count)]
    pages = []
    for first in range(0, count, size):
        content = items[first : first + size]
        page = {
            "content": content,
            "totalElements": count,
            "totalPages": -(-count // size),
            "number": first // size,
            "last": first + size >= count,
        }
        pages.append(json.dumps(page, ensure_ascii=False).encode())
    return pages


@contextmanager
def served(pages: list[bytes]) -> Iterator[str]:
    """The portal's base URL; `/pa/dossier/search?page=N` answers page N, the token endpoint any client."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def answer(self, body: bytes) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self) -> None:
            query = parse_qs(urlsplit(self.path).query)
            self.answer(pages[int(query["page"][0])])

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.answer(b'{"access_token": "t", "expires_in": 86400}')

        def log_message(self, format: str, *args: object) -> None:
            """Silent: a line per page would be measured."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
