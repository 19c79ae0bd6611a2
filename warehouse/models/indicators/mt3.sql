-- MT3: TTHC công bố, công khai đầy đủ, kịp thời, đồng bộ: mỗi TTHC trong danh sách T một dòng, cùng bốn thành phần.
-- one row per judged record
-- MT3 of a day is the year so far; what a shorter period says otherwise stands in indicators.mt3_periods.
with whole as (
    select
        as_at,
        procedure_code,
        bool_or(outcome = 'excluded')                                                       as is_excluded,
        bool_or(outcome = 'failed')                                                         as is_failed,
        bool_or(outcome = 'undetermined')                                                   as is_open,
        string_agg(indicator, '+' order by indicator) filter (where outcome = 'failed')     as failed_parts,
        string_agg(indicator, '+' order by indicator) filter (where outcome = 'undetermined') as open_parts,
        string_agg(
            if(outcome in ('failed', 'undetermined'), indicator || ': ' || reason, null), '; ' order by indicator
        )                                                                                   as reasons,
        string_agg(distinct reason, '; ' order by reason) filter (where outcome = 'excluded')               as exclusion
    from indicators.mt3_parts
    where since is null or since = date_trunc('year', as_at)::date
    group by as_at, procedure_code
)

select
    'MT3'           as indicator,
    'STD'           as definition,
    '?'             as unit_code,
    'state'         as basis,
    as_at           as on_date,
    'procedure'     as record_kind,
    procedure_code  as record_key,
    case
        when is_excluded then 'excluded'
        when is_failed then 'failed'
        when is_open then 'undetermined'
        else 'met'
    end             as outcome,
    case
        when is_excluded then 'LOAI_TRU'
        when is_failed then failed_parts
        when is_open then open_parts
    end             as reason_code,
    if(is_excluded, exclusion, reasons) as reason,
    null::integer   as days_late
from whole
union all by name
select * from indicators.mt3_1
union all by name
select * from indicators.mt3_2
union all by name
select * from indicators.mt3_3
union all by name
select * from indicators.mt3_4
