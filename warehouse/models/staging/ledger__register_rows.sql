-- Mỗi dòng sổ được thấy lần đầu lúc nào: nộp khi nào là điều này trả lời, không phải ngày ghi trong sổ.
select
    version.resource            as register,
    version.record_key,
    min(version.first_seen_at)  as first_seen_at
from raw.versions as version
cross join reference.closing as closing
where version.system = 'registers' and version.first_seen_at < closing.known_until
group by version.resource, version.record_key
