-- Chỉ tiêu hồ sơ theo định nghĩa chính: tử số, mẫu số của từng đơn vị trong từng ngày, chưa cộng theo cấp.
select
    population.indicator,
    measure.definition,
    measure.unit_code,
    measure.on_date,
    sum(measure.numerator)::bigint      as numerator,
    sum(measure.denominator)::bigint    as denominator
from core.dossier_measures as measure
inner join core.dossier_populations as population using (applicant_group)
inner join reference.definitions as definition
    on
        definition.indicator = population.indicator
        and definition.definition = measure.definition
        and definition.is_headline
        and measure.on_date between definition.holds_from and definition.holds_to
where measure.basis = 'flow'
group by all
