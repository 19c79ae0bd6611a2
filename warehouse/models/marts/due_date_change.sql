-- Hồ sơ có hạn bị dời vì lịch làm việc hoặc danh mục thay đổi sau lần công bố trước, không phải vì nguồn sửa hồ sơ.
-- partitioned by closing_date
select
    compared.closing_date_after                 as closing_date,
    compared.closing_date_before,
    change.dossier_code,
    change.unit_after                           as unit_code,
    change.due_before                           as due_on_effective_before,
    change.due_after                            as due_on_effective_after,
    change.due_statutory_before                 as due_on_statutory_before,
    change.due_statutory_after                  as due_on_statutory_after,
    change.classification_before,
    change.classification_after,
    change.cause
from indicators.dossier_changes as change
cross join indicators.compared_publication as compared
where change.is_due_moved and change.is_told_alike and change.cause in ('new_calendar', 'new_definition')
