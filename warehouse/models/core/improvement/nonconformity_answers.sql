-- Phiếu không phù hợp như các phòng ghi trong sổ, tính đến ngày chốt: ngày ghi sau ngày chốt thì chưa có.
with written as (
    select
        answer.* exclude (cause_code, cause),
        -- A number is known again in any spelling of case and spaces.
        upper(replace(answer.form_number, ' ', ''))                  as code_key,
        named.unit_code,
        upper(trim(answer.linked_indicator))                    as indicator_key,
        left(answer.cause_code, 3)                              as cause_code,
        answer.cause,
        if(answer.done_on <= closing.closing_date, answer.done_on, null)        as ended_on,
        if(
            answer.effectiveness_on <= closing.closing_date and answer.effectiveness is not null,
            answer.effectiveness_on, null
        )                                                       as judged_on,
        if(answer.closed_on <= closing.closing_date, answer.closed_on, null)    as shut_on
    from staging.registers__nonconformities as answer
    inner join reference.closing as closing on answer.opened_on <= closing.closing_date
    left join core.office_unit_names as named on named.folded_name = fold_ascii(answer.unit)
)

select
    written.code_key,
    written.form_number,
    written.opened_on,
    written.found_by,
    written.reference,
    indicator.indicator,
    coalesce(written.unit_code, '?')                            as responsible_unit,
    written.unit                                                as responsible_unit_name,
    written.description,
    written.correction,
    written.differing_columns,
    written.cause_code,
    list_filter(
        [written.why_1, written.why_2, written.why_3, written.why_4, written.why_5],
        lambda why: filled(why)
    )                                                           as whys,
    written.cause,
    written.corrective_action,
    written.responsible_post,
    written.due_on,
    written.ended_on                                            as done_on,
    written.evidence,
    if(written.judged_on is null, null, written.effectiveness)  as effectiveness,
    written.judged_on                                           as effectiveness_on,
    written.shut_on                                             as closed_on,
    filled(written.cause)                                       as has_cause,
    filled(written.corrective_action)                           as has_action
from written
left join (
    select distinct known.indicator from reference.indicators as known
) as indicator on upper(indicator.indicator) = written.indicator_key
qualify row_number() over (partition by written.code_key order by written.record_key desc) = 1
