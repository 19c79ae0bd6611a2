-- Vì sao từng hồ sơ đang tách riêng: quy tắc bị vi phạm, việc cần làm, tách riêng từ khi nào và còn thấy đến khi nào.
select
    intake.record_key,
    intake.dossier_code,
    intake.unit_code,
    aside.rule,
    aside.rule_version,
    aside.message,
    aside.advice,
    timezone('UTC', min(coalesce(history.first_set_aside_at, aside.first_seen_at))) + interval 7 hour as first_seen_at,
    timezone('UTC', max(coalesce(history.last_set_aside_at, aside.first_seen_at))) + interval 7 hour  as last_seen_at
from quarantine.records as aside
inner join core.dossier_intake as intake using (record_key)
left join quarantine.history as history
    on
        history.checked_table = aside.checked_table
        and history.record_key = aside.record_key
        and history.rule = aside.rule
        and history.released_at is null
where aside.system = 'portal' and aside.resource = 'dossiers'
group by all
