-- How many units stand where beside the general rate, of dossiers in time in the scoreboard's year to date.
select
    funnel.position_label,
    count(*)                    as units,
    any_value(funnel.centre)    as centre
from marts.funnel as funnel
inner join core.headline_period as period using (period_start, period_end)
where funnel.indicator = 'MT1'
group by funnel.position, funnel.position_label
order by array_position(['kem_hon', 'tot_hon', 'chua_phan_biet', 'qua_it'], funnel.position)
