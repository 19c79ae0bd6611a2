-- Đánh giá nội bộ (ISO 9.2): kế hoạch, thực hiện, phát hiện, và số phát hiện chưa có phiếu không phù hợp.
with forms as (
    select
        document_code(reference)    as report_key,
        responsible_unit,
        count(*)                    as forms
    from core.nonconformities
    where filled(reference)
    group by all
)

select
    audit.programme_number,
    audit.year                                                          as audit_year,
    coalesce(named.unit_code, '?')                                      as unit_code,
    audit.unit                                                          as unit_name,
    audit.scope,
    audit.clauses,
    audit.planned_on,
    if(audit.audited_on <= closing.closing_date, audit.audited_on, null) as audited_on,
    audit.auditor_post,
    audit.is_independent = 'Có'                                         as is_independent,
    coalesce(audit.major, 0)                                            as major,
    coalesce(audit.minor, 0)                                            as minor,
    coalesce(audit.opportunities, 0)                                    as opportunities,
    audit.report_number,
    if(audit.reported_on <= closing.closing_date, audit.reported_on, null) as reported_on,
    coalesce(forms.forms, 0)                                            as nonconformities,
    -- Named with their tables: a bare name would be the register's own column, which may be empty.
    if(
        audit.differing_columns is null,
        greatest(coalesce(audit.major, 0) + coalesce(audit.minor, 0) - coalesce(forms.forms, 0), 0)::bigint,
        null
    )                                                                   as findings_without_form,
    audit.differing_columns,
    coalesce(audit.planned_on < closing.closing_date, false)
    and coalesce(audit.audited_on > closing.closing_date, true)         as is_overdue
from staging.registers__internal_audits as audit
cross join reference.closing as closing
left join core.office_unit_names as named on named.folded_name = fold_ascii(audit.unit)
left join forms
    on
        forms.report_key = document_code(audit.report_number)
        and forms.responsible_unit = coalesce(named.unit_code, '?')
order by audit.planned_on, unit_code, unit_name
