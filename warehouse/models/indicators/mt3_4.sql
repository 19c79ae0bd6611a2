-- MT3.4: TTHC tích hợp, đồng bộ hai phía tại ngày chốt, mỗi TTHC có ở ít nhất một phía một dòng.
-- A procedure that is on the portal only is excluded by its national code alone, as its record is gone.
with rescinded as (
    select distinct listed.record_key as procedure_code
    from staging.tthc__procedure_list_versions as listed
)

select
    'MT3.4'                 as indicator,
    'STD'                   as definition,
    '?'                     as unit_code,
    'state'                 as basis,
    sync.as_at              as on_date,
    'procedure'             as record_kind,
    sync.procedure_code     as record_key,
    case
        when coalesce(sync.exclusion_reason, exclusion.reason) is not null then 'excluded'
        when sync.result = 'KHOP' then 'met'
        else 'failed'
    end                     as outcome,
    case
        when coalesce(sync.exclusion_reason, exclusion.reason) is not null then 'LOAI_TRU'
        when sync.result <> 'KHOP' then sync.result
    end                     as reason_code,
    case
        when coalesce(sync.exclusion_reason, exclusion.reason) is not null
            then coalesce(sync.exclusion_reason, exclusion.reason)
        when sync.result = 'THIEU_TREN_CONG' then 'Thiếu trên Cổng: ' || sync.national_name
        when sync.result = 'THUA_TREN_CONG' and rescinded.procedure_code is not null
            then 'Thừa trên Cổng, đã bãi bỏ nhưng vẫn tiếp nhận: ' || sync.portal_name
        when sync.result = 'THUA_TREN_CONG' then 'Thừa trên Cổng: ' || sync.portal_name
        when sync.result = 'LECH_PHIEN_BAN' then 'Lệch phiên bản: ' || sync.difference
        when sync.result <> 'KHOP' then 'Lệch nội dung: ' || sync.difference
    end                     as reason,
    null::integer           as days_late
from core.procedure_sync as sync
left join rescinded using (procedure_code)
left join reference.procedure_exclusions as exclusion
    on
        sync.national_procedure_code is null
        and exclusion.national_code = sync.national_code
        and sync.as_at >= coalesce(exclusion.valid_from, date '1900-01-01')
        and sync.as_at <= coalesce(exclusion.valid_to, date '9999-12-31')
