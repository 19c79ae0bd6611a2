-- Theo dõi kiểm tra theo sổ của các phòng; trống khi chưa có sổ nào.
select
    null::varchar   as record_key,
    null::varchar   as plan_number,
    null::date      as plan_on,
    null::varchar   as body,
    null::varchar   as form,
    null::varchar   as unit,
    null::varchar   as team_decision,
    null::date      as starts_on,
    null::date      as ends_on,
    null::varchar   as minutes_number,
    null::date      as minutes_on,
    null::varchar   as field,
    null::integer   as sampled,
    null::integer   as wrong,
    null::varchar   as conclusion_number,
    null::date      as concluded_on,
    null::varchar   as result,
    null::varchar   as findings,
    null::varchar   as recommendations,
    null::date      as remedy_due_on,
    null::varchar   as remedy_report,
    null::varchar   as remedy_state,
    null::date      as rechecked_on
from reference.closing
where false
