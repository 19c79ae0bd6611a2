-- T24: gần như mọi văn bản của một đơn vị ghi cùng một loại: cột loại văn bản không dùng được.
with limits as (
    select
        max(value) filter (where name = 'share')        as share,
        max(value) filter (where name = 'documents')    as documents
    from reference.trap_thresholds
    where trap = 'T24'
),

typed as (
    select
        organ_code(packet.sender_code)              as sender,
        mode(packet.type_name)                      as type_name,
        count(*)                                    as documents,
        max(packet.listed_at)::date                 as last_on,
        max(packet.first_seen_at)                   as first_seen_at
    from staging.axis__received_documents as packet
    where packet.packet_kind = 'document' and packet.unreadable is null and packet.type_name is not null
    group by all
),

shares as (
    select
        typed.*,
        count(*) filter (where packet.type_name = typed.type_name) as same
    from typed
    inner join staging.axis__received_documents as packet on organ_code(packet.sender_code) = typed.sender
    where packet.packet_kind = 'document' and packet.unreadable is null
    group by all
)

select
    'T24'                   as trap,
    'mot_loai'              as signal,
    'unit'                  as record_kind,
    shares.sender           as record_key,
    shares.sender           as unit_code,
    shares.last_on          as occurred_on,
    json_object('loai', shares.type_name, 'cung_loai', shares.same, 'van_ban', shares.documents) as evidence,
    'Cơ quan ' || shares.sender || ': ' || shares.same || '/' || shares.documents || ' văn bản đều ghi loại "'
    || shares.type_name || '"' as sentence,
    shares.first_seen_at
from shares, limits
where shares.documents >= limits.documents and shares.same >= limits.share * shares.documents
