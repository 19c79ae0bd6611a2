-- Đóng góp của hồ sơ vào từng định nghĩa MT1 theo ngày: dòng chảy trong kỳ, tồn đầu kỳ, tồn cuối kỳ, hồ sơ tách riêng.
with happened as (
    select
        'ended'                     as event,
        status_code in (9, 10)      as is_settled,
        lateness <= 0               as is_in_time,
        lateness < 0                as is_early,
        null::boolean               as is_overdue,
        null::boolean               as is_supplemented_twice,
        is_doubtful,
        is_unclear,
        unit_code,
        applicant_group,
        ended_on                    as on_date,
        count(*)                    as dossiers
    from core.dossier_clock
    where is_ended
    group by all
    union all
    select
        'received',
        null,
        null,
        null,
        null,
        null,
        false,
        false,
        unit_code,
        applicant_group,
        accepted_on,
        count(*)
    from core.dossier_clock
    where is_counted
    group by all
    union all
    select
        'open',
        null,
        null,
        null,
        is_overdue,
        is_supplemented_twice,
        is_doubtful,
        false,
        unit_code,
        applicant_group,
        as_at,
        count(*)
    from core.open_dossiers
    group by all
),

contributions as (
    select
        happened.unit_code,
        happened.applicant_group,
        happened.on_date,
        null::date                                  as until_date,
        weight.definition,
        weight.basis,
        happened.dossiers * weight.numerator        as numerator,
        happened.dossiers * weight.denominator      as denominator,
        happened.dossiers * weight.excluded         as excluded,
        -- What was settled with a result before its day, and on it; the definition of stocks has neither.
        if(happened.is_settled and happened.is_in_time, happened.dossiers * happened.is_early::integer, null) as early,
        if(happened.is_settled and happened.is_in_time, happened.dossiers - early, null) as on_time,
        happened.dossiers * weight.quarantined      as quarantined,
        if(happened.is_doubtful, happened.dossiers * weight.if_in_time, 0) as doubtful
    from happened
    inner join core.dossier_weights as weight
        on
            weight.event = happened.event
            and weight.is_unclear = happened.is_unclear
            and happened.on_date between weight.holds_from and weight.holds_to
            and weight.is_settled is not distinct from happened.is_settled
            and weight.is_in_time is not distinct from happened.is_in_time
            and weight.is_overdue is not distinct from happened.is_overdue
            and weight.is_supplemented_twice is not distinct from happened.is_supplemented_twice
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
        null,
        null,
        aside.quarantined,
        0
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
    sum(early)::bigint          as early,
    sum(on_time)::bigint        as on_time,
    sum(quarantined)::bigint    as quarantined,
    sum(doubtful)::bigint       as doubtful
from contributions
group by all
