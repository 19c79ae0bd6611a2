-- Bốn điều kiện của từng TTHC trong danh sách T tại từng ngày chốt: công bố, công khai theo từng kỳ, còn lại tại ngày.
-- What was announced and made public counts from the first day of the period, `since`, one of them 1 January of the
-- year of the closing date; who had no announcement in it has nothing there to fail. What stands has no `since`.
with spans as (
    select
        as_at,
        period_start as since
    from core.periods
    union
    select
        as_at,
        date_trunc('year', as_at)::date
    from core.periods
),

announced as (
    select
        scope.as_at,
        spans.since,
        scope.procedure_code,
        record.indicator,
        record.outcome,
        record.reason
    from core.procedures_in_scope as scope
    inner join spans using (as_at)
    inner join (
        select * from indicators.mt3_1
        where definition = 'STD'
        union all by name
        select * from indicators.mt3_2
    ) as record
        on
            record.record_key = scope.procedure_code
            and record.on_date between spans.since and scope.as_at
    where record.outcome <> 'excluded'
),

stocks as (
    select
        on_date     as as_at,
        null::date  as since,
        record_key  as procedure_code,
        indicator,
        outcome,
        reason
    from indicators.mt3_3
    where definition = 'STD'
    union all by name
    select
        scope.as_at,
        null::date,
        scope.procedure_code,
        'MT3.4' as indicator,
        coalesce(record.outcome, 'undetermined') as outcome,
        coalesce(record.reason, if(record.outcome is null, 'chưa đọc được hệ thống một cửa', null)) as reason
    from core.procedures_in_scope as scope
    left join indicators.mt3_4 as record on record.on_date = scope.as_at and record.record_key = scope.procedure_code
)

select
    as_at,
    since,
    procedure_code,
    indicator,
    arg_min(outcome, (list_position(['failed', 'undetermined', 'met', 'excluded'], outcome), reason))   as outcome,
    arg_min(reason, (list_position(['failed', 'undetermined', 'met', 'excluded'], outcome), reason))    as reason
from (
    select * from announced
    union all by name
    select * from stocks
) as part
group by as_at, since, procedure_code, indicator
