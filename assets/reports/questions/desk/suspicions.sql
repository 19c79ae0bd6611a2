-- Every suspicion with its code and sentence, the gravest and newest first.
select
    anomaly.label,
    anomaly.severity,
    anomaly.record_kind,
    anomaly.record_key,
    anomaly.unit_code,
    unit.unit_name,
    anomaly.occurred_on,
    anomaly.sentence
from marts.anomaly
left join core.units as unit using (unit_code)
order by
    array_position(['high', 'medium', 'low'], anomaly.severity) asc,
    anomaly.occurred_on desc nulls last,
    anomaly.record_key asc,
    anomaly.label asc
