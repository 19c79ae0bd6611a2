select
    period_start,
    as_at
from core.headline_period
