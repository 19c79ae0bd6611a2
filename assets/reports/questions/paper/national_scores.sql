-- What the national portal tells of the province, or of the unit, beside our own figures by the same definition.
select
    score.period_kind,
    score.period_start,
    score.told_by,
    score.rank_told,
    score.score_total::double   as score_total,
    score.on_time_share,
    score.actual,
    score.received,
    score.received_here,
    score.settled,
    score.settled_here
from marts.national_score as score
inner join reference.closing as closing on score.unit_code = coalesce($unit, closing.org_code)
where
    year(score.period_start) = $year
    and (score.period_kind = 'year' or score.period_start between $start and $until)
order by score.period_kind = 'year' desc, score.period_start asc
