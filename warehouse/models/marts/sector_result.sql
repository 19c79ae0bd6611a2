-- MT1 và MT5 theo lĩnh vực TTHC, từng kỳ; không có kết luận vì mức giao không tính cho từng lĩnh vực.
select
    closing.closing_date,
    sector.indicator,
    sector.definition,
    sector.unit_code,
    sector.sector_name,
    sector.period_calendar,
    sector.period_kind,
    sector.period_start,
    sector.period_end,
    sector.numerator,
    sector.denominator,
    sector.quarantined,
    sector.early as settled_early,
    sector.on_time as settled_on_time,
    sector.numerator / nullif(sector.denominator, 0) as actual
from (
    select * from indicators.mt1_sectors
    union all by name
    select * from indicators.mt5_sectors
) as sector
cross join reference.closing as closing
order by all
