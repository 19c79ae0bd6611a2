-- Mỗi dòng sổ tại ngày của nó (hoặc tại từng ngày đo): phần đóng góp, trên bao nhiêu, và có kéo chỉ tiêu xuống không.
-- Which way is good is what the newest target says (>=, <=, =, range); without one, more is better.
with directions as (
    select
        target.indicator,
        arg_max(target.operator, (target.objective_year, target.valid_from))        as operator,
        arg_max(target.target, (target.objective_year, target.valid_from))          as target,
        arg_max(coalesce(target.upper_target, target.target), (target.objective_year, target.valid_from))
            as upper_target
    from reference.targets as target
    cross join reference.closing as closing
    where target.objective_year <= year(closing.closing_date)
    group by target.indicator
),

dated as (
    select
        entry.*,
        entry.period_on as on_date
    from indicators.register_entries as entry
    where
        entry.basis = 'flow' and entry.measure <> 'milestone'
        and coalesce(entry.period_on, entry.holds_to) between entry.holds_from and entry.holds_to
    union all
    select
        entry.*,
        day.on_date
    from indicators.register_entries as entry
    inner join core.measuring_days as day
        on
            day.on_date between entry.holds_from and entry.holds_to
            and day.on_date between coalesce(entry.period_on, day.on_date) and coalesce(entry.until_on, day.on_date)
    where entry.basis = 'state' and entry.measure <> 'milestone'
),

counted as (
    select
        dated.*,
        coalesce(directions.operator, '>=')     as operator,
        case
            when measure in ('mean', 'median') then amount
            when measure = 'score' then amount * if(out_of_column is null, 1, out_of)
            when amount_column is null and from_column is null then has_succeeded::integer
            when has_succeeded then amount
            when not has_succeeded then 0
        end::decimal(24, 6)                     as part,
        if(out_of_column is null, 1, out_of)::decimal(24, 6) as whole,
        case
            when on_date is null then 'cột ' || period_column || ' trống hoặc không phải ngày'
            when contradicted is not null then 'sổ ghi hai lần khác nhau ở cột ' || contradicted
            when is_counted is null or has_succeeded is null then 'thiếu giá trị để xét điều kiện'
            when part is null or whole is null then 'thiếu số liệu ở cột dùng để tính'
            when amount < 0 or whole < 0 then 'số liệu âm'
            when measure = 'rate' and part > whole then 'tử số lớn hơn mẫu số'
        end                                     as unknown,
        case
            when measure in ('mean', 'median', 'score') and operator = '<=' then amount > directions.target
            when measure in ('mean', 'median', 'score') and operator = '>=' then amount < directions.target
            when measure in ('mean', 'median', 'score')
                then amount not between directions.target and directions.upper_target
            when operator = '<=' then part > 0
            when measure = 'rate' then part < whole
            else part = 0
        end                                     as is_bad
    from dated
    left join directions using (indicator)
)

select
    *,
    case
        when not is_counted then 'excluded'
        when unknown is not null then 'undetermined'
        when is_bad then 'failed'
        else 'met'
    end as outcome
from counted
