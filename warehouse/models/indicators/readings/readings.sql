-- Các cách đọc của mỗi chỉ tiêu chính trong năm của ngày chốt: cách đọc chính trước, rồi từng cách đọc khác với nó.
with headline as (
    select
        objective.indicator,
        objective.objective_year,
        objective.valid_from                                as binding_from,
        headline.unit_code,
        known.applicant_group,
        if(known.applicant_group = 'all', null, known.part_of) as part_of,
        definition.definition,
        definition.label,
        definition.citation,
        period.period_start,
        period.as_at
    from core.headlines as headline
    inner join core.headline_period as period on headline.objective_year = year(period.period_start)
    inner join reference.objectives as objective using (indicator, objective_year)
    inner join reference.indicators as known using (indicator)
    inner join reference.definitions as definition
        on
            definition.indicator = headline.indicator
            and definition.is_headline
            and period.as_at between definition.holds_from and definition.holds_to
    where headline.is_headline
),

others as (
    select
        headline.* exclude (label, citation),
        reading.* exclude (indicator, definitions, is_province_wide, valid_from, valid_to, holds_from, holds_to),
        string_split(coalesce(nullif(reading.definitions, ''), headline.definition), ' ') as counts,
        counts = [headline.definition] and reading.period_calendar = 'iso' and not reading.is_province_wide as is_same,
        if(reading.is_province_wide, closing.org_code, headline.unit_code)      as counted_unit,
        if(reading.counted = 'since_decision', headline.binding_from, headline.period_start) as counted_from,
        -- Whether its groups bind a whole makes no difference to a group; its figure binds the whole all the same.
        coalesce(reading.parameter <> 'P-02', true) or headline.part_of is null as is_told
    from headline
    inner join reference.readings as reading
        on
            reading.indicator in (headline.indicator, headline.part_of)
            and headline.as_at between reading.holds_from and reading.holds_to
    cross join reference.closing as closing
    left join reference.parameters as parameter
        on parameter.code = reading.parameter and headline.as_at between parameter.holds_from and parameter.holds_to
    -- What the Office has decided so is the headline's own reading.
    where reading.value is null or reading.value is distinct from (parameter.value ->> '$')
)

select
    others.* exclude (binding_from, part_of, is_same, counts, definition),
    counts      as definitions,
    counts[1]   as definition,
    false       as is_headline
from others
where
    -- Which verdicts bind is read otherwise without another figure.
    not (counted = 'figures' and is_same and coalesce(parameter not in ('P-02', 'P-21'), true))
    and not (counted = 'since_decision' and binding_from <= period_start)
union all by name
select
    headline.* exclude (binding_from, part_of),
    definition      as reading,
    0               as position,
    'figures'       as counted,
    [definition]    as definitions,
    'iso'           as period_calendar,
    unit_code       as counted_unit,
    period_start    as counted_from,
    true            as is_told,
    true            as is_headline,
    'Văn phòng (cách đọc chính)' as used_by
from headline
