-- Câu chữ của quyết định không có con số: điều khoản, lời văn, vì sao không đo và cần gì thì đo được.
select
    part.objective_year,
    part.position,
    part.clause,
    part.words,
    part.reason,
    part.what_is_needed,
    part.clause || coalesce(', ' || decision.citation, '') as citation
from reference.decision_clauses as part
left join (
    select
        objective_year,
        min(citation) as citation
    from reference.objectives
    group by objective_year
) as decision using (objective_year)
where part.reason is not null
order by part.objective_year, part.position
