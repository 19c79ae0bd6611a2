-- MT3 của một kỳ chỉ xét quyết định công bố trong kỳ: phần phải cộng thêm vào số lũy kế từ đầu năm tại cùng ngày chốt.
-- Figures of stocks are those of their day (indicators.mt3: the year so far). This is what makes them those of each
-- period; only procedures that had an announcement can differ.
with spans as (
    select distinct
        span_as_at as as_at,
        span_start as since
    from core.period_spans
),

touched as (
    select distinct
        as_at,
        procedure_code
    from indicators.mt3_parts
    where since is not null
),

judged as (
    select
        spans.as_at,
        spans.since,
        touched.procedure_code,
        arg_min(part.outcome, list_position(['excluded', 'failed', 'undetermined', 'met'], part.outcome)) filter (
            where part.since is null or part.since = spans.since
        ) as outcome,
        arg_min(part.outcome, list_position(['excluded', 'failed', 'undetermined', 'met'], part.outcome)) filter (
            where part.since is null or part.since = date_trunc('year', spans.as_at)::date
        ) as outcome_of_year
    from spans
    inner join touched using (as_at)
    inner join indicators.mt3_parts as part using (as_at, procedure_code)
    where spans.since <> date_trunc('year', spans.as_at)::date
    group by spans.as_at, spans.since, touched.procedure_code
),

-- Of a source that was never read everything is undetermined already.
unread as (
    select count(*) > 0 as is_unread
    from core.unread_indicators
    where indicator = 'MT3' and read_on is null
)

select
    'MT3'   as indicator,
    'STD'   as definition,
    '?'     as unit_code,
    'all'   as applicant_group,
    period.* exclude (span_start, span_as_at, is_over),
    sum((outcome = 'met')::integer - (outcome_of_year = 'met')::integer)                        as numerator,
    sum((outcome in ('met', 'failed'))::integer - (outcome_of_year in ('met', 'failed'))::integer) as denominator,
    0                                                                                           as excluded,
    sum((outcome = 'undetermined')::integer - (outcome_of_year = 'undetermined')::integer)      as quarantined
from judged
inner join core.period_spans as period on period.span_as_at = judged.as_at and period.span_start = judged.since
cross join unread
where not unread.is_unread
group by all
