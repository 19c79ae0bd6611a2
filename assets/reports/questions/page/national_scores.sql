-- What the national portal tells of the province, beside our own share of dossiers in time by the same definition.
select
    score.period_kind,
    score.period_start,
    score.told_by,
    score.rank_told,
    score.score_total::double   as score_total,
    score.on_time_share,
    score.actual
from marts.national_score as score
inner join reference.closing as closing on closing.org_code = score.unit_code
order by score.period_kind = 'year' desc, score.period_start desc
