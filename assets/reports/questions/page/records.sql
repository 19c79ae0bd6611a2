-- One line per record, whichever indicators it spoils; first the worst of each indicator, so that a cut is fair to all.
with ranked as (
    select
        failing.*,
        coalesce(board.position, 99) as position,
        row_number() over (
            partition by failing.indicator
            order by failing.days_late desc nulls last, failing.occurred_on desc, failing.record_key asc
        ) as place
    from marts.failing_record as failing
    left join marts.scoreboard as board using (indicator)
),

units as (
    select
        unit_code,
        unit_name,
        1 as source
    from core.units
    union all
    select
        unit_code,
        unit_name,
        2 as source
    from core.office_units
)

select
    list(ranked.indicator order by ranked.position) as indicators,
    ranked.record_kind,
    ranked.record_key,
    ranked.unit_code,
    any_value(unit.unit_name)                       as unit_name,
    min(ranked.occurred_on)                         as occurred_on,
    max(ranked.days_late)                           as days_late,
    arg_min(ranked.reason, ranked.position)         as reason
from ranked
left join (
    select
        unit_code,
        arg_max(unit_name, source) as unit_name
    from units
    group by unit_code
) as unit on unit.unit_code = ranked.unit_code
group by ranked.record_kind, ranked.record_key, ranked.unit_code, ranked.occurred_on, ranked.days_late
order by min(ranked.place), min(ranked.position), ranked.record_key
