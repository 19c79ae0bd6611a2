"""How a one-stop system treats its appointments: what lasts, and changes what the world shows (domain §13.2)."""

from __future__ import annotations

from connectors.simulator.transport_faults import Fault, Onward
from connectors.simulator.wire import Request, Response


class ExtendedAppointments(Fault):
    """Each supplement that is answered moves the appointment by its working time, as one deployed system writes it.

    The world itself shows it (`World.extends_appointments`), so that its ground truth knows it too.
    """

    systems = frozenset({"portal"})

    def answer(self, request: Request, onward: Onward) -> Response:
        return onward(request)
