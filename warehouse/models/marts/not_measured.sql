-- Câu chữ của quyết định không có con số: điều khoản, lời văn, vì sao không đo và cần gì thì đo được.
select
    objective_year,
    position,
    clause,
    words,
    why,
    needed
from reference.decision_clauses
where why is not null
order by objective_year, position
