-- Đóng góp của từng đơn vị vào thay đổi của tỷ lệ chung, tách thành cơ cấu và kết quả, chưa làm tròn.
with counts as (
    select
        flow.indicator,
        flow.definition,
        scope.scope_code,
        flow.unit_code,
        span.period_kind,
        span.span_end,
        sum(if(flow.on_date between span.previous_start and span.previous_end, flow.numerator, 0))::bigint
            as numerator_before,
        sum(if(flow.on_date between span.previous_start and span.previous_end, flow.denominator, 0))::bigint
            as denominator_before,
        sum(if(flow.on_date between span.span_start and span.span_end, flow.numerator, 0))::bigint
            as numerator_after,
        sum(if(flow.on_date between span.span_start and span.span_end, flow.denominator, 0))::bigint
            as denominator_after
    from core.dossier_flows as flow
    inner join core.compared_spans as span
        on flow.on_date between span.previous_start and span.span_end
    cross join reference.closing as closing
    inner join core.unit_scope_spans as scope
        on
            flow.unit_code = scope.unit_code
            and scope.scope_code in ('VP', closing.org_code)
            and span.span_end between scope.holds_from and scope.holds_to
    group by all
),

shares as (
    select
        *,
        sum(numerator_before) over whole                                as total_numerator_before,
        sum(denominator_before) over whole                              as total_denominator_before,
        sum(numerator_after) over whole                                 as total_numerator_after,
        sum(denominator_after) over whole                               as total_denominator_after,
        -- A unit without dossiers on one side has no rate there: its whole effect is that of its share.
        coalesce(
            numerator_before / nullif(denominator_before, 0), numerator_after / nullif(denominator_after, 0)
        )                                                               as rate_before,
        coalesce(
            numerator_after / nullif(denominator_after, 0), numerator_before / nullif(denominator_before, 0)
        )                                                               as rate_after
    from counts
    where denominator_before + denominator_after > 0
    window whole as (partition by indicator, definition, scope_code, period_kind, span_end)
),

-- Kitagawa (1955), with shares w and rates r: change = Σ (w1 − w0)·((r0 + r1)/2 − R) + Σ (r1 − r0)·(w0 + w1)/2.
-- R, the mean of both total rates, cancels out, and makes a share lost by a weak unit a gain.
effects as (
    select
        *,
        (denominator_after / total_denominator_after - denominator_before / total_denominator_before)
        * (
            (rate_before + rate_after) / 2
            - (
                total_numerator_before / total_denominator_before + total_numerator_after / total_denominator_after
            ) / 2
        )                                                                   as mix_effect,
        (denominator_after / total_denominator_after + denominator_before / total_denominator_before) / 2
        * (rate_after - rate_before)                                        as rate_effect
    from shares
    where total_denominator_before > 0 and total_denominator_after > 0
)

-- Minus zero is zero: both are equal, and only one has the same bytes every time.
select
    * replace (if(mix_effect = 0, 0, mix_effect) as mix_effect, if(rate_effect = 0, 0, rate_effect) as rate_effect)
from effects
