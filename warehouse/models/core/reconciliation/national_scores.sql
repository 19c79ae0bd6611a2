-- Điểm QĐ 766 của tỉnh và từng đơn vị, mỗi kỳ một dòng: theo Cổng quốc gia, kỳ Cổng không cho thì theo tệp.
with told as (
    select
        'cong' as told_by,
        *
    from staging.scores__unit_scores
    where
        record_key not in (
            select record_key from quarantine.records
            where system = 'scores' and resource = 'unit_scores'
        )
    union all by name
    select
        'tep' as told_by,
        *
    from staging.scores__workbook_scores
    where
        record_key not in (
            select record_key from quarantine.records
            where system = 'scores' and resource = 'workbook_scores'
        )
)

select
    told.unit_code,
    if(told.score_month = 0, 'year', 'month')                       as period_kind,
    make_date(told.score_year, greatest(told.score_month, 1), 1)    as period_start,
    last_day(make_date(told.score_year, if(told.score_month = 0, 12, told.score_month), 1)) as period_end,
    told.told_by,
    told.rank_told,
    told.score_ckmb,
    told.score_tdgq,
    told.score_clgq,
    told.score_tttt,
    told.score_mdhl,
    told.score_mdsh,
    told.score_total,
    told.score_tdgq / progress.maximum                              as on_time_share
from told
inner join reference.score_parts as progress on progress.part = 'TDGQ'
where told.score_month between 0 and 12
qualify row_number() over (
    partition by told.unit_code, told.score_year, told.score_month order by told.told_by, told.record_key
) = 1
