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
where
    difference > tolerated
    -- What one side has told since the other was read last stops no publication of what stands on neither.
    and not (tolerance.consequence = 'block' and exists (
        select 1 from core.unread_collections as unread
        where
            unread.system in (tolerance.left_system, tolerance.right_system)
            and counted.period_end >= coalesce(unread.read_on, counted.period_start)
    ))
