-- Mỗi tháng: văn bản đến qua trục phải thấy bao nhiêu gói tin (theo sổ và trục), đã thấy bao nhiêu; chưa rõ thì trống.
-- The queue is emptied as a whole by the office's own document system, so what is missing of documents is missing of
-- status packets too.
with known as (
    select
        silent_sendings,
        holds_from,
        holds_to,
        exists(select 1 from core.incoming_entries)             as is_register_read,
        exists(select 1 from staging.axis__queue_looks)         as is_looked_at,
        exists(
            select 1 from staging.axis__queue_looks
            where taken_between_looks + gone_since_read > 0
        )                                                       as is_emptied
    from core.evidence_rules
),

arrived as (
    select
        date_trunc('month', coalesce(entry.arrived_at, packet.arrived_at))::date    as month_start,
        count(*)                                                                    as expected,
        count(*) filter (where packet.version_count > 0)                            as seen,
        -- What the document system's own check found is evidence too, of documents alone.
        count(*) filter (where packet.version_count > 0 or entry.signature is not null) as told
    from core.incoming_entries as entry
    full join core.received_packets as packet using (document_code, numbering_year, sender)
    -- A sender whose code nobody knows cannot be found among the packets.
    where (entry.is_by_axis and entry.is_agency) or packet.version_count > 0
    group by month_start
),

sent as (
    select
        date_trunc('month', sent_at)::date  as month_start,
        count(*) filter (where stage > 0)   as taken
    from core.sent_exchanges
    group by month_start
),

reported as (
    select
        date_trunc('month', reported_at)::date  as month_start,
        count(*)                                as packets
    from staging.axis__received_statuses
    group by month_start
),

months as (
    select
        month_start,
        coalesce(arrived.expected, 0)   as expected,
        coalesce(arrived.seen, 0)       as seen,
        coalesce(arrived.told, 0)       as told,
        -- Many took what we sent and not one packet came: somebody else reads them.
        known.is_looked_at
        and coalesce(sent.taken, 0) >= known.silent_sendings
        and coalesce(arrived.seen, 0) + coalesce(reported.packets, 0) = 0 as is_silent
    from arrived
    full join sent using (month_start)
    full join reported using (month_start)
    inner join known on month_start between known.holds_from and known.holds_to
)

select
    months.month_start,
    months.expected,
    months.seen,
    months.is_silent,
    case
        when months.is_silent then 0
        -- The register of incoming documents knows what came by the axis.
        when known.is_register_read then coalesce(months.seen / nullif(months.expected, 0), 1)
        when not known.is_emptied and not bool_or(months.is_silent) over () then 1
    end::double as share,
    if(months.told = months.expected and months.expected > 0, 1, share)::double as share_told
from months
inner join known on months.month_start between known.holds_from and known.holds_to
