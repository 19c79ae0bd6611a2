-- The dossiers that are there, by the source's own ids: two may bear one code.
with there as (
    select record_key
    from raw.portal__dossiers
    group by record_key
    having max_by(withdrawn_at is null, version)
)

select distinct coalesce(nullif(payload ->> '$.id', ''), record_key) as identity
from raw.portal__dossiers
inner join there using (record_key)
