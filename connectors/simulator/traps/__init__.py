"""The traps of domain §10 as plans by name (`t01` … `t34`): what people write so that figures look better.

Each notes the public keys it touched, which is what a detector has to find.
"""

from connectors.simulator.transport_faults import Fault
from connectors.simulator.traps import documents, dossiers, procedures, registers


TRAPS: dict[str, type[Fault]] = {
    "t01": dossiers.Moved,
    "t02": dossiers.Returned,
    "t03": dossiers.Backdated,
    "t04": dossiers.AtMidnight,
    "t05": dossiers.StillWorking,
    "t06": dossiers.Shielded,
    "t08": dossiers.LateIntake,
    "t09": dossiers.Refused,
    "t10": dossiers.Twin,
    "t11": dossiers.Foreign,
    "t12": dossiers.Nameless,
    "t13": procedures.Repealed,
    "t14": dossiers.ClosedUnit,
    "t15": dossiers.AtNight,
    "t16": dossiers.NaiveCalendar,
    "t17": dossiers.TenTimes,
    "t18": dossiers.Trial,
    "t19": documents.Twice,
    "t20": registers.OnlyInTheRegister,
    "t21": documents.Unsigned,
    "t22": registers.PaperBeside,
    "t23": registers.FalseReason,
    "t24": documents.OneType,
    "t25": procedures.Placeholder,
    "t26": procedures.Hidden,
    "t27": registers.AddedLater,
    "t28": registers.TwoPosts,
    "t29": registers.Undecided,
    "t34": dossiers.OtherLetters,
}
