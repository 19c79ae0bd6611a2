-- Mỗi kết quả đặt cạnh mức giao có hiệu lực với nó, và số ít nhất, nhiều nhất mà kết quả có thể là.
-- Other readings of a headline (`reading`) stand beside it and are held to the same targets.
-- An indicator of a family that has never had a record has no data; where others have, nothing occurred.
with cases as (
    select
        *,
        null::varchar as reading
    from indicators.figures
    union all by name
    select * from indicators.reading_figures
),

families as (
    select distinct known.family
    from indicators.figures
    inner join reference.indicators as known using (indicator)
    where numerator + denominator + excluded + quarantined > 0
)

select
    figure.*,
    definition.is_headline,
    definition.basis,
    definition.is_cumulative,
    definition.measure in ('rate', 'milestone')                 as is_rate,
    definition.measure,
    definition.unit_of_measure,
    definition.decimals,
    objective.commitment_verb,
    objective.is_example,
    period.is_over,
    figure.period_end < objective.valid_from                    as is_retrospective,
    -- The decision speaks of organisations and of persons: a group nobody knows has no verdict of its own.
    (definition.has_target or figure.reading is not null)
    and figure.applicant_group <> 'chua_xac_dinh'
    -- "At most three in the year" says nothing of a month.
    and (definition.measure not in ('count', 'sum') or figure.period_kind in ('year', 'year_to_date')) as is_judged,
    -- Where no target binds, what is cited is how the figure is counted.
    if(
        binding.target is null or not is_judged,
        definition.citation,
        objective.citation || if(binding.is_own, '; ' || binding.citation, '')
    )
    || if(is_retrospective, ' (đo hồi cứu: kỳ kết thúc trước ngày Quyết định có hiệu lực)', '') as citation,
    figure.denominator + figure.quarantined                     as widest,
    families.family is not null                                 as is_known,
    figure.as_at < coalesce(
        strptime(objective.objective_year || '-' || definition.assessed_from, '%Y-%m-%d')::date,
        figure.as_at
    )                                                           as is_early,
    if(is_judged, binding.operator, null)                       as operator,
    if(is_judged, binding.target, null)                         as target,
    if(is_judged, binding.interim_target, null)                 as interim_target,
    if(is_judged, binding.target_micro, null)                   as target_micro,
    if(is_judged, binding.due_micro, null)                      as due_micro,
    if(is_judged, binding.upper_target, null)                   as upper_target,
    if(is_judged, binding.floor_micro, null)                    as floor_micro,
    if(is_judged and not (is_rate and binding.operator = '='), binding.ceiling_micro, null) as ceiling_micro,
    -- The least and the most that the figure may be, in millionths of what they are shares of.
    case
        when is_rate then figure.numerator * 1000000::hugeint
        when definition.measure = 'count' then figure.numerator * 1000000000000::hugeint
        when figure.quarantined = 0 or definition.measure = 'sum'
            then (coalesce(figure.amount, 0) * 1000000)::hugeint * 1000000
    end                                                         as least,
    case
        when is_rate then (figure.numerator + figure.quarantined + figure.doubtful) * 1000000::hugeint
        when definition.measure = 'count' then (figure.numerator + figure.quarantined) * 1000000000000::hugeint
        when figure.quarantined = 0 then least
    end                                                         as most,
    case
        when is_rate then widest::hugeint
        when definition.measure in ('count', 'sum') then 1000000::hugeint
        else (figure.base * 1000000)::hugeint
    end                                                         as share_of
from cases as figure
inner join reference.definitions as definition
    using (indicator, definition)
inner join reference.objectives as objective
    on
        objective.indicator = figure.indicator
        and objective.objective_year = year(figure.period_end)
inner join reference.indicators as known on known.indicator = figure.indicator
inner join core.periods as period using (period_calendar, period_kind, period_start)
left join families on families.family = known.family
left join indicators.targets as binding
    using (indicator, unit_code, period_calendar, period_kind, period_start)
where figure.as_at between definition.holds_from and definition.holds_to
