-- Dossiers of a listed procedure, by both their keys, and of one that no catalogue names: the unknown is not shown.
create or replace temp table masked as
with procedures as (
    select procedure_code, national_code, procedure_name, field_name from whole.core.procedures_listed
    union
    select procedure_code, national_code, procedure_name, field_name from whole.core.procedures_configured
),

judged as (
    select
        procedures.procedure_code,
        procedures.national_code,
        bool_or(case sensitive.match
            when 'code' then sensitive.value in (procedures.procedure_code, procedures.national_code)
            when 'words' then contains(
                plain_text(concat_ws(' ', procedures.procedure_name, procedures.field_name)),
                plain_text(sensitive.value)
            )
        end) as is_sensitive
    from procedures left join whole.reference.sensitive_procedures as sensitive on true
    group by all
),

by_code as (
    select code, coalesce(bool_or(is_sensitive), false) as is_sensitive
    from (
        select procedure_code as code, is_sensitive from judged
        union all
        select national_code as code, is_sensitive from judged
    ) as codes
    group by code
),

dossiers as (
    select intake.record_key, intake.dossier_code
    from whole.core.dossier_intake as intake left join by_code on by_code.code = intake.procedure_code
    where coalesce(by_code.is_sensitive, true)
)

select record_key as key from dossiers
union
select dossier_code as key from dossiers
where dossier_code is not null
