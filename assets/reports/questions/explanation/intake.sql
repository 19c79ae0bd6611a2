-- What the source told of the dossier, in whose name and by which versions.
select
    intake.dossier_code,
    intake.content_hash,
    intake.status_name,
    intake.unit_code,
    intake.unit_code_source,
    intake.procedure_code,
    intake.applicant_group,
    intake.channel,
    intake.limit_unit,
    intake.limit_amount,
    intake.accepted_at,
    intake.completed_at,
    intake.due_on_original,
    intake.due_on_current,
    intake.due_on_statutory,
    timezone('UTC', intake.first_seen_at) + interval 7 hour as seen_at,
    closing.closing_date,
    closing.known_from,
    closing.run_id,
    unit.unit_name,
    procedure.procedure_name,
    definitions.content_hash                                as definition_version,
    calendar.content_hash                                   as calendar_version,
    returns.value ->> '$' = 'tinh_vao_R1'                   as returns_count
from core.dossier_intake as intake
cross join reference.closing as closing
left join core.units as unit on unit.unit_code = intake.unit_code
left join (
    select
        procedure_code,
        arg_max(procedure_name, as_at) as procedure_name
    from core.procedures_configured
    group by procedure_code
) as procedure on procedure.procedure_code = intake.procedure_code
left join reference.versions as definitions on definitions.name = 'definitions'
left join reference.versions as calendar on calendar.name = 'calendar'
left join reference.parameters as returns
    on
        returns.code = 'P-04'
        and coalesce(intake.completed_at::date, closing.closing_date) between returns.holds_from and returns.holds_to
where intake.dossier_code = $code
