-- Minh chứng truyền đạt mục tiêu của từng phòng, đơn vị (D1): bao nhiêu người dự trên số người của đơn vị hôm đó.
-- The decision means all staff ("toàn thể công chức, viên chức"); D1 asks for evidence, this tells how far it went.
with told as (
    select
        coalesce(name.unit_code, '?')   as unit_code,
        told.*
    from staging.registers__communications as told
    left join core.office_unit_names as name on name.folded_name = fold_ascii(told.unit)
),

staffed as (
    select
        told.record_key,
        count(distinct official.person) as staff
    from told
    inner join core.office_unit_names as name on told.unit_code = name.unit_code
    inner join staging.registers__officials as official
        on
            fold_ascii(official.unit) = name.folded_name
            and told.communicated_on between official.starts_on and coalesce(official.ends_on, date '9999-12-31')
    group by told.record_key
)

select
    told.unit_code,
    told.unit                               as unit_name,
    told.year                               as objective_year,
    told.communicated_on,
    told.form,
    told.document_number,
    told.participants,
    -- Of fewer than five people nothing is said (domain T33).
    if(staffed.staff >= 5, staffed.staff, null)                     as staff,
    told.participants / if(staffed.staff >= 5, staffed.staff, null) as share
from told
left join staffed using (record_key)
cross join reference.closing as closing
where told.communicated_on <= closing.closing_date
order by told.unit_code, told.communicated_on, told.record_key
