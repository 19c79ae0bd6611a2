-- Sự không phù hợp do hệ thống mở: mục tiêu không đạt, kiểm tra không đạt, bất thường lặp lại; số phiếu không đổi.
-- The number is made of what the form is about and never counted: computed again it is the same (ISO 9001:2015, 10.2).
with opened as (
    select
        code,
        'Mục tiêu không đạt'    as found_by,
        indicator || if(period_kind = 'year', '/NAM', '') as subject,
        indicator,
        unit_code,
        unit_name,
        period_kind,
        period_start,
        opened_on,
        null                    as reference,
        records,
        description
    from core.missed_objectives
    union all by name
    select
        *,
        'Kiểm tra không đạt'    as found_by,
        'KT'                    as subject
    from (select * exclude (conclusion_number), conclusion_number as reference from core.failed_inspections) as failed
    union all by name
    select
        * exclude (trap),
        'Bất thường lặp lại'    as found_by,
        trap                    as subject
    from core.recurring_anomalies
)

select
    opened.*,
    -- Nobody can answer before the product began to look.
    greatest(opened.opened_on, closing.known_from) + answer.value     as answer_due_on
from opened
cross join reference.closing as closing
inner join reference.improvement_limits as answer on answer.name = 'answer_days'
order by opened.opened_on, opened.code
