-- Các quyết định về văn bản điện tử (P-05, P-06, P-07, P-18, độ phủ căn cứ) dưới dạng dùng được, một dòng.
with decided as (
    select
        from_json(max(value) filter (where code = 'P-06'), '["VARCHAR"]')   as tests,
        from_json(max(value) filter (where code = 'P-07'), '["VARCHAR"]')   as exclusions,
        max(value ->> '$.di') filter (where code = 'P-18')                  as outgoing_status,
        max(value ->> '$.den') filter (where code = 'P-18')                 as incoming_status,
        max(value) filter (where code = 'evidence_coverage')                as coverage
    from reference.parameters
    where code in ('P-06', 'P-07', 'P-18', 'evidence_coverage')
)

select
    decided.tests,
    decided.exclusions,
    outgoing.stage  as outgoing_stage,
    incoming.stage  as incoming_stage,
    -- Of less evidence nothing is estimated; so many sendings taken without a packet back are no coincidence.
    cast(decided.coverage ->> '$.phan_lon' as double)           as least_evidence,
    cast(decided.coverage ->> '$.luot_gui_im_lang' as integer)  as silent_sendings,
    -- A list that was never read proves nothing by what it does not show.
    exists(select 1 from staging.axis__sent_documents)  as is_sent_list_read,
    closing.closing_date,
    closing.closing_date + 1                            as cut_at
from decided
cross join reference.closing as closing
inner join reference.exchange_statuses as outgoing on decided.outgoing_status = outgoing.status_code
inner join reference.exchange_statuses as incoming on decided.incoming_status = incoming.status_code
