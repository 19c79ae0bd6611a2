-- Mỗi thủ tục hành chính một dòng: tên, lĩnh vực, có ở phía nào tại ngày chốt, đã có bao nhiêu hồ sơ.
-- A dossier may name a procedure that neither side lists: it has its row too, so that every fact finds its own.
with national as (
    select *
    from core.procedures_listed
    qualify row_number() over (partition by procedure_code order by as_at desc) = 1
),

portal as (
    select *
    from core.procedures_configured
    qualify row_number() over (partition by procedure_code order by as_at desc) = 1
),

-- What is compared may stand under a code of its own (two national codes for one of the portal).
compared as (
    select
        procedure_code,
        min(national_code)                              as national_code,
        min(coalesce(national_name, portal_name))       as procedure_name
    from core.procedure_sync
    where procedure_code is not null
    group by procedure_code
),

asked_for as (
    select
        procedure_code,
        count(*) as dossiers
    from core.dossier_clock
    where procedure_code is not null
    group by procedure_code
),

codes as (
    select procedure_code from national
    union
    select procedure_code from portal
    union
    select procedure_code from compared
    union
    select procedure_code from asked_for
)

select
    codes.procedure_code,
    coalesce(national.national_code, portal.national_code, compared.national_code)      as national_code,
    coalesce(national.procedure_name, portal.procedure_name, compared.procedure_name)   as procedure_name,
    coalesce(national.field_code, portal.field_code)                                    as sector_code,
    coalesce(national.field_name, portal.field_name)                                    as sector_name,
    national.procedure_code is not null                                                 as is_listed_nationally,
    portal.procedure_code is not null                                                   as is_on_portal,
    coalesce(asked_for.dossiers, 0)                                                     as dossiers
from codes
left join national using (procedure_code)
left join portal using (procedure_code)
left join compared using (procedure_code)
left join asked_for using (procedure_code)
where codes.procedure_code is not null
order by codes.procedure_code
