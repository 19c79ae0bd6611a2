"""The national TTHC database behind the adapter: one login, one address, services by name (B.1, C.1)."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from connectors.simulator import directory, procedure_records
from connectors.simulator import working_time as wt
from connectors.simulator.decisions import Decision, ledger
from connectors.simulator.procedure_records import Row
from connectors.simulator.wire import Request, Response
from connectors.simulator.world import World


USERNAME, PASSWORD = "tthc.dongnai", "simulator-tthc-password"
UNIT_CODE = "000.00.00.H19"
DSTCODE = "VN:GOV:000.00.00.G22:vpcpdvcprovider"
SESSION_SECONDS = 600
_LEVELS = {"office": "1", "department": "1", "province": "1", "district": "2", "commune": "3"}
_STATIC = {
    "LayDanhMucCapThucHien": ("Cấp Bộ", "Cấp Tỉnh", "Cấp Huyện", "Cấp Xã"),
    "LayDanhMucDoiTuong": ("Công dân Việt Nam", "Doanh nghiệp", "Tổ chức", "Hợp tác xã"),
    "LayDanhMucGioiTinh": ("Nữ", "Nam"),
}


class Refused(Exception):
    """What the adapter answers with a non-zero `error_code`."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


class TthcFacade:
    """`…/mapi/login` and `…/mapi/g`, under the names of both generations of the adapter."""

    def __init__(self, world: Callable[[], World], clock: Callable[[], float] = time.monotonic) -> None:
        self._world = world
        self._clock = clock
        self._sessions: dict[str, float] = {}
        self._pushed: set[str] = set()
        self.codes_as_text = False
        self._services: dict[str, Callable[[Row], Any]] = {
            "LayDanhSachTTHC": self._list,
            "LayDanhSachTTHCDonVi": self._list,
            "LayThuTuc": self._procedure,
            "LayDanhMucLinhVuc": self._fields,
            "LayDanhMucCoQuan": self._agencies,
            "LayDVC": self._public_services,
            "LayQDCB": self._decision,
            "TraCuuHoSo": self._dossier,
            "DongBoHoSoMC": self._push,
            "CapNhatTienDoHoSoMC": self._progress,
        }

    def handle(self, request: Request) -> Response:
        if not request.path.endswith(("/mapi/login", "/mapi/g")):
            return Response(404, b'{"message":"Service not found"}')
        if request.method != "POST":
            return Response(405)
        if (request.headers.get("dstcode") or request.first("dstcode")) != DSTCODE:
            return Response(400, '{"message":"Không xác định được hệ thống đích (dstcode)"}'.encode())
        try:
            asked = json.loads(request.body)
            answer = self._login(asked) if request.path.endswith("login") else self._call(asked)
        except (ValueError, AttributeError):
            answer = {"error_code": -1, "message": "Dữ liệu không đúng định dạng JSON"}
        except Refused as refusal:
            answer = {"error_code": refusal.code, "message": str(refusal)}
        if self.codes_as_text:
            answer["error_code"] = str(answer["error_code"])
        return Response(200, json.dumps(answer, ensure_ascii=False).encode())

    def expire_sessions(self) -> None:
        """End every session now."""
        self._sessions.clear()

    def _login(self, asked: Row) -> Row:
        if (asked.get("username"), asked.get("password")) != (USERNAME, PASSWORD):
            raise Refused(1, "Sai tên đăng nhập hoặc mật khẩu")
        session = secrets.token_hex(16)
        self._sessions[session] = self._clock() + SESSION_SECONDS
        return {"error_code": 0, "session": session}

    def _call(self, asked: Row) -> Row:
        if self._sessions.get(str(asked.get("session")), 0) <= self._clock():
            raise Refused(5, "Phiên làm việc không tồn tại hoặc đã hết hạn")
        if asked.get("madonvi") != UNIT_CODE:
            raise Refused(2, "Mã đơn vị không hợp lệ")
        service = str(asked.get("service"))
        if service in _STATIC:
            names = enumerate(_STATIC[service])
            return _success([{"MA": str(number), "TEN": name} for number, name in names])
        if service not in self._services:
            raise Refused(-1, f"Không tìm thấy dịch vụ {service}")
        return _success(self._services[service](asked))

    def _list(self, asked: Row) -> list[Row]:
        return procedure_records.listed(self._world())

    def _procedure(self, asked: Row) -> list[Row]:
        found = procedure_records.full(self._world(), str(asked.get("maTTHC")))
        return [found] if found else []

    def _fields(self, asked: Row) -> list[Row]:
        return procedure_records.fields()

    def _agencies(self, asked: Row) -> list[Row]:
        return [
            {
                "MADONVI": directory.long_style(agency.code),
                "TENDONVI": agency.name,
                "CAPDONVI": _LEVELS.get(agency.kind, "1"),
            }
            for agency in self._world().agencies
        ]

    def _public_services(self, asked: Row) -> Row:
        return {"data": procedure_records.public_services(self._world())}

    def _decision(self, asked: Row) -> list[Row]:
        found: list[Decision] = [
            decision
            for decision in ledger(self._world().procedures).visible(self._world().today)
            if decision.id == str(asked.get("idQDCB"))
        ]
        return [procedure_records.decision_record(decision) for decision in found]

    def _dossier(self, asked: Row) -> list[Row]:
        code = str(asked.get("mahoso"))
        index = self._index(code)
        known = code in self._pushed or is_synchronised(index)
        return [{"MaHoSo": code, **self._supplements(index)}] if known else []

    def _supplements(self, index: int | None) -> Row:
        """How each supplement moved the appointment, where the one-stop system writes it there (B.3)."""
        traces = self._world().state.supplement_traces
        if index is None or not traces:
            return {}
        return {
            "DanhSachHoSoBoSung": [
                {
                    name: _moment(int(moments[index]))
                    for name, moments in zip(("NgayBoSung", "NgayHenTraTruoc", "NgayHenTraMoi"), told, strict=True)
                }
                for moves, *told in traces
                if moves[index]
            ]
        }

    def _synchronised(self, code: str) -> bool:
        return is_synchronised(self._index(code))

    def _index(self, code: str) -> int | None:
        """The place in the plan of a dossier that can be seen by now."""
        state, date_part = self._world().state, code[-11:-5]
        if not date_part.isdigit():
            return None
        desk, applied = state.plan.desk // wt.DAY, state.plan.applied // wt.DAY
        days = [wt.to_date(day).strftime("%y%m%d") == date_part for day in range(2 * 366)]
        if True not in days:
            return None
        day = days.index(True)
        near = np.flatnonzero(state.visible & ((desk == day) | (applied == day)))
        codes = {self._world().renderer.code(int(index)): int(index) for index in near}
        return codes.get(code)

    def _push(self, asked: Row) -> list[Row]:
        for record in asked.get("data") or []:
            code = str(record.get("MaHoSo"))
            exists = code in self._pushed or self._synchronised(code)
            if exists and asked.get("isUpdating") != "True":
                raise Refused(-3, "Hồ sơ đã tồn tại")
            if not exists and asked.get("isUpdating") == "True":
                raise Refused(4, "Hồ sơ không tồn tại")
            self._pushed.add(code)
        return []

    def _progress(self, asked: Row) -> list[Row]:
        for record in asked.get("data") or []:
            code = str(record.get("MaHoSo"))
            if code not in self._pushed and not self._synchronised(code):
                raise Refused(4, "Hồ sơ không tồn tại")
        return []


def is_synchronised(index: int | None) -> bool:
    """Whether a dossier of the one-door system has reached the national portal (most have)."""
    return index is not None and index % 40 != 0


def _moment(minutes: int) -> str:
    """As the national exchange writes it: `yyyyMMddHHmmss`, local."""
    day, minute = divmod(minutes, wt.DAY)
    return f"{wt.to_date(day):%Y%m%d}{minute // 60:02}{minute % 60:02}00"


def _success(result: Any) -> Row:
    return {"error_code": 0, "message": "Thành công", "result": result}
