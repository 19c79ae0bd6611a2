-- Kết quả đo được cho xem xét của lãnh đạo (ISO 9.3.2 c): mục tiêu, quá trình, theo dõi, các hệ thống cung cấp số liệu.
with headline as (
    select result.*
    from marts.indicator_result as result
    inner join reference.closing as closing using (closing_date)
    inner join reference.indicators as known using (indicator, applicant_group)
    inner join core.headlines as headline
        on
            headline.indicator = result.indicator
            and headline.unit_code = result.unit_code
            and headline.objective_year = year(result.period_end)
            and headline.is_headline
    inner join core.headline_period as period on period.period_start = result.period_start
    where result.is_headline and result.period_calendar = 'iso' and result.period_kind = 'year_to_date'
),

verdicts as (
    select
        verdict,
        count(*) as objectives
    from headline
    group by verdict
)

select
    2   as part,
    coalesce(string_agg(verdict || ': ' || objectives, '; ' order by objectives desc, verdict asc), '—') as facts
from verdicts
union all
select
    3,
    coalesce(string_agg(
        indicator || ' '
        || if(measure = 'rate', numerator || '/' || denominator, measured_text(actual, unit_of_measure)),
        '; ' order by indicator
    ), '—')
from headline
where denominator > 0
union all
select
    5,
    format(
        '{} dấu hiệu bất thường thuộc {} loại; {} lượt kiểm tra chưa đạt',
        count(*), count(distinct trap), any_value(failed.visits)
    )
from marts.anomaly
cross join (
    select count(*) as visits
    from marts.inspection
    where result = 'Chưa đạt'
) as failed
inner join core.headline_period as period on occurred_on between period.period_start and period.as_at
union all
select
    7,
    format('{} bản ghi khác nhau giữa các hệ thống cung cấp số liệu', coalesce(sum(conflicting), 0))
from marts.reconciliation
