-- Số đã chốt đang có hiệu lực của từng chỉ tiêu, đơn vị, kỳ: của lần chốt sau cùng có số đó.
select
    closing.closed_at,
    closing.reason,
    figure.*
from ledger.closed_figures as figure
inner join core.closings as closing using (period, number)
qualify
    row_number() over (
        partition by
            figure.indicator,
            figure.definition,
            figure.unit_code,
            figure.applicant_group,
            figure.period_calendar,
            figure.period_kind,
            figure.period_start
        order by closing.known_at desc, figure.number desc, figure.period asc
    ) = 1
