-- What a reader of monthly figures has to know of the year: long holidays, and days on which units or rules changed.
with days_off as (
    select
        min(day)        as first_day,
        max(day)        as last_day,
        bool_or(kind = 'NGHI_LE') as is_holiday
    from reference.calendar
    where not is_working
    -- Days off bear the number of the working day before them.
    group by working_day_index
),

changes as (
    select
        on_date,
        'Sắp xếp đơn vị' as label
    from reference.unit_successions
    union
    -- The day from which another side is compared (P-08), and from which a form goes to somebody else.
    select
        unnest(regexp_extract_all(value, 'tu_(\d{4}-\d{2}-\d{2})', 1))::date as changed_on,
        'Quy định mới'
    from reference.parameters
    where code = 'P-08' and holds_to >= make_date($year, 1, 1)
    union
    select
        valid_from,
        'Quy định mới'
    from reference.forms
    where valid_from between holds_from and holds_to
)

select
    first_day,
    last_day,
    -- The only holiday of a week at the beginning of a year.
    if(month(first_day) <= 2, 'Nghỉ Tết ', 'Nghỉ lễ ') || strftime(first_day, '%d/%m') || '–'
    || strftime(last_day, '%d/%m') as label
from days_off
where is_holiday and last_day - first_day >= 6 and year(last_day) = $year
union all
select
    on_date as first_day,
    on_date as last_day,
    string_agg(distinct label, ', ' order by label) || ' ' || strftime(on_date, '%d/%m')
from changes
where year(on_date) = $year
group by on_date
order by first_day
