-- Kết quả đo được hôm nay của từng chỉ tiêu, kể cả của kỳ đã chốt: số được công bố đứng ở marts.indicator_result.
select
    closing.closing_date,
    judged.indicator,
    judged.definition,
    judged.is_headline,
    judged.unit_code,
    coalesce(
        if(judged.unit_code = 'VP', office.scope_name, null), unit.unit_name, room.unit_name, judged.unit_code
    )                                                                   as unit_name,
    judged.unit_code in (
        select scope.scope_code
        from core.scopes as scope
        where scope.unit_code not in (scope.scope_code, '?')
    )                                                                   as is_rollup,
    judged.applicant_group,
    judged.period_calendar,
    judged.period_kind,
    judged.period_start,
    judged.period_end,
    judged.numerator,
    judged.denominator,
    judged.excluded,
    judged.quarantined,
    judged.doubtful,
    judged.actual,
    judged.lower_bound,
    judged.upper_bound,
    judged.operator,
    judged.target::double                                               as target,
    judged.interim_target::double                                       as interim_target,
    coalesce(binding.verdict, judged.own_verdict)                       as verdict,
    nullif(concat_ws(
        '; ',
        if(binding.verdict is null, judged.own_reason, binding.reason),
        -- A period that was over when its sources were read last lacks nothing.
        if(judged.as_at >= coalesce(unread.read_on, judged.period_start), unread.reason, null)
    ), '')                                                              as verdict_reason,
    case
        when judged.is_rate and judged.ceiling_micro is null
            then judged.denominator * (1000000 - judged.target_micro) // 1000000
        when judged.is_rate and judged.operator = '<=' then judged.denominator * judged.target_micro // 1000000
        when judged.measure = 'count' and judged.operator = '<=' then judged.target_micro // 1000000
    end                                                                 as failures_allowed,
    case
        when judged.measure = 'count' and judged.operator = '>='
            then greatest(0, ceil(judged.target)::bigint - judged.numerator)
        when not judged.is_rate or judged.ceiling_micro is not null then null
        when judged.numerator * 1000000::hugeint >= judged.target_micro * judged.denominator then 0
        when judged.target_micro < 1000000
            then ceil(
                (judged.target_micro * judged.denominator - judged.numerator * 1000000)
                / (1000000 - judged.target_micro)
            )::bigint
    end                                                                 as successes_needed,
    judged.citation,
    judged.commitment_verb,
    judged.is_retrospective,
    definitions.content_hash                                            as definition_version,
    calendar.content_hash                                               as calendar_version,
    closing.known_from,
    closing.run_id,
    judged.is_example,
    case
        when judged.is_rate then judged.numerator_last_year / judged.denominator_last_year
        when judged.measure <> 'change' then (judged.amount_last_year / nullif(judged.base_last_year, 0))::double
    end                                                                 as actual_last_year,
    judged.numerator_last_year,
    judged.denominator_last_year,
    judged.early                                                        as settled_early,
    judged.on_time                                                      as settled_on_time,
    judged.measure,
    judged.unit_of_measure,
    judged.decimals,
    judged.upper_target::double                                         as upper_target
from indicators.judged as judged
cross join reference.closing as closing
inner join reference.office as office on closing.closing_date between office.holds_from and office.holds_to
left join indicators.binding_verdicts as binding
    on
        binding.indicator = judged.indicator
        and binding.definition = judged.definition
        and binding.reading is null
        and binding.unit_code = judged.unit_code
        and judged.applicant_group = 'all'
        and binding.period_calendar = judged.period_calendar
        and binding.period_kind = judged.period_kind
        and binding.period_start = judged.period_start
left join core.unread_indicators as unread
    on unread.indicator = judged.indicator and unread.definition = judged.definition
left join core.units as unit on unit.unit_code = judged.unit_code
left join (
    select
        unit_code,
        max_by(unit_name, valid_from) as unit_name
    from core.office_units
    group by unit_code
) as room on room.unit_code = judged.unit_code
left join reference.versions as definitions on definitions.name = 'definitions'
left join reference.versions as calendar on calendar.name = 'calendar'
where judged.reading is null
