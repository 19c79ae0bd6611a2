-- Procedures to read in full again: new or changed in the list or at the gateway, touched by a decision, or due.
with listed as (
    select record_key, max_by(first_seen_at, version) as changed_at
    from raw.tthc__procedure_list
    group by record_key
    having max_by(withdrawn_at is null, version)
),

detailed as (
    select record_key, max(last_seen_at) as read_at
    from raw.tthc__procedures
    group by record_key
),

shown as (
    select record_key, max_by(first_seen_at, version) as shown_at
    from raw.tthc__public_procedures
    group by record_key
),

touched as (
    select public.record_key, max(change.first_seen_at) as touched_at
    from raw.tthc__decision_procedures as change
    inner join raw.tthc__public_procedures as public on (public.payload ->> '$.ID') = (change.payload ->> '$.ID')
    group by public.record_key
)

select listed.record_key
from listed
left join detailed using (record_key)
left join shown using (record_key)
left join touched using (record_key)
where
    read_at is null
    or changed_at > read_at
    or shown_at > read_at
    or touched_at > read_at
    or (cast('0x' || md5(listed.record_key)[1:4] as integer) % 7 = $weekday and read_at < $today)
order by listed.record_key
