-- Sổ công khai chỉ đạo, điều hành đến ngày chốt: mỗi văn bản một dòng, phải công khai không, đã công khai chưa.
with entries as (
    select
        entry.*,
        document_code(entry.number || '/' || entry.notation)    as document_code,
        document_label(entry.number || '/' || entry.notation)   as document_label,
        year(entry.signed_on)                                   as signed_year,
        exception.exception_code,
        exception.label                                         as exception_label,
        -- Without an accepted reason information is public (Luật 104/2016/QH13 Đ3).
        entry.is_due = 'Không' and exception.exception_code is not null and (
            not exception.is_reference_required or filled(entry.exception_reference)
        )                                                       as is_excepted,
        -- What is yet to come has not happened.
        if(entry.published_on <= closing.closing_date, entry.published_on, null) as published_so_far,
        row(entry.signed_on, entry.is_due, is_excepted, published_so_far) as told
    from staging.registers__publications as entry
    inner join reference.closing as closing on entry.signed_on <= closing.closing_date
    left join reference.publication_exceptions as exception
        on
            exception.exception_code = left(entry.exception, 3)
            and entry.signed_on between exception.holds_from and exception.holds_to
)

-- One document that two rows spell differently is in doubt where they say different things of it.
select
    document_code,
    signed_year,
    one_label(list(document_label))                             as document_label,
    min(signed_on)                                              as signed_on,
    bool_and(is_excepted)                                       as is_excepted,
    min(exception_code)                                         as exception_code,
    min(exception_label)                                        as exception_label,
    bool_or(is_due = 'Không')                                   as is_claimed,
    min(published_so_far)                                       as published_on,
    bool_and(filled(address)) filter (where published_so_far is not null) as has_address,
    coalesce(
        string_agg(distinct differing_columns, ', ' order by differing_columns),
        if(count(distinct told) > 1, 'Ngày ký, Phải công khai, Ngày công khai', null)
    )                                                           as differing_columns
from entries
group by document_code, signed_year
