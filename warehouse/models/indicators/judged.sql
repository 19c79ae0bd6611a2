-- Mỗi kết quả với chỉ tiêu của nó và kết luận riêng, chưa xét ràng buộc giữa các nhóm đối tượng.
with targeted as (
    select
        figure.*,
        definition.is_headline,
        objective.commitment_verb,
        objective.citation
        || if(
            figure.period_end < objective.valid_from,
            ' (đo hồi cứu: kỳ kết thúc trước ngày Quyết định có hiệu lực)', ''
        )                                                           as citation,
        figure.denominator + figure.quarantined                     as widest,
        if(definition.has_target, coalesce(own.operator, office.operator), null)            as operator,
        if(definition.has_target, coalesce(own.target, office.target), null)                as target,
        if(definition.has_target, coalesce(own.target_micro, office.target_micro), null)    as target_micro
    from indicators.figures as figure
    inner join reference.definitions as definition using (indicator, definition)
    inner join reference.objectives as objective
        on
            objective.indicator = figure.indicator
            and objective.objective_year = year(figure.period_end)
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
        numerator * 1000000::hugeint < target_micro * denominator   as is_cautious_rate_below
    from targeted
    where definition = 'R3'
)

-- Integers are compared, never rounded percentages (domain T32).
select
    targeted.*,
    case
        when target_micro is null then 'Không áp dụng'
        when widest = 0 then 'Không phát sinh'
        when (numerator + quarantined) * 1000000::hugeint < target_micro * widest then 'Chưa đạt'
        when numerator * 1000000::hugeint < target_micro * widest then 'Chưa đủ căn cứ'
        when target_micro < 1000000 and (
            numerator * 1000000::hugeint < (target_micro + warned.band_micro) * denominator
            or (definition = 'R1' and coalesce(cautious.is_cautious_rate_below, false))
        ) then 'Cảnh báo'
        else 'Đạt'
    end as own_verdict
from targeted
cross join (
    select cast(cast(value as double) * 1000000 as bigint) as band_micro
    from reference.parameters
    where code = 'warning_band'
) as warned
left join cautious
    using (indicator, unit_code, applicant_group, period_calendar, period_kind, period_start)
