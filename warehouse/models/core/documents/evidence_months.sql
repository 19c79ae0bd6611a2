-- Mỗi tháng: văn bản đến qua trục phải thấy bao nhiêu gói tin (theo sổ và trục), đã thấy bao nhiêu; chưa rõ thì trống.
-- The queue is emptied as a whole by the office's own document system, so what is missing of documents is missing of
-- status packets too.
with decided as (
    select cast(value ->> '$.luot_gui_im_lang' as integer) as silent_sendings
    from reference.parameters
    where code = 'evidence_coverage'
),

arrived as (
    select
        date_trunc('month', coalesce(entry.arrived_at, packet.arrived_at))::date    as month_start,
        coalesce(packet.version_count > 0, false)                                   as is_seen
    from core.incoming_entries as entry
    full join core.received_packets as packet using (document_code, numbering_year, sender)
    where entry.is_by_axis or packet.version_count > 0
),

sent as (
    select
        date_trunc('month', sent_at)::date  as month_start,
        count(*) filter (where stage > 0)   as taken
    from core.sent_exchanges
    group by month_start
),

told as (
    select
        date_trunc('month', reported_at)::date as month_start,
        count(*) as packets
    from staging.axis__received_statuses
    group by month_start
),

counted as (
    select
        month_start,
        count(*)                        as expected,
        count(*) filter (where is_seen) as seen
    from arrived
    group by month_start
),

months as (
    select
        month_start,
        coalesce(counted.expected, 0)   as expected,
        coalesce(counted.seen, 0)       as seen,
        coalesce(sent.taken, 0)         as taken,
        coalesce(told.packets, 0)       as statuses,
        -- Many took what we sent and not one packet came: somebody else reads them.
        exists(select 1 from staging.axis__queue_looks)
        and coalesce(sent.taken, 0) >= decided.silent_sendings
        and coalesce(counted.seen, 0) + coalesce(told.packets, 0) = 0 as is_silent
    from counted
    full join sent using (month_start)
    full join told using (month_start)
    cross join decided
    where month_start is not null
)

select
    months.month_start,
    (months.month_start + interval 1 month - interval 1 day)::date as month_end,
    months.expected,
    months.seen,
    months.is_silent,
    case
        when months.is_silent then 0
        -- The register of incoming documents knows what came by the axis.
        when exists(select 1 from core.incoming_entries) then coalesce(months.seen / nullif(months.expected, 0), 1)
        when bool_or(months.is_silent) over () then null
        when exists(
            select 1 from staging.axis__queue_looks
            where taken_between_looks + gone_since_read > 0
        ) then null
        else 1
    end::double as share
from months
