"""Dossiers as the one-door system writes them: the JSON items of its search, many at a time."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from connectors.simulator import json_fragments, people, removed, tasks
from connectors.simulator import working_time as wt
from connectors.simulator.assignment import APPLICANTS, CHANNELS
from connectors.simulator.catalogue import procedures
from connectors.simulator.defects import Defect
from connectors.simulator.directory import UNKNOWN_CODE, agencies
from connectors.simulator.json_fragments import stamp
from connectors.simulator.lifecycles import NEVER, Moments
from connectors.simulator.states import State


_UNREADABLE = '"31/13/2025 25:61"'
_IMPOSSIBLE = '"0001-01-01T00:00:00.000+0700"'
_FUTURE = '"2095-03-10T09:00:00.000+0700"'
_UNKNOWN_AGENCY = f'{{"id":"63affffe5f1c2d7e9b4a6038","code":"{UNKNOWN_CODE}","name":"Đơn vị cũ"}}'
_RECEIVING = (
    '"dossierReceivingKind":{"id":"5f8968888fffa53e4c073ded","name":"Nhận trực tiếp"}',
    '"dossierReceivingKind":{"id":"5f8969018fffa53e4c073dee","name":"Bưu chính công ích"}',
)


class _Row(NamedTuple):
    """The facts of one dossier at the moment of the state."""

    number: int
    unit: int
    procedure: int
    applicant: int
    channel: int
    status: int
    defect: int
    applied: int
    accepted: int
    appointment: int
    end: int
    ended: bool
    returned: int
    asked_1: int
    answered_1: int
    asked_2: int
    answered_2: int
    charged: int
    paid: int
    desk: int
    updated: int
    second: int
    sequence: int


@lru_cache(maxsize=8192)
def _agency(unit: int, long: bool) -> tuple[str, str, str]:
    """(the agency's JSON, its short reference, its code) in one of the two styles."""
    agency = agencies()[unit]
    written = json_fragments.spellings(agency)[long]
    reference = f'{{"id":"{agency.id}","code":"{written}"}}'
    return json_fragments.agency_json(agency, written), reference, written


@lru_cache(maxsize=16384)
def _procedure(number: int, count: int, defect: int) -> str:
    procedure = procedures(count)[number]
    return (
        f'"procedure":{json_fragments.procedure_json(procedure)},'
        f'"procedureProcessDefinition":{json_fragments.process_json(procedure, defect)}'
    )


_status = lru_cache(maxsize=4096)(json_fragments.status_json)


def _steps(row: _Row, utc: bool, now: int) -> list[tasks.Step]:
    """What the log shows by now; a pause that ends before it begins is one of the defects."""
    if row.desk > now:
        return []
    created = stamp(row.desk, 0, utc)
    touched = stamp(row.updated // 60, row.updated % 60, utc)
    working = None if row.status in (2, 4) else touched
    steps = [tasks.Step("Tiếp nhận hồ sơ", created, created, created)]
    if row.status != 3:
        steps.append(tasks.Step("Thụ lý hồ sơ", created, working, touched))
    if min(row.asked_1, row.charged) > now:
        return steps
    pauses = (
        (row.asked_1, row.answered_1, tasks.pause_name(row.number)),
        (row.asked_2, row.answered_2, tasks.pause_name(row.number + 1)),
        (row.charged, row.paid, tasks.CHARGE_NAME),
    )
    for start, end, name in pauses:
        if start <= now:
            if row.defect == Defect.NEGATIVE_PAUSE:
                end = start - 3 * wt.DAY
            ended = stamp(end, 0, utc) if end <= now else None
            steps.append(tasks.Step(name, stamp(start, 0, utc), ended, stamp(start, 0, utc)))
    return steps


def _accepted(row: _Row, utc: bool) -> str:
    if row.defect == Defect.UNREADABLE_ACCEPTED:
        return _UNREADABLE
    if row.defect == Defect.IMPOSSIBLE_ACCEPTED:
        return _IMPOSSIBLE
    return stamp(NEVER if row.defect == Defect.ACCEPTED_MISSING else row.accepted, 0, utc)


@lru_cache(maxsize=2048)
def _date_part(day: int) -> tuple[str, int]:
    """The day in a code, and the digits of the number after it: from 2026 on both are longer (protocols E.3)."""
    at = wt.to_date(day)
    return (f"{at:%Y%m%d}", 7) if at.year >= 2026 else (f"{at:%y%m%d}", 4)


def dossier_code(unit_code: str, day: int, sequence: int) -> str:
    """<unit>-<day>-<number of the day>."""
    written, digits = _date_part(day)
    return f"{unit_code}-{written}-{sequence:0{digits}}"


class Renderer:
    """Writes items of one state of the world."""

    def __init__(self, state: State, procedure_count: int) -> None:
        self._state = state
        self._procedures = procedure_count

    def _rows(self, indices: Moments) -> Iterable[_Row]:
        plan, state = self._state.plan, self._state
        now = state.now
        columns = (
            indices,
            plan.assigned.unit[indices],
            plan.assigned.procedure[indices],
            plan.assigned.applicant[indices],
            plan.assigned.channel[indices],
            state.status[indices],
            state.defect[indices],
            plan.applied[indices],
            np.where(state.accepted[indices], plan.desk[indices], NEVER),
            state.appointment[indices],
            state.shown_end[indices],
            state.ended[indices],
            np.where(plan.returned[indices] <= now, plan.returned[indices], NEVER),
            plan.asked[0][indices],
            plan.answered[0][indices],
            plan.asked[1][indices],
            plan.answered[1][indices],
            plan.charged[indices],
            plan.paid[indices],
            plan.desk[indices],
            state.updated[indices],
            plan.second[indices],
            plan.sequence[indices],
        )
        return map(_Row._make, zip(*(column.tolist() for column in columns), strict=True))

    def items(self, indices: Moments) -> list[str]:
        """One JSON object per dossier, or per double of one that was removed."""
        rows = zip(self._rows(removed.originals(indices)), removed.is_double(indices).tolist(), strict=True)
        return [
            removed.as_double(self._item(row), row.number) if is_double else self._item(row) for row, is_double in rows
        ]

    def code(self, index: int) -> str:
        """The code of one dossier."""
        plan = self._state.plan
        day = int(plan.applied[index]) if plan.desk[index] >= NEVER else int(plan.desk[index])
        written = _agency(int(plan.assigned.unit[index]), index % 7 == 0)[2]
        return dossier_code(written, day // wt.DAY, int(plan.sequence[index]))

    def _item(self, row: _Row) -> str:
        index = row.number
        utc = index % 3 == 0
        agency, reference, written = _agency(row.unit, index % 7 == 0)
        day = (row.applied if row.desk >= NEVER else row.desk) // wt.DAY
        kind = APPLICANTS[row.applicant]
        log, current = tasks.task_list(index, reference, _steps(row, utc, self._state.now))
        channel = CHANNELS[row.channel]
        end = _FUTURE if row.defect == Defect.FUTURE_END else stamp(row.end, row.second, utc)
        person = (index * 7919 + 17) % 900_001
        updated = stamp(row.updated // 60, row.updated % 60, utc)
        applied = stamp(row.applied, row.second, utc)
        appointment = stamp(row.appointment, 0, utc)
        return (
            f'{{"id":"{json_fragments.dossier_id(index)}","code":"'
            f'{dossier_code(written, day, row.sequence)}",'
            f'{_status(row.status, row.defect, index % json_fragments.STYLES)},"applicant":{{"eformId":'
            f'"5f7f3a2b{index:016x}","userId":"60a1{person:020x}","data":'
            f"{people.applicant_data(person, kind.named_organisation, kind.text)}}},"
            f"{_procedure(row.procedure, self._procedures, row.defect)},"
            f'"agency":{_UNKNOWN_AGENCY if row.defect == Defect.UNKNOWN_UNIT else agency},'
            f'"appliedDate":{applied},'
            f'"acceptedDate":{_accepted(row, utc)},'
            f'"appointmentDate":{appointment},"dueDate":{appointment},"completedDate":{end},'
            f'"returnedDate":{stamp(row.returned, 0, utc)},'
            f'"createdDate":{applied},"updatedDate":{updated},'
            f'"applyMethod":{{"id":{channel[0]},"name":"{channel[1]}"}},'
            f"{_RECEIVING[row.channel == 2]},"
            f'"accepter":{{"fullname":"{people.STAFF[index % len(people.STAFF)]}"}},'
            f'"task":{log},"currentTask":{current}}}'
        )
