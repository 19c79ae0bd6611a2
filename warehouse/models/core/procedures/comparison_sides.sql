-- Bên được đối chiếu với Cơ sở dữ liệu quốc gia tại từng ngày chốt theo P-08, và những nội dung được so.
-- Both sides that can be read are the one-stop system's configuration on our wire; the portal shows what stands there.
with sides as (
    select
        cast(right(name, 10) as date)               as on_date,
        starts_with(name, 'den_')                   as is_until,
        parameter.value ->> ('$."' || name || '"')  as side,
        parameter.holds_from,
        parameter.holds_to
    from reference.parameters as parameter, unnest(json_keys(parameter.value)) as names (name)
    where parameter.code = 'P-08'
)

select
    days.as_at,
    known.side  as compared_with,
    known.label as compared_label,
    keys.labels as compared_keys,
    known.is_read
from (select distinct as_at from core.stock_days) as days
inner join sides
    on
        days.as_at between sides.holds_from and sides.holds_to
        and if(sides.is_until, days.as_at <= sides.on_date, days.as_at >= sides.on_date)
inner join reference.comparison_sides as known on known.side = sides.side
cross join (
    select string_agg(label, '; ' order by position) as labels
    from reference.sync_keys
    where is_compared
) as keys
-- Of several days from which a side holds, the latest.
qualify row_number() over (partition by days.as_at order by sides.is_until desc, sides.on_date desc) = 1
