-- D1: phòng, đơn vị có minh chứng đã truyền đạt mục tiêu chất lượng từ ngày mục tiêu có hiệu lực đến ngày đo.
-- one row per judged record
with evidence as (
    select
        name.unit_code,
        communication.year,
        communication.communicated_on
    from staging.registers__communications as communication
    left join core.office_unit_names as name on name.folded_name = fold_ascii(communication.unit)
),

judged as (
    select
        unit.*,
        exists(
            select 1
            from evidence
            where
                evidence.unit_code = unit.unit_code
                and evidence.year = unit.objective_year
                -- What was told before there were objectives to tell of is no evidence.
                and evidence.communicated_on between objective.valid_from and unit.on_date
        ) as is_met
    from core.office_unit_days as unit
    inner join reference.objectives as objective
        on objective.indicator = 'D1' and objective.objective_year = unit.objective_year
    -- Without a register of the year there is nothing to judge by.
    where unit.objective_year in (select evidence.year from evidence)
)

select
    'D1'                                            as indicator,
    'STD'                                           as definition,
    unit_code,
    'state'                                         as basis,
    on_date,
    'unit'                                          as record_kind,
    unit_code                                       as record_key,
    if(is_met, 'met', 'failed')                     as outcome,
    if(is_met, null, 'CHUA_TRUYEN_DAT')             as reason_code,
    if(
        is_met, null,
        unit_name || ': chưa có minh chứng truyền đạt mục tiêu năm ' || objective_year
    )                                               as reason,
    null::integer                                   as days_late
from judged
