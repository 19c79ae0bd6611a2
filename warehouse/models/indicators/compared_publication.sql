-- Bản công bố mà ngày chốt này được so với, và những gì đã đổi từ đó: lịch, định nghĩa, dữ liệu ngoài hồ sơ.
with versions as (
    select
        reference.name,
        reference.content_hash <> coalesce(compared.versions ->> ('$.' || reference.name), '') as is_new
    from reference.versions as reference
    cross join ledger.compared as compared
)

select
    compared.closing_date_before,
    compared.closing_date_after,
    compared.version                                                                    as version_before,
    compared.published_at                                                               as published_at_before,
    exists(
        select 1 from versions
        where is_new and name = 'calendar'
    )                                                                                   as is_new_calendar,
    exists(
        select 1 from versions
        where is_new and name in ('definitions', 'units', 'maps', 'software')
    )                                                                                   as is_new_definition,
    exists(
        select 1 from ledger.extractions as extraction, reference.closing as closing
        where
            extraction.landed > 0
            and not (extraction.system = 'portal' and extraction.resource = 'dossiers')
            and extraction.ended_at > compared.published_at
            and extraction.ended_at < closing.known_until
    )                                                                                   as has_other_news
from ledger.compared as compared
