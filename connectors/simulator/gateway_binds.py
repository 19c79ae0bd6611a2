"""The parameters that each service of the public gateway binds (E.4): one that is missing empties the answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


_PAGED = frozenset({"recordPerPage", "pageIndex"})
_OF_A_DECISION = _PAGED | {"id"}
_PERIOD = frozenset({"p_nam", "p_tinh_id", "p_thang"})
BINDS: dict[str, frozenset[str]] = {
    "procedure_advanced_search_service_v2": _PAGED
    | {"keyword", "agency_type", "impl_agency_id", "object_id", "field_id", "impl_level_id"},
    "decision_publishment_advanced_search_service_v2": _PAGED | {"keyword", "agency_id", "field_id", "publishing_date"},
    "get_procedures_by_dp_id_service_v2": _OF_A_DECISION,
    "get_modified_procedures_by_dp_id_service_v2": _OF_A_DECISION,
    "get_rescinded_procedures_by_dp_id_service_v2": _OF_A_DECISION,
    "get_ds_tthc_da_cong_bo_dvc_service": frozenset(
        {"pKeyWord", "pCoQuanId", "pObjectType", "pMucDo", "p_Page_Size", "p_Page_Index"}
    ),
    "report_tinh_766_service": _PERIOD | {"p_6thang", "p_quy", "p_loaidonvi", "loaichitieu", "pageIndex", "pageSize"},
    "report_by_month_sum_service": _PERIOD | {"p_huyen_id", "p_linhvuc"},
}


def missing(service: str, asked: Mapping[str, Any]) -> bool:
    """Whether the statement behind the service would be left with a parameter that nobody bound."""
    return not BINDS.get(service, frozenset()) <= asked.keys()
