-- Chỉ tiêu đứng trên nguồn không đọc được: căn cứ có đến ngày nào, và câu nói nguồn nào, từ bao giờ.
with sources as (
    select
        feeds.indicator,
        feeds.definition,
        unread.title,
        if(bool_and(unread.read_at is not null), min(unread.read_at), null) as read_at
    from core.unread_collections as unread
    inner join reference.indicator_sources as feeds using (system, resource)
    group by all
)

select
    indicator,
    definition,
    -- Null where one of them was never read.
    if(bool_and(read_at is not null), min(read_at), null)::date         as read_on,
    string_agg(
        if(
            read_at is null,
            title || ' chưa đọc được lần nào nên chưa có căn cứ',
            title || ' không đọc được, dùng căn cứ đã đọc lúc ' || strftime(read_at, '%H:%M ngày %d/%m/%Y')
        ),
        '; ' order by title
    )                                                                   as reason
from sources
group by all
