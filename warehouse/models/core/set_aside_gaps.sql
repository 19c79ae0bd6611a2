-- Bản ghi tách riêng của trục liên thông và danh sách TTHC, theo chỉ tiêu mà chúng có thể làm thay đổi.
with feeds as (
    select * from (
        values
        ('axis', 'received_documents', 'MT2b', 'IN'), ('axis', 'sent_documents', 'MT2b', 'PAIR'),
        ('axis', 'sent_documents', 'MT2b', 'DOC'), ('axis', 'received_statuses', 'MT2b', 'PAIR'),
        ('axis', 'received_statuses', 'MT2b', 'DOC'), ('portal', 'procedures', 'MT3.4', 'STD'),
        ('tthc', 'procedure_list', 'MT3.3', 'STD'), ('tthc', 'procedure_list', 'MT3.4', 'STD')
    ) as feed (system, resource, indicator, definition)
)

select
    feeds.indicator,
    feeds.definition,
    feeds.system,
    feeds.resource,
    count(distinct aside.record_key) as records
from quarantine.records as aside
inner join feeds using (system, resource)
group by all
