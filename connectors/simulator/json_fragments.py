"""Pieces of a dossier's JSON that many dossiers share, and the spelling of ids and moments."""

from __future__ import annotations

from connectors.simulator import working_time as wt
from connectors.simulator.catalogue import Procedure, compact
from connectors.simulator.defects import Defect
from connectors.simulator.directory import Agency, by_code, lineage, long_style
from connectors.simulator.lifecycles import NEVER
from connectors.simulator.states import STATUS_NAMES


_ID_PREFIX = "6730d0c8"
_ODD, _SHIFT = 0x9E3779B1, 0x5BD1E995
_INVERSE = pow(_ODD, -1, 2**32)
_UTC_SHIFT = 7 * 60
# The int ids of dossierStatus that lists filter by; the names are the ten national ones.
STATUS_IDS = {1: 0, 2: 2, 3: 11, 4: 3, 5: 8, 6: 9, 7: 16, 8: 17, 9: 4, 10: 5}
# Records have one of so many styles, by their number; those of one carry a single status.
STYLES, WITHOUT_TASK_STATUS = 97, 3
_UNKNOWN_STATUS = "Chờ đồng bộ liên thông thuế điện tử"


def dossier_id(index: int) -> str:
    """The 24-hex id of a dossier."""
    return f"{_ID_PREFIX}{(index * _ODD + _SHIFT) % 2**32:08x}{index * 2654435761 % 2**32:08x}"


def index_of(identifier: str) -> int | None:
    """The dossier behind an id, or None where there can be none."""
    try:
        index = (int(identifier[8:16], 16) - _SHIFT) * _INVERSE % 2**32
    except ValueError:
        return None
    return index if identifier == dossier_id(index) else None


_DAYS = tuple(f'"{wt.to_date(day).isoformat()}T' for day in range(wt.day_number(wt.LAST_DAY) + 1))
_MINUTES = tuple(f"{minute // 60:02}:{minute % 60:02}" for minute in range(wt.DAY))
_LOCAL, _UTC = (tuple(f':{second:02}.000{offset}"' for second in range(60)) for offset in ("+0700", "+0000"))


def stamp(moment: int, second: int, utc: bool) -> str:
    """A quoted moment whose offset has no colon; or null."""
    if moment >= NEVER:
        return "null"
    if utc:
        moment -= _UTC_SHIFT
        return _DAYS[moment // 1440] + _MINUTES[moment % 1440] + _UTC[second]
    return _DAYS[moment // 1440] + _MINUTES[moment % 1440] + _LOCAL[second]


def agency_json(agency: Agency, written: str) -> str:
    above = [by_code()[code] for code in lineage(agency.code)[1:]]
    item: dict[str, object] = {"id": agency.id, "code": written, "name": agency.name}
    if above:
        item["parent"] = {"id": above[0].id, "code": above[0].written}
    item["ancestors"] = [{"id": unit.id, "code": unit.written} for unit in above]
    return compact(item)


def spellings(agency: Agency) -> tuple[str, str]:
    """A unit's code in the short style and, where it had one, the long style of 2016."""
    since_2025 = any(len(group) > 2 for group in agency.code.split(".")[1:])
    return agency.code, agency.code if since_2025 else long_style(agency.code)


def process_json(procedure: Procedure, defect: int) -> str:
    amount, unit = str(procedure.limit_amount), f'"{procedure.limit_unit}"'
    if defect == Defect.UNKNOWN_LIMIT_UNIT:
        amount, unit = "2", '"tuần"'
    elif defect == Defect.UNREADABLE_LIMIT:
        amount, unit = '"mười lăm"', '"d"'
    limit = f'"processingTime":{amount},"processingTimeUnit":{unit},'
    if defect == Defect.NO_DUE_DATE or unit == '""':
        limit = ""
    return (
        f'{{"id":"{procedure.process_id}","processDefinition":{{{limit}'
        '"timesheet":{"id":"5f3a2b1c0d9e8f7a6b5c4d3e"}}}'
    )


def procedure_json(procedure: Procedure) -> str:
    sector = {"id": f"66d{procedure.sector_code}", "code": procedure.sector_code}
    return compact(
        {
            "id": procedure.id,
            "code": procedure.code,
            "nationCode": procedure.nation_code,
            "translate": {"languageId": 228, "name": procedure.name},
            "sector": {**sector, "name": procedure.sector_name},
        }
    )


def task_status_id(status: int) -> str:
    return f"60ebf0{status:018x}"


def status_json(status: int, defect: int, style: int) -> str:
    """Both status fields; some records carry only the first, a few spell it in their own way."""
    name = _UNKNOWN_STATUS if defect == Defect.UNKNOWN_STATUS else STATUS_NAMES[status]
    if style == 1:
        name = name.upper()
    elif style == 2:
        name = name.replace(" ", "\u00a0", 1) + " "
    first = f'"dossierStatus":{{"id":{STATUS_IDS[status]},"name":"{name}"}}'
    if style == WITHOUT_TASK_STATUS:
        return first
    return f'{first},"dossierTaskStatus":{{"id":"{task_status_id(status)}","name":"{name}"}}'
