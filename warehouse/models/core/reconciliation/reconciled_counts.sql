-- Số đếm của hai phía theo tháng, mọi cặp hệ thống; '*' là cặp không tách được theo đơn vị.
with months as (
    select
        period_start,
        period_end,
        as_at
    from core.periods
    where period_calendar = 'iso' and period_kind = 'month'
),

copies as (
    select
        date_trunc('month', intake.accepted_at)::date                               as period_start,
        count(*)                                                                    as left_count,
        count(*) filter (where copy.is_known)                                       as right_count,
        count(*) filter (where copy.is_known and copy.status_code <> intake.status_code) as conflicting
    from staging.tthc__dossier_copies as copy
    inner join core.dossier_intake as intake using (record_key)
    group by all
),

-- The source counted at a moment: what came later is no difference.
key_sets as (
    select
        counted.period_start,
        any_value(counted.dossiers)     as right_count,
        count(intake.record_key)        as left_count
    from staging.portal__dossier_counts as counted
    left join core.dossier_intake as intake
        on
            intake.accepted_at::date between counted.period_start and counted.period_end
            and intake.accepted_at <= counted.counted_at
    where counted.dossiers is not null
    group by counted.period_start
),

procedures as (
    select
        months.period_start,
        count(sync.portal_procedure_code)                               as left_count,
        count(sync.national_procedure_code)                             as right_count,
        count(*) filter (where sync.result = 'KHOP')                    as matched,
        count(*) filter (where sync.result = 'THUA_TREN_CONG')          as only_left,
        count(*) filter (where sync.result = 'THIEU_TREN_CONG')         as only_right,
        count(*) filter (where sync.result in ('LECH_NOI_DUNG', 'LECH_PHIEN_BAN')) as conflicting
    from core.procedure_sync as sync
    inner join months using (as_at)
    group by months.period_start
),

exchanges as (
    select
        subject,
        date_trunc('month', on_date)::date                              as period_start,
        count(*) filter (where is_left)                                 as left_count,
        count(*) filter (where is_right)                                as right_count,
        count(*) filter (where is_left and is_right and not is_conflicting) as matched,
        count(*) filter (where not is_right)                            as only_left,
        count(*) filter (where not is_left)                             as only_right,
        count(*) filter (where is_conflicting)                          as conflicting
    from core.exchanges_compared
    group by all
),

everything as (
    select *, 0 as conflicting from core.portal_statistics_compared
    union all by name
    select *, 0 as conflicting from core.national_scores_compared
    union all by name
    select
        'ban_sao_quoc_gia'              as subject,
        '*'                             as unit_code,
        *,
        right_count - conflicting       as matched,
        left_count - right_count        as only_left,
        0                               as only_right,
        0                               as explained
    from copies
    union all by name
    select
        'tap_khoa_ho_so'                as subject,
        '*'                             as unit_code,
        *,
        least(left_count, right_count)  as matched,
        greatest(left_count - right_count, 0) as only_left,
        greatest(right_count - left_count, 0) as only_right,
        0                               as conflicting,
        0                               as explained
    from key_sets
    union all by name
    select *, 'thu_tuc' as subject, '*' as unit_code, 0 as explained from procedures
    union all by name
    select *, '*' as unit_code, 0 as explained from exchanges
)

select
    everything.subject,
    everything.unit_code,
    months.period_start,
    months.period_end,
    everything.left_count::bigint   as left_count,
    everything.right_count::bigint  as right_count,
    everything.matched::bigint      as matched,
    everything.only_left::bigint    as only_left,
    everything.only_right::bigint   as only_right,
    everything.conflicting::bigint  as conflicting,
    everything.explained::bigint    as explained
from everything
inner join months using (period_start)
