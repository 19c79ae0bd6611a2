-- Từng bản ghi khiến chỉ tiêu chính chưa đạt 100 %: không đạt trong năm, thuộc phạm vi mục tiêu, kèm lý do.
with late as (
    select
        clock.*,
        clock.completed_at::date - clock.due_on_effective::date as days_late
    from core.dossier_clock as clock
    inner join core.headline_period as period
        on clock.ended_on between period.period_start and period.as_at
    inner join core.unit_scope_spans as scope
        on
            clock.unit_code = scope.unit_code
            and scope.scope_code = 'VP'
            and period.as_at between scope.holds_from and scope.holds_to
    where
        not clock.is_unclear
        and (clock.classification = 'qua_han'
        -- Returned, withdrawn or stopped after the due date, where these count (P-04).
        or (clock.status_code in (7, 8) and clock.is_ended and clock.lateness > 0 and exists (
            select 1 from reference.parameters
            where
                code = 'P-04' and (value ->> '$') = 'tinh_vao_R1'
                and clock.ended_on between holds_from and holds_to
        )))
)

select
    population.indicator,
    'R1'                                                        as definition,
    late.unit_code,
    'VP'                                                        as scope_code,
    'dossier'                                                   as record_kind,
    late.dossier_code                                           as record_key,
    late.ended_on                                               as occurred_on,
    case
        when late.is_asked_late then 'BS_SAU_HAN'
        when late.supplement_count > 1 then 'BS_NHIEU_LAN'
        when late.due_on_current is null or late.is_inferred then 'HAN_SUY_DIEN'
        else 'QUA_HAN'
    end                                                         as reason_code,
    'Kết thúc ' || strftime(late.completed_at, '%d/%m/%Y %H:%M')
    || ', hạn ' || strftime(late.due_on_effective, '%d/%m/%Y %H:%M')
    || if(late.days_late > 0, ', quá hạn ' || late.days_late || ' ngày', ', quá hạn trong ngày')
    || if(late.is_asked_late, '; yêu cầu bổ sung sau hạn', '')
    || if(late.supplement_count > 1, '; yêu cầu bổ sung ' || late.supplement_count || ' lần', '')
        as reason,
    late.days_late
from late
inner join core.dossier_populations as population using (applicant_group)
union all
select
    failed.indicator,
    failed.definition,
    failed.unit_code,
    headline.unit_code as scope_code,
    failed.record_kind,
    failed.record_key,
    failed.on_date  as occurred_on,
    failed.reason_code,
    failed.reason,
    failed.days_late
from indicators.records as failed
inner join core.headline_period as period
    on if(
        failed.basis = 'state', failed.on_date = period.as_at,
        failed.on_date between period.period_start and period.as_at
    )
inner join reference.definitions as definition
    on
        definition.indicator = failed.indicator
        and definition.definition = failed.definition
        and period.as_at between definition.holds_from and definition.holds_to
inner join core.headlines as headline
    on headline.indicator = failed.indicator and headline.objective_year = year(period.period_end)
inner join core.scope_spans as scope
    on
        scope.unit_code = failed.unit_code
        and scope.scope_code = headline.unit_code
        and period.as_at between scope.holds_from and scope.holds_to
where failed.outcome = 'failed' and definition.is_headline and headline.is_headline
-- A record that failed more than once in the year kept the figure from 100 % once: the longest delay is shown.
qualify row_number() over (
    partition by failed.indicator, failed.definition, failed.unit_code, failed.record_key
    order by failed.days_late desc nulls last, failed.on_date asc
) = 1
