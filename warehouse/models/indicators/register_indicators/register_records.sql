-- Mục tiêu khai báo bằng dữ liệu, tính từ sổ của các phòng hoặc hồ sơ: mỗi dòng sổ một dòng.
-- one row per judged record
select
    indicator,
    definition,
    unit_code,
    basis,
    on_date,
    record_kind,
    record_key,
    outcome,
    case outcome when 'failed' then reason_code when 'undetermined' then 'SO_THIEU_SO_LIEU' end as reason_code,
    case outcome
        when 'undetermined' then unknown
        when 'failed' then coalesce(words, 'không đạt') || case
            when measure = 'rate' and out_of_column is not null
                then ' (' || format('{:g}', part::double) || '/' || format('{:g}', whole::double) || ')'
            when amount is not null
                then ' (' || measured_text(amount, if(measure = 'change', null, unit_of_measure)) || ')'
            else ''
        end
    end             as reason,
    null::integer   as days_late,
    part,
    whole
from indicators.register_measurements
where person is null
union all by name
-- Of persons as the Office's own indicators of persons tell them: nobody can be made out (T33).
select staff.*
from indicators.staff_records as staff
inner join reference.register_indicators as rule
    on
        rule.indicator = staff.indicator
        and rule.definition = staff.definition
        and staff.on_date between rule.holds_from and rule.holds_to
where staff.indicator not in ('MT4a', 'MT4b')
