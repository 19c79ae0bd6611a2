"""One collection landed as a run lands it, by an asset of its own."""

from collections.abc import Callable, Iterator
from typing import Any

import dagster as dg

from assets.raw.asking import Asking, Reading
from assets.raw.landing import land
from assets.raw.outcomes import was_read_spec
from assets.sources import Collection, Source


def landed(
    asking: Callable[[dg.AssetExecutionContext], Asking[Any]],
    source: Source,
    collection: Collection,
    ask: Callable[[Asking[Any]], Iterator[Reading]],
    instance: dg.DagsterInstance | None = None,
) -> dg.ExecuteInProcessResult:
    """What came of it; whether the source was read says the check."""

    @dg.asset(check_specs=[was_read_spec(["asked"])])
    def asked(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult[None]]:
        yield land(asking(context), source, collection, ask)

    return dg.materialize([asked], instance=instance, raise_on_error=False)
