-- D1: phòng, đơn vị có minh chứng đã truyền đạt mục tiêu chất lượng từ ngày mục tiêu có hiệu lực đến ngày đo.
-- one row per judged record
with evidence as (
    select
        name.unit_code,
        communication.year,
        communication.communicated_on,
        communication.differing_columns
    from staging.registers__communications as communication
    left join core.office_unit_names as name on name.folded_name = fold_ascii(communication.unit)
),

judged as (
    select
        unit.*,
        -- What was told before there were objectives to tell of is no evidence.
        count(*) filter (where evidence.differing_columns is null and evidence.unit_code is not null) > 0 as is_met,
        min(evidence.differing_columns) as contradicted
    from core.office_unit_days as unit
    inner join reference.objectives as objective
        on objective.indicator = 'D1' and objective.objective_year = unit.objective_year
    left join evidence
        on
            evidence.unit_code = unit.unit_code
            and evidence.year = unit.objective_year
            and evidence.communicated_on between objective.valid_from and unit.on_date
    -- Without a register of the year there is nothing to judge by.
    where unit.objective_year in (select known.year from evidence as known)
    group by all
)

select
    'D1'                                            as indicator,
    'STD'                                           as definition,
    unit_code,
    'state'                                         as basis,
    on_date,
    'unit'                                          as record_kind,
    unit_code                                       as record_key,
    case when is_met then 'met' when contradicted is null then 'failed' else 'undetermined' end as outcome,
    case when is_met then null when contradicted is null then 'CHUA_TRUYEN_DAT' else 'SO_MAU_THUAN' end as reason_code,
    case
        when is_met then null
        when contradicted is null then unit_name || ': chưa có minh chứng truyền đạt mục tiêu năm ' || objective_year
        else unit_name || ': sổ ghi hai lần khác nhau ở cột ' || contradicted
    end                                             as reason,
    null::integer                                   as days_late
from judged
