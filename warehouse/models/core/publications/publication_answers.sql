-- Mỗi văn bản phải có hoặc đã có dòng trong sổ công khai: sổ nói gì, hạn ngày nào, vì sao chưa tính là đã công khai.
-- A document that the register of publications does not know may or may not have to be published.
with limits as (
    select
        cast(value ->> '$.ngay_lam_viec' as integer)    as days,
        holds_from,
        holds_to
    from reference.parameters
    where code = 'publication_limit'
),

entered as (
    select
        entry.* exclude (document_label, signed_on),
        document.numbering_year,
        one_label([entry.document_label, document.document_label])          as document_label,
        -- The two registers may tell two days of signing; then both limits are tried.
        least(entry.signed_on, document.signed_on)                          as first_signed_on,
        greatest(entry.signed_on, document.signed_on)                       as last_signed_on,
        coalesce(document.unit_code, '?')                                   as unit_code,
        coalesce(document.is_recalled, false)                               as is_recalled
    from core.publication_entries as entry
    left join core.directing_documents as document
        on
            document.document_code = entry.document_code
            and (document.numbering_year = entry.signed_year or document.signed_on = entry.signed_on)
    -- Numbers begin anew each year.
    qualify row_number() over (
        partition by entry.document_code, entry.signed_year
        order by document.signed_on = entry.signed_on desc nulls last, document.numbering_year
    ) = 1
),

found as (
    select
        *,
        true as is_entered
    from entered
    union all by name
    select
        document.document_code,
        document.document_label,
        document.signed_on as first_signed_on,
        document.signed_on as last_signed_on,
        document.unit_code,
        false as is_recalled,
        false as is_entered
    from core.directing_documents as document
    -- Before the first year of the register nothing was asked.
    inner join (
        select min(signed_year) as first_year from core.publication_entries
    ) as kept on document.numbering_year >= kept.first_year
    where
        not document.is_recalled
        and (document.document_code, document.numbering_year) not in (
            select (known.document_code, known.numbering_year) from entered as known
            where known.numbering_year is not null
        )
)

select
    found.*,
    first_due.day   as first_due_on,
    last_due.day    as last_due_on,
    case
        when not found.is_entered then 'CHUA_CO_DONG'
        when found.differing_columns is not null then 'SO_MAU_THUAN'
        when found.is_recalled then 'THU_HOI'
        when found.is_excepted then found.exception_code
        when found.published_on < found.first_signed_on then 'TRUOC_NGAY_KY'
        when not found.has_address then 'THIEU_DIA_CHI'
        when found.published_on is null and last_due.day is null then 'CHUA_CO_LICH'
        when found.published_on is null and last_due.day >= closing.closing_date then 'CHUA_DEN_HAN'
        when found.published_on is null then if(found.is_claimed, 'KHONG_NEU_LY_DO', 'TIN_CHUA_CONG_KHAI')
    end             as reason_code
from found
cross join reference.closing as closing
left join limits on found.last_signed_on between limits.holds_from and limits.holds_to
left join reference.calendar as first_day on first_day.day = found.first_signed_on
left join reference.calendar as last_day on last_day.day = found.last_signed_on
left join reference.working_days as first_due
    on first_due.working_day_index = first_day.working_day_index + limits.days
left join reference.working_days as last_due
    on last_due.working_day_index = last_day.working_day_index + limits.days
