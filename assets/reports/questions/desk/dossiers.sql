-- Every dossier that somebody should look at, once for each list it stands in, of all units of the province.
with closing as (
    select
        closing_date,
        date_trunc('year', closing_date) as year_start
    from reference.closing
),

measured as (
    select
        case
            when clock.classification = 'qua_han' and clock.finished_at >= closing.year_start then 'tra_qua_han'
            when clock.classification = 'dang_giai_quyet_qua_han' then 'dang_qua_han'
            when clock.classification = 'tam_dung' then 'tam_dung'
            when
                clock.classification = 'dang_giai_quyet_trong_han'
                and clock.due_on_effective::date <= closing.closing_date + $days_ahead::integer
                then 'sap_den_han'
        end as list_code,
        clock.*
    from marts.dossier_clock as clock
    cross join closing
),

listed as (
    select
        list_code,
        dossier_code,
        unit_code,
        accepted_at,
        due_on_effective as due_at,
        finished_at,
        nullif(days_late, 0) as days_late,
        classification_label as words
    from measured
    where list_code is not null
    union all
    select
        'thieu_du_lieu'                                 as list_code,
        rejected.dossier_code,
        rejected.unit_code,
        null                                            as accepted_at,
        null                                            as due_at,
        null                                            as finished_at,
        null                                            as days_late,
        string_agg(distinct rejected.message || '. ' || rejected.advice, ' ') as words
    from core.dossier_rejections as rejected
    group by rejected.dossier_code, rejected.unit_code
)

select
    listed.list_code,
    listed.dossier_code,
    listed.unit_code,
    unit.unit_name,
    listed.accepted_at,
    listed.due_at,
    listed.finished_at,
    listed.days_late,
    listed.words
from listed
left join core.units as unit using (unit_code)
where
    ($unit_code is null or coalesce(listed.unit_code, '-') = $unit_code)
    and ($list_code is null or listed.list_code = $list_code)
order by listed.due_at nulls last, listed.dossier_code
