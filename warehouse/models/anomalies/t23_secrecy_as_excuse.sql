-- T23: loại trừ thiếu căn cứ hoặc trái với dữ liệu, hoặc tỷ lệ loại trừ vì mật của một đơn vị tăng vọt trong tháng.
with limits as (
    select
        max(value) filter (where name = 'share')        as share,
        max(value) filter (where name = 'documents')    as documents
    from reference.trap_thresholds
    where trap = 'T23'
),

months as (
    select
        unit_code,
        date_trunc('month', issued_on)::date                            as month,
        count(distinct document_code)                                   as documents,
        count(distinct document_code) filter (where exclusion_code in ('L01', 'L02')) as secret
    from core.register_entries
    group by all
)

select
    'T23'                       as trap,
    'thieu_can_cu'              as signal,
    'document'                  as record_kind,
    entry.document_label        as record_key,
    entry.unit_code,
    entry.issued_on             as occurred_on,
    json_object('ma_ly_do', entry.exclusion_code, 'noi_nhan', entry.recipient_label) as evidence,
    'Văn bản ' || entry.document_label || ': loại trừ theo ' || entry.exclusion_code
    || ' nhưng sổ không ghi căn cứ' as sentence,
    closing.known_until         as first_seen_at
from core.register_entries as entry, reference.closing as closing
where entry.exclusion_code in ('L01', 'L02') and not entry.is_accepted and entry.doubt is null
union all
select
    'T23',
    case exclusion.exclusion_code when 'L01' then 'ghi_thuong' when 'L04' then 'da_ket_noi' else 'la_co_quan' end,
    'document',
    entry.document_label,
    entry.unit_code,
    entry.issued_on,
    json_object('ma_ly_do', entry.exclusion_code, 'noi_nhan', entry.recipient_label, 'trai_voi', entry.refuted_by),
    'Văn bản ' || entry.document_label || ': loại trừ theo ' || entry.exclusion_code || ' nhưng ' || entry.refuted_by,
    closing.known_until
from core.register_entries as entry
inner join reference.document_exclusions as exclusion
    on
        exclusion.exclusion_code = entry.exclusion_code
        and entry.issued_on between exclusion.holds_from and exclusion.holds_to
cross join reference.closing as closing
where entry.refuted_by is not null
union all
select
    'T23',
    'tang_vot',
    'unit',
    months.unit_code as record_key,
    months.unit_code,
    months.month,
    json_object('van_ban', months.documents, 'loai_tru_vi_mat', months.secret),
    'Đơn vị ' || months.unit_code || ': tháng ' || strftime(months.month, '%m/%Y') || ' loại trừ vì mật '
    || months.secret || '/' || months.documents || ' văn bản',
    closing.known_until
from months, limits, reference.closing as closing
where
    months.unit_code <> '?'
    and months.documents >= limits.documents and months.secret >= limits.share * months.documents
