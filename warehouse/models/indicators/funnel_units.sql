-- Số liệu của từng đơn vị đặt vào biểu đồ phễu, cạnh tỷ lệ chung: kỳ lịch dương từ một quý trở lên, đơn vị có trong kỳ.
-- A month is the business of the control chart. Periods of one span (the year to date of a closed year) stand once.
with told as (
    select distinct
        figure.indicator,
        figure.unit_code,
        figure.period_start,
        figure.period_end,
        figure.as_at,
        figure.numerator,
        figure.denominator
    from indicators.figures as figure
    inner join reference.definitions as definition using (indicator, definition)
    inner join reference.indicators as known using (indicator, applicant_group)
    where
        definition.is_headline
        and definition.measure = 'rate'
        and figure.as_at between definition.holds_from and definition.holds_to
        and figure.period_calendar = 'iso'
        and figure.period_kind <> 'month'
        and figure.denominator > 0
),

-- The general rate: of the whole province where it is told, else of the Office's scope.
general as (
    select
        told.indicator,
        told.period_start,
        told.period_end,
        arg_max(told.numerator, told.unit_code = closing.org_code)      as total_numerator,
        arg_max(told.denominator, told.unit_code = closing.org_code)    as total_denominator
    from told
    cross join reference.closing as closing
    where told.unit_code in ('VP', closing.org_code)
    group by all
),

-- A unit is compared for the time it was there; what comes to its code afterwards says nothing of it.
lived as (
    select
        unit_code,
        existed_from,
        existed_until
    from core.unit_spans
    where view = 'as_was'
    union all
    select
        unit_code,
        valid_from,
        coalesce(valid_to, date '9999-12-31')
    from core.office_units
    where unit_code not in (select unit_code from core.units)
),

placed as (
    select distinct told.*
    from told
    inner join lived
        on
            told.unit_code = lived.unit_code
            and lived.existed_from <= told.as_at
            and lived.existed_until >= told.period_start
    cross join reference.closing as closing
    where told.unit_code not in ('VP', closing.org_code)
)

select
    placed.indicator,
    placed.unit_code,
    placed.period_start,
    placed.period_end,
    placed.as_at,
    placed.numerator::bigint            as numerator,
    placed.denominator::bigint          as denominator,
    general.total_numerator::bigint     as total_numerator,
    general.total_denominator::bigint   as total_denominator,
    placed.denominator >= (rules.value ->> '$.it_nhat')::integer    as is_enough,
    -- Each case once among those that are compared with each other: nobody below who is told too.
    not exists (
        select 1
        from core.scopes as scope
        inner join placed as below
            on
                below.unit_code = scope.unit_code
                and below.indicator = placed.indicator
                and below.period_start = placed.period_start
                and below.period_end = placed.period_end
        where scope.scope_code = placed.unit_code and scope.unit_code <> placed.unit_code
    )                                   as is_apart
from placed
inner join general using (indicator, period_start, period_end)
inner join reference.parameters as rules
    on rules.code = 'funnel' and placed.as_at between rules.holds_from and rules.holds_to
