-- Mọi phiên bản của quy trình từng thủ tục trên hệ thống một cửa: thời hạn đã cấu hình, kèm khoảng ngày quan sát thấy.
select
    version.record_key,
    version.version,
    -- One model has the limit in the definition, another beside it (protocols E.3).
    list_filter(
        list_transform(json_extract(version.payload, '$.processes[*]'), lambda process: {
            'amount': try_cast(coalesce(
                process ->> '$.processDefinition.processingTime', process ->> '$.processingTime'
            ) as double),
            'unit': fold_ascii(coalesce(
                process ->> '$.processDefinition.processingTimeUnit', process ->> '$.processingTimeUnit'
            ))
        }),
        lambda span: span['amount'] is not null
    )                                                           as limits,
    local_day(version.first_seen_at)                            as observed_from,
    least(
        local_day(lead(version.first_seen_at) over (partition by version.record_key order by version.version)),
        local_day(if(version.withdrawn_at < closing.known_until, version.withdrawn_at, null))
    )                                                           as observed_until,
    version.first_seen_at
from raw.portal__processes as version, reference.closing as closing
where version.first_seen_at < closing.known_until
