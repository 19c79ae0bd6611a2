-- Theo dõi đánh giá, xếp loại theo năm, quý, tháng (NĐ 335/2025/NĐ-CP): đã đủ mọi người chưa, bao nhiêu người tốt.
with rules as (
    select
        staff,
        holds_from,
        holds_to,
        split_part(min(citation), ':', 1)           as citation,
        bool_or(lowest_score is not null)           as asks_points
    from reference.rating_bands
    group by staff, holds_from, holds_to
),

standing as (
    select
        year,
        period_kind,
        period_end,
        staff,
        person,
        category in ('Hoàn thành xuất sắc nhiệm vụ', 'Hoàn thành tốt nhiệm vụ')     as is_good,
        category = 'Hoàn thành xuất sắc nhiệm vụ'                                   as is_excellent,
        category <> 'Chưa xếp loại' and differing_columns is null and contradiction is null
        and (has_decision or period_kind <> 'year')                                 as is_certain
    from indicators.ratings
    where is_standing and kind <> 'Hợp đồng'
),

counted as (
    select
        year,
        period_kind,
        period_end,
        staff,
        count(*) filter (where is_certain)                      as rated,
        count(*) filter (where is_certain and is_good)          as good_or_better,
        count(*) filter (where is_certain and is_excellent)     as excellent
    from standing
    group by all
),

-- Whoever held a post at the end of the period is expected to have a rating of it.
missing as (
    select
        period.period_end,
        period.period_kind,
        if(standard.definition = 'VC', 'vien_chuc', 'can_bo_cong_chuc')     as staff,
        count(*)                                                            as people,
        count(*) filter (where standing.person is null)                     as unnamed
    from core.periods as period
    inner join indicators.title_standards as standard on standard.on_date = period.as_at
    left join standing
        on
            standing.period_end = period.period_end
            and standing.period_kind = period.period_kind
            and standing.person = standard.person
    where period.period_calendar = 'iso' and standard.outcome <> 'excluded'
    group by all
)

select
    year(period.period_end)::integer    as objective_year,
    period.period_kind,
    period.period_end,
    rules.staff                         as staff_group,
    case
        when not period.is_over and counted.staff is null then 'Chưa đến kỳ'
        when counted.staff is null then 'Chưa có'
        when coalesce(missing.unnamed, 0) > 0 then 'Một phần'
        else 'Đủ'
    end                                 as state,
    -- Of people nothing is counted by month, nor where fewer than five are decided (T33).
    if(period.period_kind <> 'month' and counted.rated >= 5, counted.rated, null)           as rated,
    if(period.period_kind <> 'month' and counted.rated >= 5, counted.good_or_better, null)  as good_or_better,
    if(period.period_kind <> 'month' and counted.rated >= 5, counted.excellent, null)       as excellent,
    rules.citation
from core.periods as period
inner join rules on period.period_end between rules.holds_from and rules.holds_to
left join counted
    on
        counted.period_end = period.period_end
        and counted.period_kind = period.period_kind
        and counted.staff = rules.staff
left join missing
    on
        missing.period_end = period.period_end
        and missing.period_kind = period.period_kind
        and missing.staff = rules.staff
where
    period.period_calendar = 'iso'
    and period.period_kind in ('month', 'quarter', 'year')
    -- Months and quarters are followed where the decree asks points; what the register has is shown anyhow.
    and (rules.asks_points or period.period_kind = 'year' or counted.staff is not null)
    and coalesce(missing.people, 5) >= 5
