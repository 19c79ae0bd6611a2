-- The last statutory form that ends within the period, headed and addressed by the law of its last day.
select
    form.heading,
    form.addressee,
    stt,
    linh_vuc,
    c3,
    c4,
    c5,
    c6,
    c7,
    c8,
    c9,
    c10,
    c11,
    c12,
    c13,
    period_start,
    period_end
from marts.form_ii_06a
left join reference.forms as form
    on form.form = 'II.06a' and period_end between form.holds_from and form.holds_to
where
    period_calendar = 'report' and period_kind = $kind and period_end <= $period_end
    and unit_code = coalesce($unit, (select org_code from reference.closing))
qualify period_end = max(period_end) over ()
order by stt
