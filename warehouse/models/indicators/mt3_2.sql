-- MT3.2: TTHC được công khai kịp thời trên Cơ sở dữ liệu quốc gia, mỗi TTHC một dòng cho mỗi ngày ký quyết định.
-- The day of publication is known only within what our readings bound (core.procedure_publications). Whether the short
-- limit holds may be unknown too; then both limits are tried, and only what is equal under both is said.
with limits as (
    select
        cast(value ->> '$.cong_khai' as integer)            as usual_days,
        cast(value ->> '$.cong_khai_rut_gon' as integer)    as shortened_days,
        holds_from,
        holds_to
    from reference.parameters
    where code = 'procedure_limits'
),

dues as (
    select
        announced.*,
        publication.published_by,
        publication.absent_through,
        if(occasion.is_shortened, shortened.day, usual.day)                 as last_due_on,
        if(coalesce(occasion.is_shortened, true), shortened.day, usual.day) as first_due_on
    from core.announced_procedures as announced
    inner join core.procedure_publications as publication using (procedure_code, decision_id)
    left join core.procedure_occasions as occasion using (procedure_code, decision_id)
    left join limits on announced.signed_on between limits.holds_from and limits.holds_to
    left join reference.calendar as signed on signed.day = announced.signed_on
    left join reference.working_days as usual
        on usual.working_day_index = signed.working_day_index + limits.usual_days
    left join reference.working_days as shortened
        on shortened.working_day_index = signed.working_day_index + limits.shortened_days
),

judged as (
    select
        dues.*,
        case
            when dues.exclusion_reason is not null then 'excluded'
            when dues.last_due_on is null then 'undetermined'
            when dues.published_by <= dues.first_due_on then 'met'
            when dues.published_by is null and dues.last_due_on >= closing.closing_date then 'excluded'
            when dues.absent_through >= dues.last_due_on then 'failed'
            else 'undetermined'
        end as outcome
    from dues
    cross join reference.closing as closing
),

decisive as (
    select *
    from judged
    qualify row_number() over (
        partition by procedure_code, on_date
        order by list_position(['failed', 'undetermined', 'met', 'excluded'], outcome), decision_id
    ) = 1
)

select
    'MT3.2'         as indicator,
    'STD'           as definition,
    '?'             as unit_code,
    'flow'          as basis,
    on_date,
    'procedure'     as record_kind,
    procedure_code  as record_key,
    outcome,
    case
        when outcome = 'failed' and is_rescission then if(published_by is null, 'CHUA_GO_BO', 'GO_BO_MUON')
        when outcome = 'failed' then if(published_by is null, 'CHUA_CONG_KHAI', 'CONG_KHAI_MUON')
        when outcome = 'excluded' then if(exclusion_reason is null, 'CHUA_DEN_HAN', 'LOAI_TRU')
        when outcome = 'undetermined' then if(signed_on is null, 'KHONG_RO_NGAY_KY', 'KHONG_RO_NGAY_CONG_KHAI')
    end             as reason_code,
    case outcome
        when 'failed'
            then format(
                'Quyết định {}, hạn công khai {}: {}',
                decision_number, strftime(last_due_on, '%d/%m/%Y'),
                case
                    when is_rescission and published_by is null then 'bãi bỏ nhưng vẫn công khai'
                    when is_rescission then 'còn công khai đến ' || strftime(absent_through, '%d/%m/%Y')
                    else coalesce('thấy công khai ' || strftime(published_by, '%d/%m/%Y'), 'chưa thấy công khai')
                end
            )
        when 'excluded'
            then coalesce(
                exclusion_reason,
                format('Quyết định {}: chưa hết hạn {}', decision_number, strftime(last_due_on, '%d/%m/%Y'))
            )
        when 'undetermined'
            then format(
                'Quyết định {}{}: không quan sát được ngày công khai',
                decision_number, if(is_rescission, ' (bãi bỏ)', '')
            )
    end             as reason,
    if(outcome = 'failed', coalesce(published_by, closing.closing_date) - last_due_on, null)::integer as days_late
from decisive
cross join reference.closing as closing
