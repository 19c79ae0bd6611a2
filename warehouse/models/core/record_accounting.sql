-- Cân đối mọi bảng nguồn: bản ghi nguồn gửi sang = đã nhận + đang tách riêng + nguồn đã rút.
-- Staging keeps one row of each record: one lost or doubled there shows, whatever reads it further on.
-- Long because SQL cannot name a table by a value: every table stands here twice.
with versions as (
    select 'portal' as system, 'dossiers' as resource, record_key, version, first_seen_at, withdrawn_at
    from raw.portal__dossiers
    union all
    select 'portal', 'agencies', record_key, version, first_seen_at, withdrawn_at from raw.portal__agencies
    union all
    select 'portal', 'procedures', record_key, version, first_seen_at, withdrawn_at from raw.portal__procedures
    union all
    select 'portal', 'statistics', record_key, version, first_seen_at, withdrawn_at from raw.portal__statistics
    union all
    select 'portal', 'dossier_counts', record_key, version, first_seen_at, withdrawn_at from raw.portal__dossier_counts
    union all
    select 'axis', 'received_documents', record_key, version, first_seen_at, withdrawn_at
    from raw.axis__received_documents
    union all
    select 'axis', 'received_statuses', record_key, version, first_seen_at, withdrawn_at
    from raw.axis__received_statuses
    union all
    select 'axis', 'sent_documents', record_key, version, first_seen_at, withdrawn_at from raw.axis__sent_documents
    union all
    select 'axis', 'sent_statuses', record_key, version, first_seen_at, withdrawn_at from raw.axis__sent_statuses
    union all
    select 'axis', 'agencies', record_key, version, first_seen_at, withdrawn_at from raw.axis__agencies
    union all
    select 'tthc', 'procedure_list', record_key, version, first_seen_at, withdrawn_at from raw.tthc__procedure_list
    union all
    select 'tthc', 'procedures', record_key, version, first_seen_at, withdrawn_at from raw.tthc__procedures
    union all
    select 'tthc', 'fields', record_key, version, first_seen_at, withdrawn_at from raw.tthc__fields
    union all
    select 'tthc', 'agencies', record_key, version, first_seen_at, withdrawn_at from raw.tthc__agencies
    union all
    select 'tthc', 'public_procedures', record_key, version, first_seen_at, withdrawn_at
    from raw.tthc__public_procedures
    union all
    select 'tthc', 'decisions', record_key, version, first_seen_at, withdrawn_at from raw.tthc__decisions
    union all
    select 'tthc', 'decision_procedures', record_key, version, first_seen_at, withdrawn_at
    from raw.tthc__decision_procedures
    union all
    select 'tthc', 'dossier_copies', record_key, version, first_seen_at, withdrawn_at from raw.tthc__dossier_copies
    union all
    select 'registers', 'documents', record_key, version, first_seen_at, withdrawn_at from raw.registers__documents
    union all
    select 'registers', 'incoming', record_key, version, first_seen_at, withdrawn_at from raw.registers__incoming
    union all
    select 'registers', 'secret_counts', record_key, version, first_seen_at, withdrawn_at
    from raw.registers__secret_counts
    union all
    select 'registers', 'officials', record_key, version, first_seen_at, withdrawn_at from raw.registers__officials
    union all
    select 'registers', 'ratings', record_key, version, first_seen_at, withdrawn_at from raw.registers__ratings
    union all
    select 'registers', 'inspections', record_key, version, first_seen_at, withdrawn_at from raw.registers__inspections
    union all
    select 'registers', 'inspection_units', record_key, version, first_seen_at, withdrawn_at
    from raw.registers__inspection_units
    union all
    select 'registers', 'objectives', record_key, version, first_seen_at, withdrawn_at from raw.registers__objectives
    union all
    select 'registers', 'risks', record_key, version, first_seen_at, withdrawn_at from raw.registers__risks
    union all
    select 'registers', 'communications', record_key, version, first_seen_at, withdrawn_at
    from raw.registers__communications
    union all
    select 'registers', 'files', record_key, version, first_seen_at, withdrawn_at from raw.registers__files
    union all
    select 'registers', 'rejections', record_key, version, first_seen_at, withdrawn_at from raw.registers__rejections
),

known as (
    select
        system,
        resource,
        record_key,
        -- Never null: max_by would pass over the newest version.
        max_by(coalesce(withdrawn_at < closing.known_until, false), version) as is_withdrawn
    from versions
    cross join reference.closing as closing
    where first_seen_at < closing.known_until
    group by system, resource, record_key
),

staged as (
    -- Where dossiers are judged, so that what is set aside there is known here.
    select 'portal' as system, 'dossiers' as resource, record_key from core.dossier_intake
    union all
    select 'portal', 'agencies', record_key from staging.portal__agencies
    union all
    select 'portal', 'procedures', record_key from staging.portal__procedures
    union all
    select 'portal', 'statistics', record_key from staging.portal__statistics
    union all
    select 'portal', 'dossier_counts', record_key from staging.portal__dossier_counts
    union all
    select 'axis', 'received_documents', record_key from staging.axis__received_documents
    union all
    select 'axis', 'received_statuses', record_key from staging.axis__received_statuses
    union all
    select 'axis', 'sent_documents', record_key from staging.axis__sent_documents
    union all
    select 'axis', 'sent_statuses', record_key from staging.axis__sent_statuses
    union all
    select 'axis', 'agencies', record_key from staging.axis__agencies
    union all
    select 'tthc', 'procedure_list', record_key from staging.tthc__procedure_list
    union all
    select 'tthc', 'procedures', record_key from staging.tthc__procedures
    union all
    select 'tthc', 'fields', record_key from staging.tthc__fields
    union all
    select 'tthc', 'agencies', record_key from staging.tthc__agencies
    union all
    select 'tthc', 'public_procedures', record_key from staging.tthc__public_procedures
    union all
    select 'tthc', 'decisions', record_key from staging.tthc__decisions
    union all
    select 'tthc', 'decision_procedures', record_key from staging.tthc__decision_procedures
    union all
    select 'tthc', 'dossier_copies', record_key from staging.tthc__dossier_copies
    union all
    select 'registers', 'documents', record_key from staging.registers__documents
    union all
    select 'registers', 'incoming', record_key from staging.registers__incoming
    union all
    select 'registers', 'secret_counts', record_key from staging.registers__secret_counts
    union all
    select 'registers', 'officials', record_key from staging.registers__officials
    union all
    select 'registers', 'ratings', record_key from staging.registers__ratings
    union all
    select 'registers', 'inspections', record_key from staging.registers__inspections
    union all
    select 'registers', 'inspection_units', record_key from staging.registers__inspection_units
    union all
    select 'registers', 'objectives', record_key from staging.registers__objectives
    union all
    select 'registers', 'risks', record_key from staging.registers__risks
    union all
    select 'registers', 'communications', record_key from staging.registers__communications
    union all
    select 'registers', 'files', record_key from staging.registers__files
    union all
    select 'registers', 'rejections', record_key from staging.registers__rejections
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
