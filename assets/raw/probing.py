"""Whether a source can be read: the road to each of its addresses, then its own first questions, without landing."""

from collections.abc import Iterator, Mapping

from assets.raw.connecting import Connections, module_of
from assets.sources import Source
from connectors.http import HttpClient
from connectors.patience import RetryBudget
from connectors.road import Step, road, tried
from connectors.transport import Transport
from connectors.transport_settings import transport


def probe(source: Source, given: Mapping[str, str], org_code: str) -> Iterator[Step]:
    """Each step as it is taken, up to the first that fails."""
    for wire in source.wires:
        for step in way(source, given[f"{wire}_URL"], transport(wire, given)):
            yield Step(f"{wire}: {step.name}", step.is_well, step.told)
            if not step.is_well:
                return
    connector = Connections({source.code: given}, impatient).connector(source.code)
    for name, ask in module_of(source.code).questions(connector, org_code):
        step = tried(source.code, name, ask)
        yield step
        if not step.is_well:
            return


def way(source: Source, url: str, how: Transport) -> Iterator[Step]:
    """To one address, and into the gateway in front of it."""
    yield from road(source.code, url, how)
    if how.gateway.takes_authorization:
        client = impatient(source.code, url, RetryBudget(), how)
        yield tried(source.code, how.gateway.name, client.sign_on_to_gateway)


def impatient(source: str, url: str, budget: RetryBudget, how: Transport) -> HttpClient:
    """Whoever waits at a screen wants to know what is wrong now."""
    budget.attempts = 0
    return HttpClient(url, source=source, budget=budget, transport=how, timeout=(10, 60))
