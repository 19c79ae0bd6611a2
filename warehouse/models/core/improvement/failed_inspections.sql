-- Lượt kiểm tra có kết luận "Chưa đạt", mỗi đơn vị trong một kết luận một dòng.
select
    'KPH-' || year(inspection.concluded_on) || '-KT-' || upper(replace(inspection.conclusion_number, ' ', '')) || '-'
    || replace(inspection.unit_key, ' ', '')        as code,
    coalesce(inspection.unit_code, '?')             as unit_code,
    any_value(inspection.unit_name)                 as unit_name,
    inspection.conclusion_number,
    min(inspection.concluded_on)                    as opened_on,
    sum(coalesce(inspection.wrong, 0))::bigint      as records,
    'Kết luận ' || inspection.conclusion_number || ': kết quả kiểm tra chưa đạt'  as description
from core.inspections as inspection
inner join reference.closing as closing on inspection.concluded_on <= closing.closing_date
where inspection.result = 'Chưa đạt'
group by all
