-- What a management review starts from, numbered in the order of ISO 9001:2015, 9.3.2.
select
    'XXLĐ-' || board.as_of          as review_number,
    row_number() over (order by told.input)::integer as number,
    told.input,
    told.facts
from marts.management_review_input as told
cross join (
    select max(row.as_of) as as_of
    from marts.scoreboard as row
) as board
order by told.input
