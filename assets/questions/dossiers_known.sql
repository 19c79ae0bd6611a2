-- The dossiers that are there, accepted in the days from $first to $last.
with newest as (
    select
        record_key,
        max_by(withdrawn_at is null, version)                                   as is_there,
        cast(local_timestamp(max_by(payload ->> '$.acceptedDate', version)) as date) as accepted_on
    from raw.portal__dossiers
    group by record_key
)

select
    record_key,
    accepted_on
from newest
where is_there and accepted_on between $first and $last
