-- Chất lượng của từng chỉ tiêu, phần đọc từ chính kết quả: thích hợp, bao phủ, chính xác (theo tiêu mục của ESS/SIMS).
with headline as (
    select
        result.*,
        objective.position,
        objective.clause
    from marts.headline_result as result
    cross join reference.closing as closing
    inner join reference.objectives as objective
        on
            objective.indicator = result.indicator
            and objective.objective_year = year(closing.closing_date)
    where
        result.is_headline_unit
        and result.period_kind = 'year_to_date'
        and year(result.period_start) = year(closing.closing_date)
),

ways as (
    select
        indicator,
        count(distinct definition)                                  as definitions,
        string_agg(distinct definition, ', ' order by definition)   as names
    from reference.definitions as definition
    cross join reference.closing as closing
    where closing.closing_date between definition.holds_from and definition.holds_to
    group by indicator
),

suspected as (
    select
        record_kind,
        count(distinct record_key)                                          as records,
        count(distinct record_key) filter (where severity = 'high')         as grave
    from marts.anomaly
    cross join reference.closing as closing
    where year(occurred_on) = year(closing.closing_date)
    group by record_kind
)

select
    headline.indicator,
    'relevance'                     as heading,
    'target'                        as measure,
    headline.target::double         as value,
    format(
        '{}: {}; {}.', headline.clause, headline.label,
        coalesce(
            'mức giao ' || replace(headline.operator, '>=', '≥') || ' ' || percent_words(headline.target),
            'không có mức giao'
        )
    )                               as words
from headline
union all
select
    headline.indicator,
    'relevance',
    'definitions',
    ways.definitions,
    format('Đo theo {} định nghĩa ({}); định nghĩa chính: {}.', ways.definitions, ways.names, headline.definition)
from headline
inner join ways using (indicator)
union all
select
    indicator,
    'coverage',
    'judged',
    denominator,
    format('{} bản ghi được xét, {} loại trừ có căn cứ.', denominator, excluded)
from headline
union all
select
    indicator,
    'accuracy',
    'undetermined',
    quarantined,
    format(
        '{} bản ghi chưa rõ hoặc tách riêng{}.', quarantined,
        coalesce('; giá trị thật từ ' || percent_words(lower_bound) || ' đến ' || percent_words(upper_bound), '')
    )
from headline
union all
select
    indicator,
    'accuracy',
    'range_width',
    upper_bound - lower_bound,
    format('Khoảng giá trị rộng {}.', points_words(upper_bound - lower_bound))
from headline
where upper_bound is not null
union all
select
    headline.indicator,
    'accuracy',
    'suspicions',
    coalesce(suspected.records, 0),
    format(
        '{} bản ghi loại này có dấu hiệu bất thường trong năm, {} ở mức cao.', coalesce(suspected.records, 0),
        coalesce(suspected.grave, 0)
    )
from headline
inner join reference.indicators as known using (indicator)
left join suspected using (record_kind)
