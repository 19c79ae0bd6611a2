select
    input,
    facts
from marts.management_review_input
order by input
