-- Kỳ đo đã bắt đầu của năm mục tiêu: lịch dương (iso) và lịch báo cáo 15–14 (NĐ 09/2019 Đ12), chốt không quá ngày chốt.
with years as (
    select distinct objective.objective_year
    from reference.objectives as objective, reference.closing as closing
    -- An example counts when its year has come; the report year of a decision begins on 15/12 of the year before.
    where not objective.is_example or objective.objective_year <= year(closing.closing_date)
),

spans as (
    select * from (
        values
        ('quarter', 1, 3), ('quarter', 4, 6), ('quarter', 7, 9), ('quarter', 10, 12),
        ('half_year', 1, 6), ('nine_months', 1, 9), ('year', 1, 12), ('year_to_date', 1, 12)
    ) as span (period_kind, first_month, last_month)
    union all
    select
        'month',
        month_number as first_month,
        month_number as last_month
    from range(1, 13) as months (month_number)
),

iso as (
    select
        spans.period_kind,
        make_date(years.objective_year, spans.first_month::integer, 1)              as period_start,
        last_day(make_date(years.objective_year, spans.last_month::integer, 1))     as period_end
    from years, spans
),

nominal as (
    select
        'iso' as period_calendar,
        *
    from iso
    union all
    select
        'report',
        period_kind,
        (period_start - interval 1 month)::date + 14,
        date_trunc('month', period_end)::date + 13
    from iso
)

select
    nominal.period_calendar,
    nominal.period_kind,
    nominal.period_start,
    case
        when nominal.period_kind = 'year_to_date' then least(nominal.period_end, closing.closing_date)
        else nominal.period_end
    end                                                 as period_end,
    least(nominal.period_end, closing.closing_date)     as as_at,
    nominal.period_end <= closing.closing_date          as is_over
from nominal, reference.closing as closing
where nominal.period_start <= closing.closing_date
