-- Các quyết định về văn bản điện tử (P-06, P-07, P-18) theo thời gian: mỗi khoảng ngày không đổi quyết định một dòng.
with spans as (
    select
        holds_from,
        coalesce(lead(holds_from) over (order by holds_from) - 1, date '9999-12-31') as holds_to
    from (
        select distinct holds_from from reference.parameters
        where code in ('P-06', 'P-07', 'P-18')
    ) as begun
),

decided as (
    select
        spans.holds_from,
        spans.holds_to,
        from_json(max(value) filter (where code = 'P-06'), '["VARCHAR"]')   as tests,
        from_json(max(value) filter (where code = 'P-07'), '["VARCHAR"]')   as exclusions,
        max(value ->> '$.di') filter (where code = 'P-18')                  as outgoing_status,
        max(value ->> '$.den') filter (where code = 'P-18')                 as incoming_status
    from spans
    inner join reference.parameters as parameter
        on
            parameter.code in ('P-06', 'P-07', 'P-18')
            and spans.holds_from between parameter.holds_from and parameter.holds_to
    group by spans.holds_from, spans.holds_to
)

select
    decided.holds_from,
    decided.holds_to,
    decided.tests,
    decided.exclusions,
    outgoing.stage  as outgoing_stage,
    incoming.stage  as incoming_stage,
    rules.*
from decided
cross join core.document_rules as rules
inner join reference.exchange_statuses as outgoing on decided.outgoing_status = outgoing.status_code
inner join reference.exchange_statuses as incoming on decided.incoming_status = incoming.status_code
