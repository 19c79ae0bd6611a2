"""What of iGate's configuration and statistics may pass (protocols B.6.2, B.6.4), and how its lists are wrapped."""

from typing import Any

from connectors.errors import SourceChanged
from connectors.records import Shape


CODED: Shape = {"id": "code", "code": "code", "name": "name"}
AGENCY: Shape = {**CODED, "parent_id": "code"}
PROCEDURE: Shape = {
    "id": "code",
    "code": "code",
    "nationCode": "code",
    "name": "name",
    "sector": CODED,
    "level": {"id": "code", "code": "code", "name": "label"},
    "agency": CODED,
}
LIMIT: Shape = {"processingTime": "number", "processingTimeUnit": "word"}
PROCEDURE_DETAIL: Shape = {**PROCEDURE, "status": "word", **LIMIT}
PROCESSES: Shape = {"processes": {"id": "code", **LIMIT, "processDefinition": {"id": "code", **LIMIT}}}
STATISTIC: Shape = {
    "agency": CODED,
    "received": "number",
    "receivedOnline": "number",
    "receivedDirect": "number",
    "resolved": "number",
    "resolvedEarly": "number",
    "resolvedOnTime": "number",
    "resolvedOverdue": "number",
    "unresolved": "number",
    "unresolvedOnTime": "number",
    "unresolvedOverdue": "number",
    "cancelled": "number",
}


def listed(found: Any, path: str) -> list[dict[str, Any]]:
    """The rows of a Spring page or of a bare array. Raises SourceChanged on any other shape."""
    rows = found.get("content") if isinstance(found, dict) else found
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise SourceChanged("portal", f"{path}: không thấy danh sách trong câu trả lời")
    return rows


def processes_of(found: Any, path: str) -> list[dict[str, Any]]:
    """The process definitions of a procedure: a list, a Spring page or the one there is, without anything else."""
    if isinstance(found, dict) and "content" not in found:
        return [found] if found else []
    return listed(found, path)


def parent_of(row: dict[str, Any]) -> str | None:
    """The parent's id, from `parent`, `parentId` or the last of `ancestors`."""
    parent = row.get("parent")
    if isinstance(parent, dict) and parent.get("id"):
        return str(parent["id"])
    if row.get("parentId"):
        return str(row["parentId"])
    ancestors = row.get("ancestors")
    above = [one for one in ancestors if isinstance(one, dict)] if isinstance(ancestors, list) else []
    ids = [str(one["id"]) for one in above if one.get("id") and one["id"] != row.get("id")]
    return ids[-1] if ids else None
