-- One line per kind of suspicion; its worst example stands for it.
select
    trap,
    label,
    severity,
    count(*)                                                                as records,
    min(first_seen_at)                                                      as first_seen_at,
    arg_max(sentence, (occurred_on is not null, occurred_on, record_key))   as example
from marts.anomaly
group by trap, label, severity
order by array_position(['high', 'medium', 'low'], severity), records desc, trap asc, label asc
