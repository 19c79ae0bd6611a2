"""The processing log of a dossier: `task[]`, from the desk over supplements to the result."""

from __future__ import annotations

from typing import NamedTuple

from connectors.simulator.people import STAFF


_PAUSE = "Yêu cầu bổ sung giấy tờ"
# Other spellings of the same step, as units configured them.
_PAUSE_STYLES = (_PAUSE, _PAUSE, _PAUSE, "yêu cầu bổ sung giấy tờ ", "Yêu cầu  bổ sung giấy tờ")
_CHARGE = "Yêu cầu thực hiện nghĩa vụ tài chính"


class Step(NamedTuple):
    """One entry of the log; `ended` is the quoted time, or None while it is the current step."""

    name: str
    created: str
    ended: str | None
    updated: str


def pause_name(index: int) -> str:
    return _PAUSE_STYLES[index % len(_PAUSE_STYLES)]


CHARGE_NAME = _CHARGE


def task_list(index: int, agency: str, steps: list[Step]) -> tuple[str, str]:
    """The JSON of `task` and of `currentTask`."""
    tasks = []
    current = []
    for order, step in enumerate(steps):
        is_current = step.ended is None
        text = (
            f'{{"id":"6731{index:012x}{order:08x}","assignee":{{"fullname":'
            f'"{STAFF[(index + order) % len(STAFF)]}"}},"agency":{agency},'
            f'"isCurrent":{"true" if is_current else "false"},"createdDate":{step.created},'
            f'"updatedDate":{step.ended or step.updated},'
            f'"bpmProcessDefinitionTask":{{"name":"{step.name}"}}}}'
        )
        tasks.append(text)
        if is_current:
            current.append(text)
    return f"[{','.join(tasks)}]", f"[{','.join(current)}]"
