-- Số hồ sơ theo đơn vị và lĩnh vực cho Biểu II.06a: tiếp nhận, kết thúc trong từng tháng báo cáo; tồn tại từng mốc.
with months as (
    select
        month.period_calendar,
        month.period_start as on_date,
        month.as_at
    from core.periods as month
    where month.period_kind = 'month'
),

received as (
    select
        months.period_calendar,
        months.on_date,
        clock.unit_code,
        sector.sector_name,
        count(*) filter (where clock.channel = 'truc_tuyen')                as received_online,
        count(*) filter (where clock.channel is distinct from 'truc_tuyen') as received_otherwise
    from core.dossier_clock as clock
    inner join core.dossier_sectors as sector using (record_key)
    inner join months on clock.accepted_on between months.on_date and months.as_at
    where clock.is_counted
    group by all
),

-- Returned, withdrawn and stopped dossiers stand with "on time" or "late", never with "early" (domain §2.3, §2.5).
settled as (
    select
        months.period_calendar,
        months.on_date,
        clock.unit_code,
        sector.sector_name,
        count(*) filter (where clock.lateness < 0 and clock.status_code in (9, 10)) as early,
        count(*) filter (where clock.lateness > 0)                                  as late,
        count(*)                                                                    as settled
    from core.dossier_clock as clock
    inner join core.dossier_sectors as sector using (record_key)
    inner join months on clock.ended_on between months.on_date and months.as_at
    where clock.is_ended
    group by all
),

stock as (
    select
        open.as_at  as on_date,
        open.unit_code,
        sector.sector_name,
        count(*)    as still_open,
        count(*) filter (where open.is_overdue) as overdue
    from core.open_dossiers as open
    inner join core.dossier_sectors as sector using (record_key)
    group by all
)

select
    'flow'                              as basis,
    period_calendar,
    on_date,
    unit_code,
    sector_name,
    coalesce(received_online, 0)        as received_online,
    coalesce(received_otherwise, 0)     as received_otherwise,
    coalesce(early, 0)                  as early,
    coalesce(settled - early - late, 0) as on_time,
    coalesce(late, 0)                   as late,
    0                                   as open_in_time,
    0                                   as open_overdue
from received
full join settled using (period_calendar, on_date, unit_code, sector_name)
union all
select
    'stock',
    null,
    on_date,
    unit_code,
    sector_name,
    0,
    0,
    0,
    0,
    0,
    still_open - overdue,
    overdue
from stock
