-- Decisions of late that are new or have changed since their procedures were last asked for.
select record_key
from raw.tthc__decisions
group by record_key
having
    max_by(first_seen_at, version) > coalesce(cast($read_until as timestamptz), timestamptz '-infinity')
    and try_strptime(max_by(payload ->> '$.PUBLISHING_DATE', version), '%d-%m-%Y') >= cast($since as date)
order by record_key
