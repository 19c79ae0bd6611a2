-- Chất lượng của từng chỉ tiêu, phần đọc từ nguồn: kịp thời, độ phủ căn cứ, nộp sổ đúng hạn.
with headline as (
    select
        definition.indicator,
        definition.definition
    from reference.definitions as definition
    cross join reference.closing as closing
    where definition.is_headline and closing.closing_date between definition.holds_from and definition.holds_to
),

feeds as (
    select distinct
        headline.indicator,
        source.system,
        source.resource
    from headline
    inner join reference.indicator_sources as source using (indicator, definition)
),

readings as (
    select
        extraction.system,
        extraction.resource,
        local_day(max(extraction.ended_at)) as read_on
    from ledger.extractions as extraction
    cross join reference.closing as closing
    where extraction.outcome = 'succeeded' and extraction.started_at < closing.known_until
    group by all
)

select
    feeds.indicator,
    'timeliness'                                                        as heading,
    'days_since_reading'                                                as measure,
    max(greatest(closing.closing_date - readings.read_on, 0))::double   as value,
    format(
        'Căn cứ cũ nhất đọc ngày {}, ngày chốt {}.', strftime(min(readings.read_on), '%d/%m/%Y'),
        strftime(any_value(closing.closing_date), '%d/%m/%Y')
    )                                                                   as words
from feeds
inner join readings using (system, resource)
cross join reference.closing as closing
group by feeds.indicator
union all
select
    feeds.indicator,
    'timeliness',
    'registers_on_time',
    sum(rate.on_time) / nullif(count(rate.on_time), 0),
    format(
        'Sổ làm căn cứ: {} lượt phải nộp, {} đã nộp, {} đúng hạn, {} không rõ nộp lúc nào.', sum(rate.expected)::bigint,
        sum(rate.delivered)::bigint, coalesce(sum(rate.on_time), 0)::bigint,
        count(*) filter (where rate.state = 'khong_ro')
    )
from feeds
inner join marts.reporting_rate as rate on feeds.system = 'registers' and rate.register = feeds.resource
cross join reference.closing as closing
where rate.expected = 1 and year(rate.period_end) = year(closing.closing_date)
group by feeds.indicator
union all
select
    axis.indicator,
    'coverage',
    'evidence',
    sum(evidence.seen) / nullif(sum(evidence.expected), 0),
    format('Căn cứ của trục: thấy {} trên {} phải có.', sum(evidence.seen)::bigint, sum(evidence.expected)::bigint)
from marts.evidence_coverage as evidence
cross join reference.closing as closing
inner join (
    select distinct indicator from feeds
    where system = 'axis'
) as axis on year(evidence.period_start) = year(closing.closing_date)
group by axis.indicator
