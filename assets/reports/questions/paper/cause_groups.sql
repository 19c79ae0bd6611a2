select
    cause_code,
    cause_label,
    nonconformities,
    records,
    share,
    cumulative_share
from marts.nonconformity_cause
order by position
