-- Mức chỉ tiêu riêng của phòng, đơn vị khi mục tiêu của đơn vị gắn với một mục tiêu của Văn phòng và đã được duyệt.
select
    indicator,
    unit_code,
    approved_on                                                 as valid_from,
    '>='                                                        as operator,
    max(target_percent / 100)::decimal(9, 6)                    as target,
    'Mục tiêu chất lượng của ' || min(unit) || ', số ' || min(approved_number)
    || ' ngày ' || strftime(approved_on, '%d/%m/%Y')            as citation,
    year                                                        as objective_year
from core.unit_objectives
where
    indicator is not null
    and unit_code <> '?'
    and is_approved
    and target_percent between 0 and 100
group by indicator, unit_code, approved_on, year
