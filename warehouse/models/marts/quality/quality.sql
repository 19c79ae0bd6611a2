-- Báo cáo chất lượng từng chỉ tiêu theo tiêu mục của thống kê châu Âu (ESS/SIMS): đo được gì, và nói thành lời.
with breaks as (
    select distinct
        definition.indicator,
        definition.holds_from                               as on_date,
        'định nghĩa ' || definition.definition || ' có bản mới' as words
    from reference.definitions as definition
    where definition.holds_from > date '0001-01-01'
    union
    select
        objective.indicator,
        objective.valid_from,
        'Quyết định có hiệu lực (phần kỳ trước đó đo hồi cứu)'
    from reference.objectives as objective
    union
    select
        objective.indicator,
        parameter.holds_from,
        'tham số ' || parameter.code || ' đổi'
    from reference.parameters as parameter, reference.objectives as objective
    where parameter.holds_from > date '0001-01-01'
    union
    select
        objective.indicator,
        succession.on_date,
        'sắp xếp đơn vị'
    from reference.unit_successions as succession, reference.objectives as objective
),

measured as (
    select * from indicators.quality_figures
    union all by name
    select * from indicators.quality_sources
    union all by name
    select * from indicators.quality_coherence
    union all by name
    select
        indicator,
        'timeliness'                    as heading,
        'days_to_publication'           as measure,
        avg(days_to_first)              as value,
        format(
            'Số của tháng công bố trung bình {} ngày sau khi tháng hết ({} tháng).',
            replace(printf('%.1f', avg(days_to_first)), '.', ','), count(*)
        )                               as words
    from indicators.quality_revisions
    where days_to_first is not null
    group by indicator
    union all by name
    select
        indicator,
        'revisions'                     as heading,
        'mean_absolute_revision'        as measure,
        avg(revision)                   as value,
        format(
            'Từ công bố đầu đến sau cùng, số tháng lệch trung bình {}; {} trên {} tháng có đổi.',
            points_words(avg(revision)), count(*) filter (where revision > 0), count(*)
        )                               as words
    from indicators.quality_revisions
    group by indicator
    union all by name
    select
        breaks.indicator,
        'breaks'                        as heading,
        'breaks_in_year'                as measure,
        count(distinct breaks.on_date)  as value,
        string_agg(
            strftime(breaks.on_date, '%d/%m/%Y') || ': ' || breaks.words, '; ' order by breaks.on_date, breaks.words
        ) || '.'                        as words
    from breaks
    cross join reference.closing as closing
    where year(breaks.on_date) = year(closing.closing_date) and breaks.on_date <= closing.closing_date
    group by breaks.indicator
)

select
    measured.indicator,
    measured.heading,
    measured.measure,
    measured.value::double              as value,
    measured.words,
    objective.position,
    array_position(
        ['relevance', 'coverage', 'accuracy', 'timeliness', 'coherence', 'breaks', 'revisions'], measured.heading
    )::integer                          as heading_position
from measured
cross join reference.closing as closing
inner join reference.objectives as objective
    on objective.indicator = measured.indicator and objective.objective_year = year(closing.closing_date)
