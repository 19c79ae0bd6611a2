-- What the dossier adds to each definition of MT1 from the beginning of the year: what happened to it, weighed as for
-- the published figures.
with happened as (
    select
        'flow'                          as basis,
        'ended'                         as event,
        clock.status_code in (9, 10)    as is_settled,
        clock.lateness <= 0             as is_in_time,
        null::boolean                   as is_overdue,
        null::boolean                   as is_supplemented_twice,
        clock.is_unclear,
        clock.ended_on                  as on_date
    from core.dossier_clock as clock
    inner join core.headline_period as year on clock.ended_on between year.period_start and year.as_at
    where clock.dossier_code = $code and clock.is_ended
    union all
    select
        'flow',
        'received',
        null,
        null,
        null,
        null,
        false,
        clock.accepted_on
    from core.dossier_clock as clock
    inner join core.headline_period as year on clock.accepted_on between year.period_start and year.as_at
    where clock.dossier_code = $code and clock.is_counted
    union all
    select
        if(stock.as_at = year.as_at, 'closing', 'opening'),
        'open',
        null,
        null,
        stock.is_overdue,
        stock.is_supplemented_twice,
        false,
        stock.as_at
    from core.dossier_clock as clock
    inner join core.open_dossiers as stock using (record_key)
    inner join core.headline_period as year on stock.as_at in (year.as_at, year.period_start - 1)
    where clock.dossier_code = $code
),

added as (
    select
        weight.definition,
        sum(weight.numerator)::bigint      as numerator,
        sum(weight.denominator)::bigint    as denominator,
        sum(weight.excluded)::bigint       as excluded,
        sum(weight.quarantined)::bigint    as quarantined
    from happened
    inner join core.dossier_weights as weight
        on
            weight.basis = happened.basis
            and weight.event = happened.event
            and weight.is_unclear = happened.is_unclear
            and happened.on_date between weight.holds_from and weight.holds_to
            and weight.is_settled is not distinct from happened.is_settled
            and weight.is_in_time is not distinct from happened.is_in_time
            and weight.is_overdue is not distinct from happened.is_overdue
            and weight.is_supplemented_twice is not distinct from happened.is_supplemented_twice
    group by weight.definition
)

select
    definition.definition,
    definition.is_headline,
    definition.label,
    definition.citation,
    coalesce(added.numerator, 0)    as numerator,
    coalesce(added.denominator, 0)  as denominator,
    coalesce(added.excluded, 0)     as excluded,
    coalesce(added.quarantined, 0)  as quarantined
from reference.definitions as definition
left join added using (definition)
where
    definition.indicator = 'MT1'
    and (select closing_date from reference.closing) between definition.holds_from and definition.holds_to
order by
    definition.is_headline desc,
    array_position(['R1', 'R1s', 'R2', 'R3', 'B'], definition.definition) asc,
    definition.definition asc
