"""How old what was read from a source may grow, shown beside each of them in the web page."""

from datetime import timedelta

import dagster as dg


# The step of a source that could not be read ends well, so here it counts as read: its check and the incidents say so.
# The night run comes every 24 hours and takes minutes; one that fails once is told by its failure (alerts.py).
WARNED_AFTER, STALE_AFTER = timedelta(hours=26), timedelta(hours=36)
POLICY = dg.FreshnessPolicy.time_window(fail_window=STALE_AFTER, warn_window=WARNED_AFTER)


def kept_fresh(spec: dg.AssetSpec) -> dg.AssetSpec:
    """Sources only: everything else is as fresh as what it was made of."""
    return dg.apply_freshness_policy(spec, POLICY) if spec.key.path[0] == "raw" else spec
