-- Hạn công bố của từng TTHC theo quyết định: từ ngày hiệu lực mới nhất của căn cứ pháp lý trong bản ghi.
-- The occasion is the legal basis that takes effect last (domain §5.1, note of QĐ 766). A basis issued after it whose
-- own day of effect cannot be read might be the occasion, so then nothing is known.
with bases as (
    select
        record_key      as procedure_code,
        decision_id,
        unnest(arg_max(legal_bases, version), recursive := true)
    from staging.tthc__procedure_versions
    where decision_id is not null
    group by record_key, decision_id
),

newest as (
    select
        procedure_code,
        decision_id,
        effect_on,
        issued_on,
        max(if(effect_on is null, coalesce(issued_on, date '9999-12-31'), null)) over (
            partition by procedure_code, decision_id
        ) as unread_issued_on
    from bases
    qualify row_number() over (
        partition by procedure_code, decision_id order by effect_on desc nulls last, issued_on desc nulls last
    ) = 1
),

limits as (
    select
        cast(value ->> '$.cong_bo' as integer)          as days_before,
        cast(value ->> '$.cong_bo_rut_gon' as integer)  as days_after,
        holds_from,
        holds_to
    from reference.parameters
    where code = 'procedure_limits'
),

occasions as (
    select
        newest.procedure_code,
        newest.decision_id,
        newest.effect_on,
        newest.issued_on,
        limits.days_before,
        limits.days_after,
        -- Effective at once, or so soon that the usual limit would end before the text was issued.
        coalesce(newest.effect_on - limits.days_before < newest.issued_on, false) as is_shortened
    from newest
    inner join limits on coalesce(newest.issued_on, newest.effect_on) between limits.holds_from and limits.holds_to
    where
        newest.effect_on is not null
        and coalesce(newest.unread_issued_on <= coalesce(newest.issued_on, newest.effect_on), true)
)

select
    occasion.procedure_code,
    occasion.decision_id,
    occasion.effect_on,
    occasion.issued_on,
    occasion.is_shortened,
    -- A limit that ends on a day of rest ends with the next working day; one counted backwards is not moved. Older
    -- texts than the working calendar are counted in calendar days: whoever announces them now is late by years anyway.
    -- Working days are asked of the usual limit alone (note of QĐ 766): the decree's three days stay calendar days.
    if(
        occasion.is_shortened,
        coalesce(rolled.day, occasion.issued_on + occasion.days_after),
        occasion.effect_on - occasion.days_before
    )                                                                                   as due_on,
    if(
        occasion.is_shortened,
        coalesce(rolled.day, occasion.issued_on + occasion.days_after),
        coalesce(working_before.day - 1, occasion.effect_on - occasion.days_before)
    )                                                                                   as due_on_working
from occasions as occasion
left join reference.calendar as effect on effect.day = occasion.effect_on
left join reference.working_days as working_before
    on working_before.working_day_index = effect.working_day_index - occasion.days_before + 1
left join reference.calendar as third on third.day = occasion.issued_on + occasion.days_after
left join reference.working_days as rolled
    on rolled.working_day_index = third.working_day_index + (not third.is_working)::integer
