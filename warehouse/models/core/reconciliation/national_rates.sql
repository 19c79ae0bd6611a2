-- Tỷ lệ đúng hạn theo QĐ 766 (R2) của kho, mỗi đơn vị, mỗi tháng hoặc năm một dòng, để đặt cạnh điểm quốc gia.
select
    scope.scope_code                    as unit_code,
    period.period_kind,
    period.period_start,
    sum(measure.numerator)::bigint      as numerator,
    sum(measure.denominator)::bigint    as denominator
from core.dossier_measures as measure
inner join core.scopes as scope using (unit_code)
inner join core.periods as period
    on case measure.basis
        when 'flow' then measure.on_date between period.period_start and period.as_at
        when 'opening' then measure.on_date = period.period_start - 1
        when 'closing' then measure.on_date = period.as_at
    end
where measure.definition = 'R2' and period.period_calendar = 'iso' and period.period_kind in ('month', 'year')
group by all
