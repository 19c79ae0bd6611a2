-- Những lần xem hàng đợi của trục theo ngày và loại gói tin: bao nhiêu gói đã biết mà người khác lấy mất.
with newest as (
    select version.*
    from raw.axis__queue_looks as version, reference.closing as closing
    where version.first_seen_at < closing.known_until
    qualify row_number() over (partition by version.record_key order by version.version desc) = 1
)

select
    record_key,
    local_date(payload ->> '$.on')                              as looked_on,
    payload ->> '$.kind'                                        as kind,
    coalesce(try_cast(payload ->> '$.looks' as integer), 0)     as looks,
    coalesce(try_cast(payload ->> '$.taken' as integer), 0)     as taken_between_looks,
    coalesce(try_cast(payload ->> '$.gone' as integer), 0)      as gone_since_read,
    content_hash,
    first_seen_at
from newest
