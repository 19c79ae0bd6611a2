-- Mọi phiên bản nội dung của từng TTHC: các nội dung của NĐ 63/2010 Đ8(2) và căn cứ pháp lý, chưa đánh giá.
with known as (
    select
        version.record_key,
        version.version,
        version.first_seen_at,
        version.payload,
        version.payload -> '$.THANHPHANHOSO[*].GIAYTO[*]'                       as papers,
        version.payload -> '$.CACHTHUCTHUCHIEN[*].THOIGIAN[*].PHILEPHI[*]'      as fees,
        version.payload -> '$.CACHTHUCTHUCHIEN[*].THOIGIAN[*]'                  as times,
        version.payload -> '$.COQUANTHUCHIEN[*]'                                as performers,
        version.payload -> '$.CANCUPHAPLY[*]'                                   as bases
    from raw.tthc__procedures as version, reference.closing as closing
    where version.first_seen_at < closing.known_until
)

select
    record_key,
    version,
    payload ->> '$.ID'                                          as internal_id,
    nullif(payload ->> '$.IDQUYETDINHCONGBO', '')               as decision_id,
    nullif(trim(payload ->> '$.TRANGTHAI'), '')                 as status_source,
    nullif(organ_code(payload ->> '$.MACOQUANCONGBO'), '')      as announcing_code,
    payload ->> '$.LINHVUCTHUCHIEN[0].MALINHVUC'                as field_code,
    payload ->> '$.LINHVUCTHUCHIEN[0].TENLINHVUC'               as field_name,
    payload ->> '$.CAPTHUCHIEN[*].CAPTHUCHIEN'                  as level_codes,
    [payload ->> '$.TENTTHC']                                   as name_texts,
    payload ->> '$.TRINHTUTHUCHIEN[*].TRINHTU[*].TENTRINHTU'    as step_texts,
    payload ->> '$.CACHTHUCTHUCHIEN[*].KENH'                    as channel_texts,
    -- A paper counts with its number of copies: the decree asks for components and number.
    list_transform(papers, lambda paper: if(
        concat(paper ->> '$.SOBANCHINH', paper ->> '$.SOBANSAO') = '', null, paper ->> '$.TENGIAYTO'
    ))                                                          as paper_texts,
    (payload ->> '$.CACHTHUCTHUCHIEN[*].THOIGIAN[*].THOIGIANGIAIQUYET')
    || (payload ->> '$.CACHTHUCTHUCHIEN[*].THOIGIAN[*].MOTA')   as time_limit_texts,
    (payload ->> '$.DOITUONGTHUCHIEN[*].TENDOITUONG')
    || [payload ->> '$.MOTADOITUONGTHUCHIEN']                   as applicant_texts,
    (payload ->> '$.COQUANTHUCHIEN[*].TENDONVI')
    || (payload ->> '$.COQUANCOTHAMQUYEN[*].TENDONVI')
    || [payload ->> '$.MOTACOQUANTHUCHIEN', payload ->> '$.MOTACOQUANTHAMQUYEN'] as agency_texts,
    -- Only papers that are filled in on a form ask for one.
    list_transform(
        list_filter(papers, lambda paper: regexp_matches(
            plain_text(paper ->> '$.TENGIAYTO'), '^(don|to khai)\b|theo mau|mau so'
        )),
        lambda paper: concat(paper ->> '$.TENMAUDON', paper ->> '$.URL')
    )                                                           as form_texts,
    payload ->> '$.KETQUATHUCHIEN[*].TENKETQUA'                 as result_texts,
    [payload ->> '$.YEUCAU']                                    as condition_texts,
    -- An amount speaks for itself; nought without a word means free of charge.
    list_transform(fees, lambda fee: case
        when regexp_matches(fee ->> '$.SOTIEN', '[1-9]') then fee ->> '$.SOTIEN'
        when trim(fee ->> '$.MOTA') <> '' then fee ->> '$.MOTA'
        when regexp_matches(fee ->> '$.SOTIEN', '0') then 'Miễn phí'
        else fee ->> '$.SOTIEN'
    end)                                                        as fee_texts,
    list_transform(bases, lambda basis: {
        'issued_on': local_date(basis ->> '$.NGAYBANHANH'), 'effect_on': local_date(basis ->> '$.NGAYHIEULUC')
    })                                                          as legal_bases,
    -- What is written there, read or not; a row of blanks says nothing.
    list_transform(
        list_filter(
            times, lambda span: plain_text(concat(span ->> '$.THOIGIANGIAIQUYET', ' ', span ->> '$.MOTA')) <> ''
        ),
        lambda span: {
            'amount': try_cast(span ->> '$.THOIGIANGIAIQUYET' as double),
            'unit': fold_ascii(span ->> '$.DONVITINH')
        }
    )                                                           as limits,
    list_transform(performers, lambda one: {
        'code': nullif(organ_code(one ->> '$.MADONVI'), ''), 'name': nullif(display_name(one ->> '$.TENDONVI'), '')
    })                                                          as agencies,
    local_day(first_seen_at)                                    as observed_from,
    local_day(lead(first_seen_at) over (partition by record_key order by version)) as observed_until,
    first_seen_at
from known
