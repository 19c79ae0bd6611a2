-- Every grave suspicion, to be held against those of an earlier version.
select
    anomaly.label,
    anomaly.record_kind,
    anomaly.record_key,
    anomaly.occurred_on,
    unit.unit_name,
    anomaly.sentence
from marts.anomaly
left join core.units as unit using (unit_code)
where anomaly.severity = 'high'
order by
    anomaly.label asc,
    anomaly.occurred_on desc nulls last,
    anomaly.record_key asc
