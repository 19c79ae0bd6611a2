-- T25: thủ tục đã công khai mà nội dung bắt buộc để giữ chỗ, hoặc nhiều nội dung chép cùng một đoạn.
with newest as (
    select
        record_key,
        max(version) as version
    from staging.tthc__procedure_versions
    group by record_key
),

texts as (
    select
        detail.record_key,
        detail.first_seen_at,
        detail.observed_from,
        unnest([
            {'field': 'step', 'text': array_to_string(detail.step_texts, ' ')},
            {'field': 'result', 'text': array_to_string(detail.result_texts, ' ')},
            {'field': 'condition', 'text': array_to_string(detail.condition_texts, ' ')},
            {'field': 'paper', 'text': array_to_string(detail.paper_texts, ' ')},
            {'field': 'applicant', 'text': array_to_string(detail.applicant_texts, ' ')},
            {'field': 'agency', 'text': array_to_string(detail.agency_texts, ' ')}
        ], recursive := true)
    from staging.tthc__procedure_versions as detail
    inner join newest using (record_key, version)
),

copied as (
    select
        texts.record_key,
        max(texts.first_seen_at)    as first_seen_at,
        max(texts.observed_from)    as observed_from,
        count(*)                    as fields,
        plain_text(texts.text)      as folded_text
    from texts
    left join reference.placeholders as placeholder on placeholder.folded_text = plain_text(texts.text)
    where plain_text(texts.text) <> '' and placeholder.folded_text is null
    group by texts.record_key, plain_text(texts.text)
    having count(
        *) >= (
        select value from reference.trap_thresholds
        where trap = 'T25' and name = 'same_texts'
    )
)

select
    'T25'                       as trap,
    'giu_cho'                   as signal,
    'procedure'                 as record_kind,
    gap.record_key,
    '?'                         as unit_code,
    detail.observed_from        as occurred_on,
    json_object('noi_dung_thieu', gap.missing) as evidence,
    'Thủ tục ' || gap.record_key || ': đã công khai nhưng để trống hoặc giữ chỗ ' || array_to_string(gap.missing, ', ')
        as sentence,
    detail.first_seen_at
from core.procedure_completeness as gap
inner join newest using (record_key, version)
inner join staging.tthc__procedure_versions as detail using (record_key, version)
where len(gap.missing) > 0
union all
select
    'T25',
    'lap_lai',
    'procedure',
    record_key,
    '?',
    observed_from,
    json_object('so_noi_dung', fields),
    'Thủ tục ' || record_key || ': ' || fields || ' nội dung chép cùng một đoạn',
    first_seen_at
from copied
