-- Hành động khắc phục đúng hạn, có hiệu lực, sự không phù hợp tái diễn: theo kỳ và nguồn phát hiện.
with judged as (
    select
        'dung_han'                                                  as figure,
        found_by,
        due_on                                                      as on_date,
        coalesce(done_on <= due_on, false)                          as is_counted,
        -- Two rows of one form that differ may mean either.
        differing_columns is not null                               as is_open
    from core.nonconformities, reference.closing as closing
    -- What is due on the closing date itself is in time until that day ends.
    where has_action and (due_on < closing.closing_date or (due_on is not null and done_on is not null))
    union all
    select
        'hieu_luc',
        found_by,
        effectiveness_on,
        effectiveness = 'Có hiệu lực',
        differing_columns is not null
    from core.nonconformities
    where effectiveness_on is not null
    union all
    select
        'tai_dien',
        found_by,
        opened_on,
        recurs_of is not null,
        false
    from core.nonconformities
),

offered as (
    select
        figure.name                                                 as figure,
        source.found_by                                             as source,
        period.period_kind,
        period.period_start,
        period.period_end,
        period.as_at
    from core.periods as period
    cross join (select unnest(['dung_han', 'hieu_luc', 'tai_dien']) as name) as figure
    cross join (
        select 'Tất cả' as found_by
        union
        select found_by from core.nonconformities
    ) as source
    where period.period_calendar = 'iso'
)

select
    offered.figure,
    offered.source,
    offered.period_kind,
    offered.period_start,
    offered.period_end,
    count(*) filter (where judged.is_counted and not judged.is_open)    as numerator,
    count(judged.figure) filter (where not judged.is_open)          as denominator,
    count(judged.figure) filter (where judged.is_open)              as undetermined,
    numerator / nullif(denominator, 0)                              as actual,
    numerator / nullif(denominator + undetermined, 0)               as lower_bound,
    (numerator + undetermined) / nullif(denominator + undetermined, 0)  as upper_bound
from offered
left join judged
    on
        judged.figure = offered.figure
        and offered.source in ('Tất cả', judged.found_by)
        and judged.on_date between offered.period_start and offered.as_at
group by all
order by all
