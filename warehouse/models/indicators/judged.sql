-- Mỗi kết quả với chỉ tiêu của nó và kết luận riêng, chưa xét ràng buộc giữa các nhóm đối tượng.
-- An indicator of a family that has never had a record has no data; where others have, nothing occurred.
with families as (
    select distinct known.family
    from indicators.figures
    inner join reference.indicators as known using (indicator)
    where numerator + denominator + excluded + quarantined > 0
),

targeted as (
    select
        figure.*,
        definition.is_headline,
        definition.basis,
        definition.is_cumulative,
        objective.commitment_verb,
        objective.citation
        || coalesce('; ' || own.citation, '')
        || if(
            figure.period_end < objective.valid_from,
            ' (đo hồi cứu: kỳ kết thúc trước ngày Quyết định có hiệu lực)', ''
        )                                                           as citation,
        figure.denominator + figure.quarantined                     as widest,
        families.family is not null                                 as is_known,
        figure.as_at < coalesce(
            strptime(objective.objective_year || '-' || definition.assessed_from, '%Y-%m-%d')::date,
            figure.as_at
        )                                                           as is_early,
        if(definition.has_target, coalesce(own.operator, office.operator), null)                as operator,
        if(definition.has_target, coalesce(own.target, office.target), null)                    as target,
        if(definition.has_target, coalesce(own.interim_target, office.interim_target), null)    as interim_target,
        if(definition.has_target, coalesce(own.target_micro, office.target_micro), null)        as target_micro,
        if(definition.has_target, coalesce(own.due_micro, office.due_micro), null)              as due_micro
    from indicators.figures as figure
    inner join reference.definitions as definition using (indicator, definition)
    inner join reference.objectives as objective
        on
            objective.indicator = figure.indicator
            and objective.objective_year = year(figure.period_end)
    inner join reference.indicators as known on known.indicator = figure.indicator
    left join families on families.family = known.family
    left join (
        select * exclude (unit_code) from indicators.targets
        where unit_code is null
    ) as office
        using (indicator, period_calendar, period_kind, period_start)
    left join indicators.targets as own
        using (indicator, unit_code, period_calendar, period_kind, period_start)
),

cautious as (
    select
        indicator,
        unit_code,
        applicant_group,
        period_calendar,
        period_kind,
        period_start,
        numerator * 1000000::hugeint < due_micro * denominator   as is_cautious_rate_below
    from targeted
    where definition = 'R3'
),

-- Where two systems differ beyond their tolerance in a month of the period, nothing can be concluded from it.
lowered as (
    select distinct
        figure.indicator,
        figure.unit_code,
        figure.period_calendar,
        figure.period_kind,
        figure.period_start,
        true as is_lowered
    from indicators.figures as figure
    inner join reference.indicators as known using (indicator)
    inner join core.reconciliation_gaps as gap
        on
            known.family = gap.indicators
            and gap.unit_code in (figure.unit_code, '*')
            and gap.period_start <= figure.as_at
            and gap.period_end >= figure.period_start
    where gap.consequence = 'lower_verdict'
)

-- Integers are compared, never rounded percentages (domain T32).
select
    targeted.* exclude (basis, is_cumulative, is_known, is_early),
    reported_rate(numerator, denominator, quarantined, decided.least_share) as actual,
    case
        when target_micro is null then 'Không áp dụng'
        -- What must be reached once in the year may be reached early; until its day nothing else can be said.
        when
            is_early and interim_target is null and (
                not is_cumulative or widest = 0 or numerator * 1000000::hugeint < target_micro * widest
            ) then 'Chưa đến kỳ đánh giá'
        when coalesce(lowered.is_lowered, false) then 'Chưa đủ căn cứ'
        when widest = 0 and (basis = 'state' or not is_known) then 'Chưa có số liệu'
        when widest = 0 then 'Không phát sinh'
        when (numerator + quarantined) * 1000000::hugeint < due_micro * widest then 'Chưa đạt'
        when numerator * 1000000::hugeint < due_micro * widest then 'Chưa đủ căn cứ'
        when due_micro < 1000000 and (
            numerator * 1000000::hugeint < (due_micro + warned.band_micro) * denominator
            or (definition = 'R1' and coalesce(cautious.is_cautious_rate_below, false))
        ) then 'Cảnh báo'
        else 'Đạt'
    end as own_verdict,
    -- Told where the figure alone does not say why.
    nullif(concat_ws(
        '; ',
        case own_verdict
            when 'Chưa đủ căn cứ'
                then
                    if(
                        coalesce(lowered.is_lowered, false),
                        'Hai hệ thống chênh nhau quá mức cho phép trong kỳ, xem bảng đối soát',
                        quarantined || ' bản ghi tách riêng hoặc chưa xác định có thể làm đổi kết luận'
                    )
            when 'Cảnh báo' then if(
                coalesce(cautious.is_cautious_rate_below, false),
                'Đạt, nhưng tính thận trọng theo định nghĩa R3 thì chưa đạt',
                'Đạt, nhưng sát mức giao'
            )
        end,
        if(
            denominator > 0 and actual is null,
            'Không nêu tỷ lệ vì mới xác định được ' || denominator || '/' || widest || ' bản ghi', null
        )
    ), '') as own_reason
from targeted
cross join (
    select cast(cast(value as double) * 1000000 as bigint) as band_micro
    from reference.parameters
    where code = 'warning_band'
) as warned
cross join (
    select cast(value as double) as least_share
    from reference.parameters
    where code = 'reported_share'
) as decided
left join cautious
    using (indicator, unit_code, applicant_group, period_calendar, period_kind, period_start)
left join lowered using (indicator, unit_code, period_calendar, period_kind, period_start)
