-- Procedures whose process is to be asked for: new or changed in the list, never asked, or due.
with listed as (
    select record_key, max_by(first_seen_at, version) as changed_at
    from raw.portal__procedures
    group by record_key
    having max_by(withdrawn_at is null, version)
),

asked as (
    select record_key, max(last_seen_at) as read_at
    from raw.portal__processes
    group by record_key
)

select listed.record_key
from listed
left join asked using (record_key)
where
    read_at is null
    or changed_at > read_at
    or (cast('0x' || md5(listed.record_key)[1:4] as integer) % 7 = $weekday and read_at < $today)
order by listed.record_key
