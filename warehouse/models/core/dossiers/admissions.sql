-- Cân đối hồ sơ: nguồn gửi sang = đã qua kiểm tra + đang tách riêng.
with counted as (
    select
        (select count(*) from staging.portal__dossiers)     as received,
        (select count(*) from core.dossiers)                as accepted,
        (
            select count(distinct record_key) from quarantine.records
            where system = 'portal' and resource = 'dossiers'
        )                                                   as quarantined
)

select
    'portal'                            as system,
    'dossiers'                          as resource,
    received,
    accepted,
    quarantined,
    received - accepted - quarantined   as difference
from counted
