-- Kết quả từng chỉ tiêu theo định nghĩa, đơn vị, đối tượng và kỳ, kèm căn cứ, khoảng giá trị có thể và kết luận.
-- partitioned by closing_date
with warned as (
    select cast(cast(value as double) * 1000000 as bigint) as band_micro
    from reference.parameters
    where code = 'warning_band'
),

targeted as (
    select
        figure.*,
        definition.is_headline,
        objective.commitment_verb,
        objective.citation
        || if(
            figure.period_end < objective.valid_from,
            ' (đo hồi cứu: kỳ kết thúc trước ngày Quyết định có hiệu lực)',
            ''
        )                                                           as citation,
        if(definition.has_target, target.operator, null)            as operator,
        if(definition.has_target, target.target, null)              as target,
        if(definition.has_target, (target.target * 1000000)::bigint, null) as target_micro
    from indicators.figures as figure
    inner join reference.definitions as definition using (indicator, definition)
    inner join reference.objectives as objective
        on objective.indicator = figure.indicator
        and objective.objective_year = year(figure.period_end)
    left join reference.targets as target
        on target.indicator = figure.indicator
        and coalesce(target.unit_code, figure.unit_code) = figure.unit_code
        and target.valid_from <= make_date(objective.objective_year, 12, 31)
        and coalesce(target.valid_to, date '9999-12-31') >= figure.period_start
    -- A unit's own target beats the Office's; the one in force at the end of the period beats a later one.
    qualify row_number() over (
        partition by
            figure.indicator, figure.definition, figure.unit_code, figure.applicant_group,
            figure.period_calendar, figure.period_kind, figure.period_start
        order by target.unit_code nulls last, target.valid_from <= figure.period_end desc, target.valid_from desc
    ) = 1
),

-- Integers are compared, never rounded percentages (domain T32).
compared as (
    select
        targeted.*,
        targeted.denominator + targeted.quarantined                 as widest,
        coalesce(
            cautious.numerator * 1000000::hugeint < targeted.target_micro * cautious.denominator, false
        )                                                           as is_cautious_rate_below,
        warned.band_micro
    from targeted
    cross join warned
    left join indicators.figures as cautious
        on targeted.definition = 'R1'
        and cautious.definition = 'R3'
        and cautious.indicator = targeted.indicator
        and cautious.unit_code = targeted.unit_code
        and cautious.applicant_group = targeted.applicant_group
        and cautious.period_calendar = targeted.period_calendar
        and cautious.period_kind = targeted.period_kind
        and cautious.period_start = targeted.period_start
),

judged as (
    select
        *,
        case
            when target_micro is null then 'Không áp dụng'
            when widest = 0 then 'Không phát sinh'
            when (numerator + quarantined) * 1000000::hugeint < target_micro * widest then 'Chưa đạt'
            when numerator * 1000000::hugeint < target_micro * widest then 'Chưa đủ căn cứ'
            when
                target_micro < 1000000 and (
                    numerator * 1000000::hugeint < (target_micro + band_micro) * denominator
                    or is_cautious_rate_below
                )
                then 'Cảnh báo'
            else 'Đạt'
        end as own_verdict
    from compared
),

-- The target binds each applicant group, so MT1 is no better than MT1a and MT1b (P-02).
bound as (
    select
        judged.*,
        arg_max(judged.own_verdict, verdict.severity)
            filter (where judged.applicant_group <> 'chua_xac_dinh') over same_figure as worst_verdict
    from judged
    left join reference.verdicts as verdict on verdict.label = judged.own_verdict
    window same_figure as (
        partition by
            judged.definition, judged.unit_code, judged.period_calendar, judged.period_kind,
            judged.period_start
    )
)

select
    closing.closing_date,
    bound.indicator,
    bound.definition,
    bound.is_headline,
    bound.unit_code,
    coalesce(unit.unit_name, scope.name, bound.unit_code)           as unit_name,
    bound.applicant_group,
    bound.period_calendar,
    bound.period_kind,
    bound.period_start,
    bound.period_end,
    bound.numerator,
    bound.denominator,
    bound.excluded,
    bound.quarantined,
    bound.numerator / nullif(bound.denominator, 0)                  as actual,
    bound.numerator / nullif(bound.widest, 0)                       as lower_bound,
    (bound.numerator + bound.quarantined) / nullif(bound.widest, 0) as upper_bound,
    bound.operator,
    bound.target::double                                            as target,
    case
        when bound.indicator = 'MT1' and bound.applicant_group = 'all' and bound.target is not null
            then bound.worst_verdict
        else bound.own_verdict
    end                                                             as verdict,
    bound.denominator * (1000000 - bound.target_micro) // 1000000   as failures_allowed,
    case
        when bound.numerator * 1000000::hugeint >= bound.target_micro * bound.denominator then 0
        when bound.target_micro < 1000000
            then ceil(
                (bound.target_micro * bound.denominator - bound.numerator * 1000000)
                / (1000000 - bound.target_micro)
            )::bigint
    end                                                             as successes_needed,
    bound.citation,
    bound.commitment_verb,
    definitions.content_hash                                        as definition_version,
    calendar.content_hash                                           as calendar_version,
    closing.known_from,
    closing.run_id
from bound
cross join reference.closing as closing
left join core.units as unit on unit.unit_code = bound.unit_code
left join (values ('VP', 'Phạm vi mục tiêu của Văn phòng UBND tỉnh')) as scope (unit_code, name)
    on scope.unit_code = bound.unit_code
left join reference.versions as definitions on definitions.name = 'definitions'
left join reference.versions as calendar on calendar.name = 'calendar'
