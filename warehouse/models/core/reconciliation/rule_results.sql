-- Kết quả từng quy tắc kiểm tra của mỗi ngày chốt đã công bố: số dòng đã kiểm tra, số dòng không đạt và việc cần làm.
-- partitioned by closing_date
-- Every run, published or not, stands in ledger.checks for ever; here stands the last one of each closing date.
-- Rules on the reading itself are left out: equal sources read again give equal tables, though less is read.
select
    closing.closing_date,
    checks.checked_table,
    checks.rule,
    checks.rule_version,
    checks.severity,
    checks.success              as is_passed,
    checks.element_count        as checked_rows,
    checks.unexpected_count     as failing_rows,
    checks.message,
    checks.advice,
    checks.checked_at,
    checks.run_id
from ledger.checks as checks
inner join reference.closing as closing using (run_id)
where not starts_with(checks.checked_table, 'staging.ledger__')
