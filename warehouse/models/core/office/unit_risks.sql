-- Rủi ro và cơ hội của phòng, đơn vị, kèm điểm và mức tính lại theo thang đang dùng (P-20).
with scale as (
    select
        level.level,
        level.lowest,
        level.highest,
        max(level.highest) over (partition by decision.holds_from)  as highest_score,
        decision.holds_from,
        decision.holds_to
    from reference.risk_levels as level
    -- The register of a year is on the scale that holds as the year ends.
    inner join reference.parameters as decision on decision.code = 'P-20' and (decision.value ->> '$') = level.scale
),

placed as (
    select
        risk.*,
        coalesce(name.unit_code, '?')                                       as unit_code,
        stated(risk.approved_number, placeholder.words) and risk.approved_on is not null as is_approved,
        -- The scale is square: the highest score is the highest probability times the highest severity.
        coalesce(
            least(risk.probability, risk.severity) >= 1
            and greatest(risk.probability, risk.severity) ** 2 <= (
                select max(scale.highest_score) from scale
                where make_date(risk.year, 12, 31) between scale.holds_from and scale.holds_to
            ),
            false
        )                                                                   as is_on_scale,
        risk.probability * risk.severity                                    as computed_score
    from staging.registers__risks as risk
    cross join core.placeholder_words as placeholder
    left join core.office_unit_names as name on name.folded_name = fold_ascii(risk.unit)
)

select
    placed.*,
    scale.level                                                             as computed_level,
    coalesce(placed.score = placed.computed_score, false)                   as is_score_right,
    coalesce(placed.level = scale.level, false)                             as is_level_right
from placed
left join scale
    on
        placed.is_on_scale
        and make_date(placed.year, 12, 31) between scale.holds_from and scale.holds_to
        and placed.computed_score between scale.lowest and scale.highest
