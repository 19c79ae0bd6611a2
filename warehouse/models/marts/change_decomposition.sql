-- Thay đổi của tỷ lệ giữa hai kỳ liền nhau: phần do cơ cấu và do kết quả từng đơn vị, cộng đúng đến chữ số cuối.
with
-- Nine decimals as whole numbers (10^-9); what rounding leaves over goes to the largest remainders, so nothing is lost.
billionths as (
    select
        *,
        (2000000000::hugeint * total_numerator_after + total_denominator_after)
        // (2 * total_denominator_after)::hugeint                       as total_after,
        (2000000000::hugeint * total_numerator_before + total_denominator_before)
        // (2 * total_denominator_before)::hugeint                      as total_before
    from core.change_effects
),

effects as (
    select
        indicator,
        scope_code,
        period_kind,
        span_end,
        unit_code,
        total_after - total_before              as total_change,
        unnest(['mix', 'rate'])                 as effect,
        unnest([mix_effect, rate_effect]) * 1e9 as exact,
        floor(exact)::bigint                    as whole_part
    from billionths
),

ranked as (
    select
        *,
        count(*) over whole                                 as parts,
        total_change - sum(whole_part) over whole           as residue,
        row_number() over (
            partition by indicator, scope_code, period_kind, span_end
            order by exact - whole_part desc, unit_code asc, effect asc
        )                                                   as position
    from effects
    window whole as (partition by indicator, scope_code, period_kind, span_end)
),

-- The residue lies between none and one for every part, save when both totals were rounded away from each other.
given as (
    select
        *,
        whole_part + floor(residue / parts)::bigint
        + (position <= residue - floor(residue / parts)::bigint * parts)::integer as amount
    from ranked
),

shared_out as (
    select
        indicator,
        scope_code,
        period_kind,
        span_end,
        unit_code,
        sum(amount) filter (where effect = 'mix')   as mix,
        sum(amount) filter (where effect = 'rate')  as rate
    from given
    group by all
)

select
    billionths.indicator,
    billionths.definition,
    billionths.scope_code                                                       as unit_code,
    billionths.unit_code                                                        as child_unit_code,
    coalesce(unit.unit_name, billionths.unit_code)                              as child_unit_name,
    billionths.period_kind,
    span.span_start                                                             as period_start,
    span.span_end                                                               as period_end,
    span.previous_start,
    span.previous_end,
    billionths.numerator_before,
    billionths.denominator_before,
    billionths.numerator_after,
    billionths.denominator_after,
    (shared_out.mix / 1e9)::decimal(12, 9)                                      as mix_effect,
    (shared_out.rate / 1e9)::decimal(12, 9)                                     as rate_effect,
    (billionths.total_before / 1e9)::decimal(12, 9)                             as total_before,
    (billionths.total_after / 1e9)::decimal(12, 9)                              as total_after,
    ((billionths.total_after - billionths.total_before) / 1e9)::decimal(12, 9)  as total_change
from billionths
inner join shared_out using (indicator, scope_code, period_kind, span_end, unit_code)
inner join core.compared_spans as span using (period_kind, span_end)
left join core.units as unit on unit.unit_code = billionths.unit_code
