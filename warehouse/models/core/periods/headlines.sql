-- Nơi mỗi mục tiêu có số liệu chung: phạm vi mục tiêu của Văn phòng (VP), toàn tỉnh, hoặc cả hai.
select
    objective.indicator,
    objective.objective_year,
    'VP'                            as unit_code,
    true                            as is_headline
from reference.objectives as objective
where objective.unit_scope = 'VP'
union all
select
    objective.indicator,
    objective.objective_year,
    closing.org_code                as unit_code,
    objective.unit_scope = 'TINH'   as is_headline
from reference.objectives as objective, reference.closing as closing
where objective.is_province_wide
