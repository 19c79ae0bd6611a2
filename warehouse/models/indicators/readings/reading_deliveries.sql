-- MT2b đọc khác: mỗi lượt gửi xét lại theo phép thử (P-06), trường hợp loại trừ (P-07), trạng thái đã nhận (P-18) khác.
-- Each changes one decision of those that held on the day of the document.
with ways as (
    select
        reading.reading,
        rules.holds_from,
        rules.holds_to,
        if(reading.parameter = 'P-06', from_json(reading.value, '["VARCHAR"]'), rules.tests)        as tests,
        if(reading.parameter = 'P-07', from_json(reading.value, '["VARCHAR"]'), rules.exclusions)   as exclusions,
        coalesce(wanted.stage, rules.outgoing_stage)                                                as wanted_stage
    from core.document_decisions as rules
    inner join reference.readings as reading
        on
            reading.indicator = 'MT2b'
            and reading.parameter in ('P-06', 'P-07', 'P-18')
            and rules.closing_date between reading.holds_from and reading.holds_to
    left join reference.exchange_statuses as wanted
        on reading.parameter = 'P-18' and wanted.status_code = (reading.value ->> '$.di')
    where reading.counted = 'records'
),

listed as (
    select
        entry.*,
        ways.reading,
        list_contains(ways.exclusions, coalesce(entry.exclusion_code, '')) and entry.is_grounded    as is_listed,
        is_listed and entry.refuted_by is null and not entry.is_contradicted                        as is_let_off,
        entry.is_contradicted or (
            entry.refuted_by is not null and not entry.is_void and (is_listed or entry.is_outside_claimed)
        )                                                                                           as is_doubted
    from core.register_entries as entry
    inner join ways on entry.issued_on between ways.holds_from and ways.holds_to
),

entries as (
    select
        document_code,
        numbering_year,
        recipient,
        reading,
        bool_and(is_let_off)                                                as is_excluded,
        not is_excluded and bool_and(is_let_off or is_doubted)              as is_in_doubt,
        nullif(bool_or(is_doubted), false)                                  as doubt,
        min(signing_level) filter (where not is_let_off and not is_doubted) as signing_level,
        bool_or(is_paper and not is_let_off and not is_doubted)             as is_paper
    from listed
    group by all
)

select
    ways.reading,
    delivery.unit_code,
    delivery.issued_on,
    delivery_outcome(
        delivery.is_recalled or coalesce(entry.is_excluded, false), coalesce(entry.is_in_doubt, false), entry.doubt,
        ways.tests, entry.signing_level = 2, delivery.is_e2, not entry.is_paper,
        is_delivered(
            delivery.evidence, delivery.is_unread, delivery.is_on_axis, delivery.is_refused, delivery.stage,
            ways.wanted_stage
        )
    ) as outcome
from core.deliveries as delivery
inner join core.document_rules as rules on true
inner join ways
    on
        coalesce(delivery.issued_on, delivery.sent_at::date, rules.closing_date)
        between ways.holds_from and ways.holds_to
left join entries as entry
    on
        entry.document_code = delivery.document_code
        and entry.numbering_year = delivery.numbering_year
        and entry.recipient = delivery.recipient
        and entry.reading = ways.reading
