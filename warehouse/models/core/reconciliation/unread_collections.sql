-- Bảng nguồn mà lần đọc gần nhất không trọn vẹn: số liệu đứng trên nó giữ căn cứ của lần đọc trọn vẹn trước đó.
with runs as (
    select
        extraction.system,
        extraction.resource,
        extraction.run_id,
        max(extraction.extraction_id)                                   as attempt,
        max_by(extraction.outcome, extraction.extraction_id)            as outcome,
        max_by(extraction.error, extraction.extraction_id)              as error,
        max_by(extraction.ended_at, extraction.extraction_id)           as ended_at
    from ledger.extractions as extraction
    cross join reference.closing as closing
    where extraction.started_at < closing.known_until
    group by all
),

collections as (
    select
        system,
        resource,
        max_by(outcome, attempt)                                        as newest_outcome,
        max_by(coalesce(error, ''), attempt)                            as newest_error,
        max_by(ended_at, attempt) filter (where outcome = 'succeeded')  as read_at
    from runs
    group by all
)

select
    collections.system,
    collections.resource,
    source.title,
    timezone('UTC', collections.read_at) + interval 7 hour              as read_at,
    local_day(collections.read_at)                                      as read_on
from collections
inner join reference.sources as source using (system, resource)
where
    collections.newest_outcome <> 'succeeded'
    -- What a source need not offer, and never gave, it may refuse: no figure has ever stood on it.
    and not (
        source.is_optional and collections.read_at is null and starts_with(collections.newest_error, 'SourceRefused')
    )
