-- A count stands for a comparison only in the run that asked for it.
select
    split_part(record_key, '|', 1)                          as month_start,
    split_part(record_key, '|', 2)                          as month_end,
    max_by(payload ->> '$.dossiers', version)::bigint       as dossiers
from raw.portal__dossier_counts
group by record_key
having
    max_by((payload ->> '$.counted_on'), version) = $today
    and exists (
        select 1 from ledger.extractions
        where run_id = $run_id and resource = 'dossier_counts' and outcome = 'succeeded' and records > 0
    )
order by month_start
