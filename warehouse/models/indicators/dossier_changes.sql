-- Hồ sơ nay được tính khác bản công bố trước đối với những ngày bản đó đã chốt, kèm nguyên nhân của từng hồ sơ.
-- Both sides are seen as at the earlier closing date: what happened after it is no change.
with sides as (
    select
        'before' as side,
        facts.* exclude (closing_date)
    from ledger.published_dossiers as facts
    inner join indicators.compared_publication as compared on facts.closing_date = compared.closing_date_before
    union all by name
    select
        'after' as side,
        *
    from indicators.dossier_facts
    where exists (
        select 1
        from ledger.published_dossiers as facts
        inner join indicators.compared_publication as compared on facts.closing_date = compared.closing_date_before
    )
),

as_at as (
    select
        sides.* exclude (ended_on, source_end, source_pauses, lateness, is_settled),
        if(sides.ended_on <= compared.closing_date_before, sides.ended_on, null)    as ended_on,
        coalesce(sides.ended_on <= compared.closing_date_before, false) and sides.is_settled as is_settled,
        if(sides.ended_on <= compared.closing_date_before, sides.lateness, null)    as lateness,
        if(sides.source_end::date <= compared.closing_date_before, sides.source_end, null) as source_end,
        list_transform(
            list_filter(
                sides.source_pauses, lambda pause: pause['started_at']::date <= compared.closing_date_before
            ),
            lambda pause: {
                'started_at': pause['started_at'],
                'ended_at': if(
                    pause['ended_at']::date <= compared.closing_date_before, pause['ended_at'], null
                )
            }
        )                                                                           as source_pauses
    from sides
    cross join indicators.compared_publication as compared
    where sides.is_counted and coalesce(sides.accepted_on, date '0001-01-01') <= compared.closing_date_before
),

weighed as (
    select
        *,
        hash(source_facts, source_end, source_pauses)                                           as told,
        hash(is_aside, unit_code, applicant_group, accepted_on, ended_on, is_settled, lateness) as counted
    from as_at
),

paired as (
    select
        record_key,
        coalesce(later.dossier_code, earlier.dossier_code)           as dossier_code,
        earlier.record_key is null                                 as is_new,
        later.record_key is null                                  as is_gone,
        earlier.is_aside and not later.is_aside                      as is_released,
        earlier.unit_code                                          as unit_before,
        later.unit_code                                           as unit_after,
        earlier.ended_on                                           as ended_before,
        later.ended_on                                            as ended_after,
        earlier.due_on_effective                                   as due_before,
        later.due_on_effective                                    as due_after,
        earlier.due_on_statutory                                   as due_statutory_before,
        later.due_on_statutory                                    as due_statutory_after,
        earlier.classification                                     as classification_before,
        later.classification                                      as classification_after,
        least(earlier.accepted_on, later.accepted_on)                as accepted_on,
        earlier.is_paused or later.is_paused                         as is_paused,
        coalesce(earlier.told = later.told, false)              as is_told_alike,
        -- The due date of a dossier that is paused moves by itself.
        (
            earlier.due_on_effective is distinct from later.due_on_effective
            or earlier.due_on_statutory is distinct from later.due_on_statutory
        ) and not (earlier.is_paused or later.is_paused)        as is_due_moved,
        coalesce(earlier.counted <> later.counted, false)       as is_counted_otherwise
    from (
        select * from weighed
        where side = 'before'
    ) as earlier
    full join (
        select * from weighed
        where side = 'after'
    ) as later using (record_key)
)

select
    paired.*,
    case
        when is_new then 'late_record'
        when is_gone then 'withdrawn'
        when is_released then 'released'
        when not is_told_alike and ended_before is null and ended_after is not null then 'late_record'
        when not is_told_alike then 'correction'
        when compared.is_new_calendar and is_due_moved then 'new_calendar'
        else 'new_definition'
    end as cause
from paired
cross join indicators.compared_publication as compared
where is_new or is_gone or is_counted_otherwise or is_due_moved
