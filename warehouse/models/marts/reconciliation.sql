-- Đối chiếu từng cặp hệ thống theo tháng: mỗi bên bao nhiêu, khớp bao nhiêu, lệch bao nhiêu, có vượt ngưỡng không.
with subjects as (
    select
        subject,
        any_value(label)            as label,
        any_value(left_system)      as left_system,
        any_value(right_system)     as right_system,
        any_value(left_name)        as left_name,
        any_value(right_name)       as right_name,
        min(tolerance_count)        as tolerance_count,
        min(tolerance_share)        as tolerance_share
    from reference.reconciliation_tolerances
    group by subject
),

gaps as (
    select
        subject,
        unit_code,
        period_start,
        max_by(consequence, array_position(['note', 'lower_verdict', 'block'], consequence)) as consequence
    from core.reconciliation_gaps
    group by all
)

select
    subjects.left_system,
    subjects.right_system,
    counted.subject,
    subjects.label                                              as subject_label,
    counted.period_start,
    counted.left_count,
    counted.right_count,
    counted.matched,
    counted.only_left,
    counted.only_right,
    counted.conflicting,
    counted.explained,
    greatest(counted.only_left + counted.only_right + counted.conflicting - 2 * counted.explained, 0) as difference,
    greatest(
        subjects.tolerance_count,
        floor(subjects.tolerance_share * greatest(counted.left_count, counted.right_count))
    )::bigint                                                   as tolerated,
    coalesce(gaps.consequence, 'none')                          as consequence,
    case coalesce(gaps.consequence, 'none')
        when 'block' then 'Vượt ngưỡng: không công bố'
        when 'lower_verdict' then 'Vượt ngưỡng: chưa đủ căn cứ kết luận'
        when 'note' then 'Vượt ngưỡng: cần xem lại'
        else if(counted.only_left + counted.only_right + counted.conflicting = 0, 'Khớp', 'Trong ngưỡng')
    end                                                         as verdict,
    format(
        '{}, tháng {}: {} có {}, {} có {}; khớp {}, chỉ bên thứ nhất có {}, chỉ bên thứ hai có {}, khác nội dung {}.',
        subjects.label, strftime(counted.period_start, '%m/%Y'), subjects.left_name, counted.left_count,
        subjects.right_name, counted.right_count, counted.matched, counted.only_left, counted.only_right,
        counted.conflicting
    )
    || if(
        counted.explained > 0,
        format(' {} hồ sơ đang tách riêng có thể giải thích chênh lệch.', counted.explained), ''
    )                                                           as sentence
from core.reconciled_counts as counted
inner join subjects using (subject)
cross join reference.closing as closing
left join gaps using (subject, unit_code, period_start)
where counted.unit_code in ('*', closing.org_code)
order by counted.period_start, counted.subject
