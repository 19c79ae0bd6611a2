-- Forms that the product has opened and nobody has answered, in the columns of their register.
select
    form.code           as form_number,
    form.opened_on,
    form.source         as found_by,
    form.reference,
    form.indicator      as linked_indicator,
    -- What the whole Office has missed is given to a room by whoever answers.
    case when form.indicator is null then form.unit_name end as unit,
    form.description
from marts.nonconformity as form
where form.is_opened_by_product and form.state = 'Chưa trả lời'
order by form.opened_on, form.code
