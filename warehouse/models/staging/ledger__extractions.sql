-- Từng lần đọc nguồn của lần chạy này: bản ghi đọc được = phiên bản mới + không đổi, và phiên bản mới có đủ trong kho.
with kept as (
    select
        system,
        resource,
        count(*) as versions
    from raw.versions
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
