"""What is asked of the published file about one dossier. Parameter `$code` throughout; times are local."""

# A code as people write it: with spaces, dots or dashes left out, in small letters, or its last part alone.
FOLDED = "regexp_replace(upper({}), '[^A-Z0-9]', '', 'g')"
CANDIDATES = f"""
select dossier_code,
    dossier_code = $written                                     as is_exact,
    {FOLDED.format("dossier_code")} = {FOLDED.format("$written")} as is_same,
    length({FOLDED.format("$written")}) >= 6
    and ends_with({FOLDED.format("dossier_code")}, {FOLDED.format("$written")}) as is_ending,
    levenshtein({FOLDED.format("dossier_code")}, {FOLDED.format("$written")}) as distance
from core.dossier_intake where dossier_code is not null
order by is_exact desc, is_same desc, is_ending desc, distance, dossier_code limit 6
"""
INTAKE = """
select
    intake.* exclude (first_seen_at),
    timezone('UTC', intake.first_seen_at) + interval 7 hour as seen_at,
    closing.closing_date, closing.known_from, closing.run_id,
    unit.unit_name, procedure.procedure_name,
    (select content_hash from reference.versions where name = 'definitions') as definition_version,
    (select content_hash from reference.versions where name = 'calendar')    as calendar_version,
    (select value ->> '$' from reference.parameters where code = 'P-04')     as returns,
    (select value ->> '$' from reference.parameters where code = 'P-13')     as financial
from core.dossier_intake as intake
cross join reference.closing as closing
left join core.units as unit on unit.unit_code = intake.unit_code
left join (
    select procedure_code, arg_max(procedure_name, as_at) as procedure_name
    from core.procedures_configured group by procedure_code
) as procedure on procedure.procedure_code = intake.procedure_code
where intake.dossier_code = $code
"""
# The open stock as at the end of the year to date; working days by the official calendar, a day off as the last worked.
CLOCK = """
select
    told.*,
    clock.status_code, clock.supplement_count, clock.is_asked_late, clock.is_counted, clock.accepted_on, clock.is_ended,
    clock.ended_on, clock.is_paused, clock.lateness,
    coalesce(stock.is_overdue, false) as is_overdue,
    coalesce(stock.is_supplemented_twice, false) as is_supplemented_twice,
    accepted.working_day_index as accepted_index, promised.working_day_index as promised_index,
    due.working_day_index as due_index, until.working_day_index as until_index
from marts.dossier_clock as told
inner join core.dossier_clock as clock using (dossier_code)
left join core.open_dossiers as stock
    on stock.record_key = clock.record_key and stock.as_at = (select as_at from core.headline_period)
left join reference.calendar as accepted on accepted.day = told.accepted_at::date
left join reference.calendar as promised on promised.day = told.due_on_original::date
left join reference.calendar as due on due.day = told.due_on_effective::date
left join reference.calendar as until on until.day = coalesce(clock.ended_on, clock.closing_date)
where told.dossier_code = $code
"""
PAUSES = """
select pause_kind, ordinal, started_at, ended_at, extends_due, working_days, working_minutes
from core.dossier_pauses where dossier_code = $code order by started_at, ordinal
"""
REJECTIONS = "select * from core.dossier_rejections where dossier_code = $code order by rule"
# Days that are not what their day of the week is, and how many weekend days were off.
SPECIAL_DAYS = """
select day, kind, citation from reference.calendar
where day between $start and $until and kind not in ('LAM_VIEC', 'NGHI_TUAN') order by day
"""
WEEKEND = "select count(*) as days from reference.calendar where day between $start and $until and kind = 'NGHI_TUAN'"
PERIODS = """
select period_calendar, period_kind, period_start, period_end from core.periods
where $day between period_start and as_at and period_kind <> 'year_to_date'
order by period_calendar, period_end - period_start, period_start
"""
YEAR = "select period_start, as_at from core.headline_period"
SCOPES = """
select scope_code from core.unit_scopes as scope
inner join core.dossier_intake as intake on intake.unit_code = scope.unit_code
where intake.dossier_code = $code
"""
DEFINITIONS = """
select definition, is_headline, label, citation from reference.definitions
where indicator = 'MT1'
order by is_headline desc, array_position(['R1', 'R1s', 'R2', 'R3', 'B'], definition), definition
"""
SUSPICIONS = """
select distinct trap, sentence from marts.anomaly where record_kind = 'dossier' and record_key = $code order by all
"""
# Only where the calendar or a list moved it; the newest publication first.
DUE_CHANGES = """
select closing_date, due_on_effective_before, due_on_effective_after, cause
from marts.due_date_change where dossier_code = $code order by closing_date desc
"""
