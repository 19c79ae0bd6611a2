-- Statutory forms and measures, headed and addressed by the law of the last day told of.
select
    form,
    heading,
    addressee,
    citation
from reference.forms
where $until between holds_from and holds_to
order by form
