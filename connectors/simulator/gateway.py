"""The public gateway `rest.jsp`: no login, a form field `params`, every value a string (C.2)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qs

from connectors.simulator import catalogue, national_scores
from connectors.simulator.decisions import PROVINCE, PROVINCE_ID, Decision, in_force, keeper, ledger, shown_name
from connectors.simulator.directory import Agency
from connectors.simulator.gateway_binds import missing
from connectors.simulator.procedure_records import internal_id
from connectors.simulator.wire import Request, Response
from connectors.simulator.world import World


Row = Mapping[str, str]
Asked = dict[str, Any]
_MOST_PER_PAGE = 500
_CHANGES = {
    "get_procedures_by_dp_id_service_v2": "new",
    "get_modified_procedures_by_dp_id_service_v2": "amended",
    "get_rescinded_procedures_by_dp_id_service_v2": "rescinded",
}
_PROVINCES = """398126 H01 An Giang;401621 H05 Bắc Ninh;408562 H12 Cà Mau;410516 H14 Cao Bằng;
381137 H15 Đắk Lắk;383348 H18 Điện Biên;426101 H19 Đồng Nai;374613 H20 Đồng Tháp;384251 H21 Gia Lai;
390693 H27 Hà Tĩnh;426108 H31 Hưng Yên;415139 H32 Khánh Hòa;420192 H35 Lai Châu;421149 H36 Lâm Đồng;
417489 H37 Lạng Sơn;426105 H38 Lào Cai;418979 H41 Nghệ An;393975 H42 Ninh Bình;422607 H44 Phú Thọ;
365792 H48 Quảng Ngãi;426106 H49 Quảng Ninh;6715 H50 Quảng Trị;426103 H52 Sơn La;369810 H53 Tây Ninh;
370865 H55 Thái Nguyên;371854 H56 Thanh Hóa;384979 H60 Tuyên Quang;377087 H61 Vĩnh Long"""


class GatewayFacade:
    """Services by name. `rows` puts given answers in the place of the world's, keyed by the service or,
    for the lists of one decision, by `<service>.<decision id>` (as the public samples are named)."""

    def __init__(self, world: Callable[[], World], rows: Mapping[str, Sequence[Row]] | None = None) -> None:
        self._world = world
        self._given = rows or {}
        self._services: dict[str, Callable[[Asked], Iterable[Row]]] = {
            "procedure_advanced_search_service_v2": self._procedures,
            "procedure_get_new_procs_service_v2": self._newest,
            "procedure_get_list_field_service_v2": self._fields,
            "procedure_get_list_object_service_v2": self._objects,
            "get_list_agency_service_v2": self._agencies,
            "decision_publishment_advanced_search_service_v2": self._decisions,
            "get_fields_by_dp_id_services_v2": self._decision_fields,
            "get_ds_tthc_da_cong_bo_dvc_service": self._published,
            "dvcqg_get_quan_huyen_by_selected_v2": self._communes,
            "dvcqg_get_so_by_selected_v2": self._departments,
            **dict.fromkeys(_CHANGES, self._decision_procedures),
            "report_tinh_766_service": lambda asked: national_scores.scores(self._world(), asked),
            "report_by_month_sum_service": lambda asked: national_scores.totals(self._world(), asked),
        }

    def handle(self, request: Request) -> Response:
        if request.path != "/jsp/rest.jsp" or request.method != "POST":
            return Response(404)
        form = parse_qs(request.body.decode("utf-8", "replace"))
        try:
            asked = json.loads((form.get("params") or ["{}"])[0])
            rows = self._rows(asked)
        except (ValueError, AttributeError):
            rows = []
        body = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
        return Response(200, body.encode())

    def _rows(self, asked: Asked) -> list[Row]:
        service = str(asked.get("service"))
        # The real one runs a statement whose parameters nobody bound: no rows, and no word about it.
        if missing(service, asked):
            return []
        for name in (f"{service}.{asked.get('id')}", service):
            if name in self._given:
                return _cut(list(self._given[name]), asked)
        if service not in self._services or self._is_replaced(service):
            return []
        rows = list(self._services[service](asked))
        total = "TOTAL_RECORDS" if "dvc" in service else "AMOUNT"
        if (rows and service in _CHANGES) or "advanced_search" in service or "ds_tthc" in service:
            rows = [{**row, total: str(len(rows)), "ROW_STT": str(place)} for place, row in enumerate(rows, 1)]
        return _cut(rows, asked)

    def _is_replaced(self, service: str) -> bool:
        """The lists of the world's decisions would not fit given decisions."""
        replaced = "decision_publishment_advanced_search_service_v2" in self._given
        return replaced and service in _CHANGES

    def _visible(self) -> list[Decision]:
        world = self._world()
        return list(reversed(ledger(world.procedures).visible(world.today)))

    def _procedures(self, asked: Asked) -> Iterable[Row]:
        world = self._world()
        if str(asked.get("impl_agency_id", "-1")) not in {"-1", PROVINCE_ID}:
            return
        word = str(asked.get("keyword") or "").lower()
        field = str(asked.get("field_id", "-1"))
        for procedure, decision in in_force(world.procedures, world.today).values():
            if word not in procedure.name.lower() and word != procedure.code:
                continue
            if field not in {"-1", _field_id(procedure.sector_code)}:
                continue
            department = keeper(procedure.sector_code)[0]
            yield {
                "ID": internal_id(procedure.number),
                "PROCEDURE_CODE": procedure.code,
                "PROCEDURE_NAME": shown_name(procedure, decision),
                "PUBLISHED_AGENCY": PROVINCE,
                "IMPLEMENTATION_AGENCY": "UBND cấp xã" if procedure.level == "xa" else department,
                "QDCBID": decision.id,
                "FIELD_NAME": procedure.sector_name,
            }

    def _newest(self, asked: Asked) -> Iterable[Row]:
        book = ledger(self._world().procedures)
        newest = [number for decision in self._visible() for number in decision.new]
        for number in newest[: int(asked.get("records") or 10)]:
            procedure = book.procedures[number]
            yield {"ID": internal_id(number), "PROCEDURE_NAME": procedure.name}

    def _fields(self, asked: Asked) -> Iterable[Row]:
        for code, name in catalogue.sectors():
            yield {"ID": _field_id(code), "FIELD_NAME": f"{name}({keeper(code)[1]})"}

    def _objects(self, asked: Asked) -> Iterable[Row]:
        names = ("Công dân Việt Nam", "Người nước ngoài", "Doanh nghiệp", "Tổ chức", "Hợp tác xã")
        for number, name in enumerate(names, 1):
            yield {"ID": str(number), "NAME": name}

    def _agencies(self, asked: Asked) -> Iterable[Row]:
        for code in sorted({code[:3] for code, _ in catalogue.sectors()}):
            _, name, number = keeper(code)
            yield {"ID": number, "AGENCY_NAME": name, "NAME": name, "CODE": f"000.00.00.{code}"}
        for text in _PROVINCES.split(";"):
            number, code, name = text.split(maxsplit=2)
            name = f"UBND tỉnh {name}"
            yield {"ID": number, "AGENCY_NAME": name, "NAME": name, "CODE": code}

    def _decisions(self, asked: Asked) -> Iterable[Row]:
        for decision in self._visible():
            yield {
                "ID": decision.id,
                "CODE": decision.code,
                "NAME": decision.name,
                "PUBLISHING_DATE": f"{decision.signed:%d-%m-%Y}",
                "AGENCY_NAME": decision.agency,
                "AGENCY_ID": decision.agency_id,
            }

    def _decision_procedures(self, asked: Asked) -> Iterable[Row]:
        book = ledger(self._world().procedures)
        for decision in self._visible():
            if decision.id == str(asked.get("id")):
                for number in getattr(decision, _CHANGES[str(asked["service"])]):
                    yield {
                        "ID": internal_id(number),
                        "PROCEDURE_NAME": book.procedures[number].name,
                        "PUBLISHED_AGENCY": decision.agency,
                        "PUBLISHED_AGENCY_ID": decision.agency_id,
                    }

    def _decision_fields(self, asked: Asked) -> Iterable[Row]:
        names = dict(catalogue.sectors())
        for decision in self._visible():
            if decision.id == str(asked.get("id")):
                yield {"ID": _field_id(decision.sector), "NAME": names[decision.sector]}

    def _published(self, asked: Asked) -> Iterable[Row]:
        world = self._world()
        for procedure, _ in in_force(world.procedures, world.today).values():
            kind = "5" if procedure.number % 4 == 0 else "1"
            if str(asked["pObjectType"]) in {kind, "-1"}:
                yield {
                    "TTHC_MA": procedure.code,
                    "TYPE": kind,
                    "NAME": procedure.name,
                    "ISNGANHDOC": "0",
                    "WEIGHT": str(procedure.weight),
                }

    def _communes(self, asked: Asked) -> Iterable[Row]:
        return self._units(asked, "commune")

    def _departments(self, asked: Asked) -> Iterable[Row]:
        return self._units(asked, "department")

    def _units(self, asked: Asked, kind: str) -> Iterable[Row]:
        if str(asked.get("tinh_id")) != PROVINCE_ID:
            return
        yield {"ID": "-1", "NAME": "Tất cả"}
        of_kind: list[Agency] = [one for one in self._world().agencies if one.kind == kind]
        for number, agency in enumerate(of_kind, 426_200):
            yield {"ID": str(number), "NAME": agency.name}


def _field_id(code: str) -> str:
    return str(13_000 + [known for known, _ in catalogue.sectors()].index(code))


def _cut(rows: list[Row], asked: Asked) -> list[Row]:
    """The page asked for; everything when no page size is given."""
    size_text = (
        asked.get("recordPerPage") or asked.get("p_Page_Size") or asked.get("pageSize") or asked.get("page_size")
    )
    if not size_text:
        return rows
    size = min(int(size_text), _MOST_PER_PAGE)
    start = (max(int(asked.get("pageIndex") or asked.get("p_Page_Index") or 1), 1) - 1) * size
    return rows[start : start + size]
