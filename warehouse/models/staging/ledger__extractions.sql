-- Từng lần đọc nguồn của lần chạy này: bản ghi đọc được = phiên bản mới + không đổi, và phiên bản mới có đủ trong kho.
with landed as (
    select 'portal' as system, 'dossiers' as resource, run_id from raw.portal__dossiers
    union all
    select 'portal', 'agencies', run_id from raw.portal__agencies
    union all
    select 'portal', 'procedures', run_id from raw.portal__procedures
    union all
    select 'portal', 'statistics', run_id from raw.portal__statistics
    union all
    select 'portal', 'dossier_counts', run_id from raw.portal__dossier_counts
    union all
    select 'axis', 'received_documents', run_id from raw.axis__received_documents
    union all
    select 'axis', 'received_statuses', run_id from raw.axis__received_statuses
    union all
    select 'axis', 'sent_documents', run_id from raw.axis__sent_documents
    union all
    select 'axis', 'sent_statuses', run_id from raw.axis__sent_statuses
    union all
    select 'axis', 'agencies', run_id from raw.axis__agencies
    union all
    select 'tthc', 'procedure_list', run_id from raw.tthc__procedure_list
    union all
    select 'tthc', 'procedures', run_id from raw.tthc__procedures
    union all
    select 'tthc', 'fields', run_id from raw.tthc__fields
    union all
    select 'tthc', 'agencies', run_id from raw.tthc__agencies
    union all
    select 'tthc', 'public_procedures', run_id from raw.tthc__public_procedures
    union all
    select 'tthc', 'decisions', run_id from raw.tthc__decisions
    union all
    select 'tthc', 'decision_procedures', run_id from raw.tthc__decision_procedures
    union all
    select 'tthc', 'dossier_copies', run_id from raw.tthc__dossier_copies
    union all
    select 'registers', 'documents', run_id from raw.registers__documents
    union all
    select 'registers', 'incoming', run_id from raw.registers__incoming
    union all
    select 'registers', 'secret_counts', run_id from raw.registers__secret_counts
    union all
    select 'registers', 'officials', run_id from raw.registers__officials
    union all
    select 'registers', 'ratings', run_id from raw.registers__ratings
    union all
    select 'registers', 'inspections', run_id from raw.registers__inspections
    union all
    select 'registers', 'inspection_units', run_id from raw.registers__inspection_units
    union all
    select 'registers', 'objectives', run_id from raw.registers__objectives
    union all
    select 'registers', 'risks', run_id from raw.registers__risks
    union all
    select 'registers', 'communications', run_id from raw.registers__communications
    union all
    select 'registers', 'files', run_id from raw.registers__files
    union all
    select 'registers', 'rejections', run_id from raw.registers__rejections
),

kept as (
    select
        system,
        resource,
        count(*) as versions
    from landed
    inner join reference.closing as closing using (run_id)
    group by all
)

select
    extraction.system,
    extraction.resource,
    sum(extraction.records)                                                     as received,
    sum(extraction.landed)                                                      as landed,
    sum(extraction.duplicates)                                                  as duplicates,
    coalesce(any_value(kept.versions), 0)                                       as versions,
    sum(extraction.records - extraction.landed - extraction.duplicates)         as unexplained,
    sum(extraction.landed) - coalesce(any_value(kept.versions), 0)              as missing
from ledger.extractions as extraction
inner join reference.closing as closing using (run_id)
left join kept using (system, resource)
where extraction.outcome in ('succeeded', 'failed')
group by extraction.system, extraction.resource
