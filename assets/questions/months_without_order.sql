-- Months of acceptance whose dossiers do not say when they changed, or all months where the list has no order.
with newest as (
    select
        record_key,
        max_by(withdrawn_at is null, version)                                   as is_there,
        max_by(source_updated_at, version)                                      as source_updated_at,
        cast(local_timestamp(max_by(payload ->> '$.acceptedDate', version)) as date) as accepted_on
    from raw.portal__dossiers
    group by record_key
)

select distinct cast(date_trunc('month', accepted_on) as date) as month_start
from newest
where is_there and accepted_on is not null and ($has_no_order or local_timestamp(source_updated_at) is null)
order by month_start
