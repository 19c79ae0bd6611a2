-- Who delivered which register this year: how often it was expected, delivered and in time, the worst first.
select
    rate.unit_code,
    any_value(rate.unit_name)                                       as unit_name,
    rate.register,
    sum(rate.expected)::bigint                                      as expected,
    sum(rate.delivered)::bigint                                     as delivered,
    coalesce(sum(rate.on_time), 0)::bigint                          as on_time,
    count(*) filter (where rate.state = 'khong_ro')                 as unknown,
    string_agg(
        strftime(rate.period_end, '%m/%Y'), ', ' order by rate.period_end
    ) filter (where rate.state = 'chua_nop')                        as missing
from marts.reporting_rate as rate
cross join reference.closing as closing
where rate.expected = 1 and year(rate.period_end) = year(closing.closing_date)
group by rate.unit_code, rate.register
order by sum(rate.expected - rate.delivered) desc, rate.unit_code asc, rate.register asc
