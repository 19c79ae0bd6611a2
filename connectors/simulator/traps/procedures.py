"""Procedures that are not what the lists of the national database say."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlencode

from connectors.simulator.gateway_binds import BINDS
from connectors.simulator.payload_faults import PayloadFault
from connectors.simulator.transport_faults import Onward
from connectors.simulator.traps.dossiers import local
from connectors.simulator.traps.sampling import is_chosen
from connectors.simulator.wire import Request, Response


Row = dict[str, Any]


def at_gateway(onward: Onward, **asked: str) -> list[Row]:
    """Every row: what the service binds besides is bound to any."""
    bound = {name: "-1" if name.lower().endswith(("id", "type")) else "" for name in BINDS[asked["service"]]}
    body = urlencode({"params": json.dumps(bound | asked)}).encode()
    rows: list[Row] = json.loads(onward(Request("POST", "/jsp/rest.jsp", body=body)).body)
    return rows


class Repealed(PayloadFault):
    """T13: the busiest procedure is rescinded in the summer, and the one-stop system goes on accepting it."""

    systems = frozenset({"portal", "gateway"})
    since: ClassVar[date] = date(2025, 7, 15)

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self._code = self._internal_id = self._decision = ""
        self._rescinded_on = date.max

    def answer(self, request: Request, onward: Onward) -> Response:
        if not self._code:
            self._choose(onward)
        return super().answer(request, onward)

    def _choose(self, onward: Onward) -> None:
        """The province's first decision of the summer, and the busiest procedure that no later one announces anew."""
        decisions = sorted(
            (datetime.strptime(row["PUBLISHING_DATE"], "%d-%m-%Y").date(), row["ID"])
            for row in at_gateway(onward, service="decision_publishment_advanced_search_service_v2")
            if "Đồng Nai" in row["AGENCY_NAME"]
        )
        summer = [(day, identifier) for day, identifier in decisions if day >= self.since]
        announced = {
            row["ID"]
            for _, identifier in summer
            for service in ("get_procedures_by_dp_id_service_v2", "get_modified_procedures_by_dp_id_service_v2")
            for row in at_gateway(onward, service=service, id=identifier)
        }
        usage = at_gateway(onward, service="get_ds_tthc_da_cong_bo_dvc_service", type_object="-1")
        weights = {row["TTHC_MA"]: int(row["WEIGHT"]) for row in usage}
        listed = at_gateway(onward, service="procedure_advanced_search_service_v2")
        lasting = [row for row in listed if row["ID"] not in announced]
        chosen = max(lasting, key=lambda row: weights[row["PROCEDURE_CODE"]])
        self._rescinded_on, self._decision = summer[0]
        self._internal_id, self._code = chosen["ID"], chosen["PROCEDURE_CODE"]

    def rewrite(self, request: Request, answer: Any) -> Any:
        if request.path.endswith("/dossier/search"):
            for row in answer["content"]:
                is_read = str(row.get("acceptedDate")).startswith("2025-")
                is_late = is_read and local(row, "acceptedDate").date() > self._rescinded_on
                if is_late and self._code in {row["procedure"].get("nationCode"), row["procedure"].get("code")}:
                    self.note(row["code"])
        elif request.path == "/jsp/rest.jsp":
            asked = json.loads(parse_qs(request.body.decode())["params"][0])
            if str(asked["service"]).startswith("get_rescinded") and str(asked.get("id")) == self._decision:
                rows = [*answer, {"ID": self._internal_id, "PROCEDURE_NAME": "Thủ tục bị bãi bỏ"}]
                return [row | {"AMOUNT": str(len(rows)), "ROW_STT": str(at)} for at, row in enumerate(rows, 1)]
        return answer


class Placeholder(PayloadFault):
    """T25: published in full, and the steps say nothing."""

    systems = frozenset({"tthc"})
    one_in: ClassVar[int] = 5

    def rewrite(self, request: Request, answer: Any) -> Any:
        if b'"LayThuTuc"' in request.body:
            for row in answer.get("result") or []:
                if is_chosen(row["MATTHC"], self.one_in, 1):
                    row["TRINHTUTHUCHIEN"] = [{"TRUONGHOP": "", "TRINHTU": [{"TENTRINHTU": "Đang cập nhật"}]}]
                    self.note(row["MATTHC"])
        return answer


class Hidden(PayloadFault):
    """T26: taken off the list, to be published again another day."""

    systems = frozenset({"tthc"})
    one_in: ClassVar[int] = 5

    def rewrite(self, request: Request, answer: Any) -> Any:
        if b'"LayDanhSachTTHC"' in request.body:
            hidden = [row for row in answer["result"] if is_chosen(row["MATTHC"], self.one_in, 2)]
            for row in hidden:
                self.note(row["MATTHC"])
            answer["result"] = [row for row in answer["result"] if row not in hidden]
        return answer
