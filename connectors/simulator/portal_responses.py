"""The shapes of iGate's answers: Spring pages, and the rows of agencies and procedures."""

from __future__ import annotations

from connectors.simulator.catalogue import compact, in_two_languages
from connectors.simulator.configuration import Configured
from connectors.simulator.directory import Agency


def spring_page(items: list[str], total: int, number: int, size: int, spec: str) -> bytes:
    """A Spring Data page; a slice says only whether there is more."""
    last = (number + 1) * size >= total
    facts: dict[str, object] = {
        "pageable": {
            "pageNumber": number,
            "pageSize": size,
            "offset": number * size,
            "paged": True,
            "unpaged": False,
        },
        "last": last,
        "first": number == 0,
        "size": size,
        "number": number,
        "numberOfElements": len(items),
        "empty": not items,
    }
    if spec == "page":
        facts |= {"totalPages": -(-total // size), "totalElements": total}
    return f'{{"content":[{",".join(items)}],{compact(facts)[1:]}'.encode()


def agency_row(agency: Agency, by_code: dict[str, Agency]) -> dict[str, object]:
    row: dict[str, object] = {"id": agency.id, "code": agency.written, "name": agency.name}
    if agency.parent is not None:
        parent = by_code[agency.parent]
        row["parent"] = {"id": parent.id, "code": parent.written, "name": parent.name}
    return row


def procedure_row(configured: Configured) -> dict[str, object]:
    procedure = configured.procedure
    return {
        "id": procedure.id,
        "code": procedure.code,
        "nationCode": procedure.nation_code,
        "name": configured.name,
        "translate": in_two_languages(configured.name),
        "sector": {
            "id": f"66d{configured.sector_code}",
            "code": configured.sector_code,
            "name": in_two_languages(configured.sector_name),
        },
        "level": {"id": 1 if procedure.level == "tinh" else 3, "name": procedure.level},
        "agency": [{"id": agency.id, "code": agency.written, "name": agency.name} for agency in configured.agencies],
    }
