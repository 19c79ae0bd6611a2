-- Đóng góp của hồ sơ vào từng định nghĩa MT1 theo ngày: dòng chảy trong kỳ, tồn đầu kỳ, tồn cuối kỳ, hồ sơ tách riêng.
with ended as (
    select
        unit_code,
        applicant_group,
        ended_on                                                            as on_date,
        count(*) filter (where status_code in (9, 10) and lateness <= 0)    as in_time,
        count(*) filter (where status_code in (9, 10) and lateness > 0)     as late,
        count(*) filter (where status_code in (7, 8) and lateness <= 0)     as stopped_in_time,
        count(*) filter (where status_code in (7, 8) and lateness > 0)      as stopped_late
    from core.dossier_clock
    where is_ended
    group by all
),

received as (
    select
        unit_code,
        applicant_group,
        accepted_on     as on_date,
        count(*)        as received
    from core.dossier_clock
    where is_counted
    group by all
),

stock as (
    select
        unit_code,
        applicant_group,
        as_at                                                               as on_date,
        count(*)                                                            as still_open,
        count(*) filter (where is_overdue)                                  as overdue,
        count(*) filter (where is_supplemented_twice)                       as supplemented_twice
    from core.open_dossiers
    group by all
),

-- Returned, withdrawn and stopped dossiers stay out of R1 unless the Office decides otherwise (P-04).
returns as (
    select if((value ->> '$') = 'tinh_vao_R1', 1, 0) as counted
    from reference.parameters
    where code = 'P-04'
),

-- What each adds to the definitions of domain §2.5; RECV and CARRY are the denominator of R2.
contributions as (
    select
        unit_code,
        applicant_group,
        on_date,
        null::date as until_date,
        unnest([
            {
                'definition': 'R1', 'basis': 'flow', 'numerator': in_time + stopped_in_time * returns.counted,
                'denominator': in_time + late + (stopped_in_time + stopped_late) * returns.counted
            },
            {
                'definition': 'R1s', 'basis': 'flow', 'numerator': in_time + stopped_in_time,
                'denominator': in_time + late + stopped_in_time + stopped_late
            },
            {'definition': 'R2', 'basis': 'flow', 'numerator': in_time + stopped_in_time, 'denominator': 0},
            {'definition': 'R3', 'basis': 'flow', 'numerator': in_time, 'denominator': in_time + late + stopped_late}
        ], recursive := true),
        unnest([(stopped_in_time + stopped_late) * (1 - returns.counted), 0, 0, stopped_in_time]) as excluded,
        0 as quarantined
    from ended
    cross join returns
    union all
    select
        unit_code,
        applicant_group,
        on_date,
        null,
        'R2',
        'flow',
        0,
        received,
        0,
        0
    from received
    union all
    select
        unit_code,
        applicant_group,
        on_date,
        null,
        unnest([
            {'definition': 'R2', 'basis': 'opening', 'numerator': 0, 'denominator': still_open},
            {
                'definition': 'R2', 'basis': 'closing', 'numerator': still_open - overdue - supplemented_twice,
                'denominator': 0
            },
            {'definition': 'R3', 'basis': 'closing', 'numerator': 0, 'denominator': overdue + supplemented_twice},
            {'definition': 'B', 'basis': 'closing', 'numerator': overdue, 'denominator': still_open}
        ], recursive := true),
        0,
        0
    from stock
    union all
    select
        aside.unit_code,
        aside.applicant_group,
        aside.on_date,
        aside.until_date,
        definition.definition,
        'window',
        0,
        0,
        0,
        aside.quarantined
    from core.dossiers_set_aside as aside
    cross join (
        select distinct definition
        from reference.definitions
        where indicator = 'MT1'
    ) as definition
)

select
    definition,
    basis,
    unit_code,
    applicant_group,
    on_date,
    until_date,
    sum(numerator)::bigint      as numerator,
    sum(denominator)::bigint    as denominator,
    sum(excluded)::bigint       as excluded,
    sum(quarantined)::bigint    as quarantined
from contributions
group by all
