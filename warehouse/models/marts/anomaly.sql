-- Dấu hiệu bất thường: mỗi nghi vấn một dòng, kèm chứng cứ và câu diễn giải; là điều cần xem lại, chưa phải kết luận.
with found as (
    from anomalies.t01_appointment_moved
    union all by name
    from anomalies.t02_return_stops_clock
    union all by name
    from anomalies.t03_end_backdated
    union all by name
    from anomalies.t04_bulk_closing
    union all by name
    from anomalies.t05_work_after_end
    union all by name
    from anomalies.t06_pause_as_shield
    union all by name
    from anomalies.t08_slow_intake
    union all by name
    from anomalies.t09_refused_then_accepted
    union all by name
    from anomalies.t10_one_dossier_twice
    union all by name
    from anomalies.t11_foreign_code
    union all by name
    from anomalies.t12_procedure_unknown
    union all by name
    from anomalies.t13_procedure_repealed
    union all by name
    from anomalies.t14_closed_unit
    union all by name
    from anomalies.t15_clock_skew
    union all by name
    from anomalies.t16_naive_calendar
    union all by name
    from anomalies.t17_limit_misread
    union all by name
    from anomalies.t18_test_dossier
    union all by name
    from anomalies.t19_document_twice
    union all by name
    from anomalies.t20_sent_on_paper_only
    union all by name
    from anomalies.t21_no_valid_signature
    union all by name
    from anomalies.t22_paper_beside
    union all by name
    from anomalies.t23_secrecy_as_excuse
    union all by name
    from anomalies.t24_one_type
    union all by name
    from anomalies.t25_placeholder_content
    union all by name
    from anomalies.t26_published_again
    union all by name
    from anomalies.t27_list_changed
    union all by name
    from anomalies.t28_two_primary_positions
    union all by name
    from anomalies.t29_rating_without_decision
    union all by name
    from anomalies.t34_other_encoding
)

select
    found.trap,
    found.signal,
    found.record_kind,
    found.record_key,
    coalesce(found.unit_code, '?')  as unit_code,
    found.occurred_on,
    found.evidence,
    signal.severity,
    found.first_seen_at,
    signal.label,
    found.sentence
from found
inner join reference.trap_signals as signal using (trap, signal)
-- Without a public code nothing can be looked up; such a dossier is set aside and named there.
where found.record_key is not null
