-- Mỗi đơn vị tốt hơn, kém hơn hay chưa phân biệt được với tỷ lệ chung: biểu đồ phễu, giới hạn 95 % và 99,8 %.
-- A unit below a target is told from chance first; over-dispersion widens the limits around the general rate.
with limited as (
    select
        unit.*,
        unit.total_numerator / unit.total_denominator   as centre,
        coalesce(spread.dispersion, 1)                  as dispersion,
        sqrt(coalesce(spread.dispersion, 1))            as widening,
        -- greatest() and least() pass over NULL: without limits there are none.
        if(size.lower_95 is null, null, greatest(0, centre + widening * (size.lower_95 - centre)))      as lower_95,
        if(size.upper_95 is null, null, least(1, centre + widening * (size.upper_95 - centre)))         as upper_95,
        if(size.lower_998 is null, null, greatest(0, centre + widening * (size.lower_998 - centre)))    as lower_998,
        if(size.upper_998 is null, null, least(1, centre + widening * (size.upper_998 - centre)))       as upper_998
    from indicators.funnel_units as unit
    left join indicators.funnel_dispersions as spread using (indicator, period_start, period_end)
    left join indicators.funnel_limits as size using (denominator, total_numerator, total_denominator)
)

select
    limited.indicator,
    limited.unit_code,
    coalesce(unit.unit_name, room.unit_name, limited.unit_code) as unit_name,
    limited.period_start,
    limited.period_end,
    limited.numerator,
    limited.denominator,
    limited.numerator / limited.denominator                     as actual,
    limited.centre,
    limited.dispersion,
    limited.lower_95,
    limited.upper_95,
    limited.lower_998,
    limited.upper_998,
    case
        when not limited.is_enough then 'qua_it'
        when limited.numerator / limited.denominator < limited.lower_95 then 'kem_hon'
        when limited.numerator / limited.denominator > limited.upper_95 then 'tot_hon'
        else 'chua_phan_biet'
    end                                                         as position,
    case position
        when 'qua_it' then 'Quá ít trường hợp'
        when 'kem_hon' then 'Kém hơn mức chung'
        when 'tot_hon' then 'Tốt hơn mức chung'
        else 'Chưa phân biệt được với mức chung'
    end                                                         as position_label,
    coalesce(
        limited.numerator / limited.denominator not between limited.lower_998 and limited.upper_998, false
    )                                                           as is_beyond_998
from limited
left join core.units as unit using (unit_code)
left join (
    select
        unit_code,
        max_by(unit_name, valid_from) as unit_name
    from core.office_units
    group by unit_code
) as room using (unit_code)
order by limited.indicator, limited.period_start, limited.period_end, limited.unit_code
