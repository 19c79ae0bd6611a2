-- Bản ghi tách riêng của trục liên thông và danh sách TTHC, theo chỉ tiêu mà chúng có thể làm thay đổi.
select
    feeds.indicator,
    feeds.definition,
    feeds.system,
    feeds.resource,
    count(distinct aside.record_key) as records
from quarantine.records as aside
inner join reference.indicator_sources as feeds using (system, resource)
-- Wrong rows of registers are counted by their files; a dossier set aside is counted with its unit and its day.
where feeds.system <> 'registers' and feeds.widens
group by all
