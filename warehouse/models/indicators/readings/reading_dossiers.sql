-- MT1 đọc khác: mỗi cách đọc so hồ sơ đã kết thúc với một hạn khác, hoặc xếp hồ sơ vào nhóm người nộp khác.
-- One thing differs from the headline at a time; whatever else the Office has decided stays (P-04, P-15).
with ended as (
    select
        clock.record_key,
        clock.unit_code,
        clock.applicant_group                                       as own,
        if(fold_ascii(source.applicant_kind) = 'ho kinh doanh', 'to_chuc', own) as as_business,
        if(fold_ascii(source.applicant_kind) = 'ho kinh doanh', 'ca_nhan', own) as as_household,
        clock.ended_on,
        clock.status_code in (9, 10)                                as is_settled,
        clock.limit_unit,
        clock.compared_unit,
        clock.completed_at,
        clock.due_on_effective                                      as due,
        clock.due_on_latest                                         as latest,
        clock.due_on_original                                       as shown,
        coalesce(added.due_to, clock.due_on_original)               as added,
        -- No pause was recorded at all.
        if(clock.pause_state is null, clock.due_on_statutory, null) as law,
        coalesce(clock.pause_state = 'khong_ro', false)             as is_pause_unknown
    from core.dossier_clock as clock
    inner join core.headline_period as period on clock.ended_on between period.period_start and period.as_at
    inner join staging.portal__dossiers as source using (record_key)
    left join core.dossier_extensions as added on added.record_key = clock.record_key and added.way = 'added'
),

-- By which due date, by which latest one it may have been, compared how, in which group.
read_as as (
    select
        unit_code,
        ended_on,
        is_settled,
        completed_at,
        is_pause_unknown,
        unnest([
            struct_pack(reading := 'R1_GOC', due := due, latest := latest, unit := 'raw', person := own),
            struct_pack(reading := 'R1_PHUT', due := due, latest := latest, unit := 'h', person := own),
            struct_pack(reading := 'R1_NGAY', due := due, latest := latest, unit := limit_unit, person := own),
            struct_pack(reading := 'R1_CONG', due := added, latest := added, unit := compared_unit, person := own),
            struct_pack(
                reading := 'R1_KHONG_CONG', due := shown, latest := shown, unit := compared_unit, person := own
            ),
            -- least() passes over what is unknown.
            struct_pack(
                reading := 'R1_LUAT', due := least(due, law), latest := least(latest, law), unit := compared_unit,
                person := own
            ),
            struct_pack(
                reading := 'HKD_TO_CHUC', due := due, latest := latest, unit := compared_unit, person := as_business
            ),
            struct_pack(
                reading := 'HKD_CA_NHAN', due := due, latest := latest, unit := compared_unit, person := as_household
            )
        ]) as way
    from ended
    union all by name
    select
        ended.unit_code,
        ended.ended_on,
        ended.is_settled,
        ended.completed_at,
        ended.is_pause_unknown,
        struct_pack(
            reading := reading.reading, due := coalesce(moved.due, ended.due),
            latest := coalesce(moved.latest, ended.latest), unit := ended.compared_unit, person := ended.own
        ) as way
    from ended
    inner join reference.readings as reading
        on
            reading.indicator = 'MT1'
            and reading.parameter = 'P-13'
            and ended.ended_on between reading.holds_from and reading.holds_to
    left join indicators.reading_financial_dues as moved using (record_key, reading)
),

judged as (
    select
        way.reading,
        unit_code,
        way.person                                                  as applicant_group,
        ended_on,
        is_settled,
        -- Raw moments, or what of them counts.
        if(way.unit = 'raw', completed_at, limit_mark(completed_at, way.unit)) as ended,
        coalesce(ended <= if(way.unit = 'raw', way.due, limit_mark(way.due, way.unit)), false) as is_in_time,
        not is_in_time
        and coalesce(ended <= if(way.unit = 'raw', way.latest, limit_mark(way.latest, way.unit)), false) as is_doubtful,
        is_doubtful and is_pause_unknown                            as is_unclear
    from read_as
)

select
    population.indicator,
    judged.reading,
    judged.unit_code,
    judged.ended_on                                                 as on_date,
    judged.ended_on                                                 as until_date,
    sum(weight.numerator)::bigint                                   as numerator,
    sum(weight.denominator)::bigint                                 as denominator,
    sum(weight.excluded)::bigint                                    as excluded,
    sum(weight.quarantined)::bigint                                 as quarantined,
    sum(if(judged.is_doubtful, weight.if_in_time, 0))::bigint       as doubtful
from judged
inner join core.dossier_populations as population using (applicant_group)
inner join reference.definitions as definition
    on
        definition.indicator = population.indicator
        and definition.is_headline
        and judged.ended_on between definition.holds_from and definition.holds_to
inner join core.dossier_weights as weight
    on
        weight.definition = definition.definition
        and weight.event = 'ended'
        and weight.is_unclear = judged.is_unclear
        and weight.is_settled = judged.is_settled
        and weight.is_in_time = judged.is_in_time
        and judged.ended_on between weight.holds_from and weight.holds_to
group by all
