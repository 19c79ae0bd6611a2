-- MT3.4: TTHC tích hợp, đồng bộ hai phía tại ngày chốt, mỗi TTHC có ở ít nhất một phía một dòng.
-- A procedure that is on the portal only is excluded by its national code alone, as its record is gone; so is what the
-- national database lists as somebody else's (core.procedures_listed).
with rescinded as (
    select distinct listed.record_key as procedure_code
    from staging.tthc__procedure_list_versions as listed
),

foreign_ones as (
    select distinct
        as_at,
        national_code,
        'Không thuộc thẩm quyền của tỉnh' as reason
    from core.procedures_listed
    where not is_in_competence and coalesce(is_public, true)
),

judged as (
    select
        sync.*,
        rescinded.procedure_code is not null                                            as is_rescinded,
        coalesce(sync.exclusion_reason, exclusion.reason, foreign_ones.reason)          as excluded_for,
        ' (so với ' || sync.compared_label || ')'                                       as compared
    from core.procedure_sync as sync
    left join rescinded using (procedure_code)
    left join foreign_ones
        on
            sync.national_procedure_code is null
            and foreign_ones.as_at = sync.as_at and foreign_ones.national_code = sync.national_code
    left join reference.procedure_exclusions as exclusion
        on
            sync.national_procedure_code is null
            and exclusion.national_code = sync.national_code
            and sync.as_at >= coalesce(exclusion.valid_from, date '1900-01-01')
            and sync.as_at <= coalesce(exclusion.valid_to, date '9999-12-31')
)

select
    'MT3.4'             as indicator,
    'STD'               as definition,
    '?'                 as unit_code,
    'state'             as basis,
    as_at               as on_date,
    'procedure'         as record_kind,
    procedure_code      as record_key,
    case
        when excluded_for is not null then 'excluded'
        when result = 'KHOP' then 'met'
        else 'failed'
    end                 as outcome,
    case
        when excluded_for is not null then 'LOAI_TRU'
        when result <> 'KHOP' then result
    end                 as reason_code,
    case
        when excluded_for is not null then excluded_for
        when result = 'THIEU_TREN_CONG' then 'Thiếu trên Cổng: ' || national_name || compared
        when result = 'THUA_TREN_CONG' and is_rescinded
            then 'Thừa trên Cổng, đã bãi bỏ nhưng vẫn tiếp nhận: ' || portal_name || compared
        when result = 'THUA_TREN_CONG' then 'Thừa trên Cổng: ' || portal_name || compared
        when result = 'LECH_PHIEN_BAN' then 'Lệch phiên bản: ' || difference || compared
        when result <> 'KHOP' then 'Lệch nội dung: ' || difference || compared
    end                 as reason,
    null::integer       as days_late
from judged
