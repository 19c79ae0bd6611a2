"""Who hands in what and where: the unit, procedure, applicant and channel of every dossier."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from connectors.simulator import working_time as wt
from connectors.simulator.catalogue import procedures
from connectors.simulator.chance import Chance
from connectors.simulator.directory import CENTRE, OFFICE, REORGANISED, agencies


Whole = npt.NDArray[np.int64]


@dataclass(frozen=True)
class ApplicantKind:
    """What `chonDoiTuong` says (None: not there at all) and whether an organisation is named."""

    text: str | None
    named_organisation: bool
    share: float


APPLICANTS = (
    ApplicantKind("1", False, 0.20),
    ApplicantKind("Cá nhân", False, 0.14),
    ApplicantKind("Công dân", False, 0.09),
    ApplicantKind("CÁ NHÂN", False, 0.01),
    ApplicantKind("Hộ gia đình", False, 0.04),
    ApplicantKind("Hộ kinh doanh", True, 0.03),
    ApplicantKind("", False, 0.04),
    ApplicantKind(None, False, 0.02),
    ApplicantKind("2", True, 0.13),
    ApplicantKind("Doanh nghiệp", True, 0.10),
    ApplicantKind("Tổ chức", True, 0.07),
    ApplicantKind("Cơ quan nhà nước", True, 0.03),
    ApplicantKind("Hợp tác xã", True, 0.02),
    ApplicantKind("3", True, 0.02),
    ApplicantKind("4", True, 0.01),
    ApplicantKind("", True, 0.03),
    ApplicantKind(None, True, 0.01),
    ApplicantKind("5", False, 0.004),
    ApplicantKind("Khác", True, 0.004),
    ApplicantKind("Nhà đầu tư nước ngoài", True, 0.002),
)
CHANNELS = ((1, "Trực tuyến", 0.52), (0, "Trực tiếp", 0.44), (2, "Bưu chính công ích", 0.04))


@dataclass(frozen=True)
class Assigned:
    """One array per attribute, one place per dossier."""

    unit: Whole
    procedure: Whole
    limit_unit: npt.NDArray[np.str_]
    limit_amount: Whole
    applicant: Whole
    organisation: npt.NDArray[np.bool_]
    channel: Whole


def _unit_weights(reorganised: bool) -> list[float]:
    """How often each agency receives a dossier, before and after the districts closed."""
    listed = agencies()
    kinds = [agency.kind for agency in listed]
    local = {"commune": 0.52} if reorganised else {"district": 0.36, "former": 0.16}
    shares = {"department": 0.18, **local}
    rooms = {CENTRE: 0.24, OFFICE: 0.02, "H19.02.09": 0.03, "H19.02.10": 0.01}
    return [rooms.get(agency.code, 0.0) + shares.get(agency.kind, 0.0) / kinds.count(agency.kind) for agency in listed]


def _units(chance: Chance, days: Whole) -> Whole:
    before = chance.pick("unit", _unit_weights(reorganised=False))
    after = chance.pick("unit", _unit_weights(reorganised=True))
    return np.where(days < wt.day_number(REORGANISED), before, after)


def _procedures(chance: Chance, units: Whole, count: int) -> Whole:
    """Communes handle commune procedures, everybody else provincial ones; a few are very common."""
    offered = procedures(count)
    level = np.array([procedure.level == "xa" for procedure in offered])
    rank = np.argsort(Chance(766, np.arange(count)).bits("popularity")).argsort()
    popularity = 1.0 / (rank + 4.0) ** 0.7
    provincial = np.array([agency.is_province_level for agency in agencies()])[units]
    by_level = [
        chance.pick("procedure", list(np.where(level == at_commune, popularity, 0.0))) for at_commune in (False, True)
    ]
    return np.where(provincial, by_level[0], by_level[1])


def assign(chance: Chance, days: Whole, count: int) -> Assigned:
    """Everything about the dossiers that does not move with time."""
    units = _units(chance, days)
    chosen = _procedures(chance, units, count)
    offered = procedures(count)
    applicant = chance.pick("applicant", [kind.share for kind in APPLICANTS])
    return Assigned(
        unit=units,
        procedure=chosen,
        limit_unit=np.array([procedure.limit_unit for procedure in offered], dtype="<U1")[chosen],
        limit_amount=np.array([procedure.limit_amount for procedure in offered])[chosen],
        applicant=applicant,
        organisation=np.array([kind.named_organisation for kind in APPLICANTS])[applicant],
        channel=chance.pick("channel", [share for *_, share in CHANNELS]),
    )
