-- Cân đối mọi bảng nguồn: bản ghi nguồn gửi sang = đã nhận + đang tách riêng + nguồn đã rút.
-- Staging keeps one row of each record: one lost or doubled there shows, whatever reads it further on.
with known as (
    select
        system,
        resource,
        record_key,
        -- Never null: max_by would pass over the newest version.
        max_by(coalesce(withdrawn_at < closing.known_until, false), version) as is_withdrawn
    from raw.versions
    cross join reference.closing as closing
    where first_seen_at < closing.known_until
    group by system, resource, record_key
),

staged as (
    select
        system,
        resource,
        record_key
    from staging.keys
    where (system, resource) <> ('portal', 'dossiers')
    union all
    -- Where dossiers are judged, so that what is set aside there is known here.
    select 'portal', 'dossiers', record_key from core.dossier_intake
),

kept as (
    select
        system,
        resource,
        record_key,
        count(*) as copies
    from staged
    group by system, resource, record_key
),

aside as (
    select distinct
        system,
        resource,
        record_key,
        true as is_aside
    from quarantine.records
)

select
    system,
    resource,
    count(known.record_key)                                                                         as received,
    count(kept.copies) filter (where known.record_key is not null and aside.is_aside is null)       as accepted,
    count(*) filter (where aside.is_aside)                                                          as quarantined,
    -- Some tables keep what the source withdrew, with its end; the rest leave it out.
    count(*) filter (where known.is_withdrawn and kept.copies is null and aside.is_aside is null)   as withdrawn,
    received - accepted - quarantined - withdrawn                                                   as lost,
    -- Counted apart, so that a row doubled cannot hide one lost.
    (coalesce(sum(kept.copies), 0) - count(kept.copies) filter (where known.record_key is not null))::bigint
        as doubled,
    lost + doubled                                                                                  as difference
from known
full join kept using (system, resource, record_key)
left join aside using (system, resource, record_key)
group by system, resource
