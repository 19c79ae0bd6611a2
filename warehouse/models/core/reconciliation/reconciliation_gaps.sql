-- Chênh lệch vượt ngưỡng của từng cặp hệ thống, theo tháng và phạm vi, và hệ quả mà bảng ngưỡng quy định.
select
    counted.subject,
    counted.unit_code,
    counted.period_start,
    counted.period_end,
    tolerance.consequence,
    tolerance.indicators,
    -- Each record set aside may explain one that only we have and one that only they have.
    greatest(counted.only_left + counted.only_right + counted.conflicting - 2 * counted.explained, 0) as difference,
    greatest(
        tolerance.tolerance_count,
        floor(tolerance.tolerance_share * greatest(counted.left_count, counted.right_count))
    )::bigint as tolerated
from core.reconciled_counts as counted
inner join reference.reconciliation_tolerances as tolerance using (subject)
where difference > tolerated
