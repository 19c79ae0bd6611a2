-- Điểm QĐ 766 của Cổng quốc gia đặt cạnh số của kho dữ liệu: mỗi đơn vị, mỗi tháng hoặc cả năm một dòng.
select
    score.unit_code,
    unit.unit_name,
    score.period_kind,
    score.period_start,
    score.period_end,
    score.told_by,
    score.rank_told,
    score.score_total,
    score.score_ckmb,
    score.score_tdgq,
    score.score_clgq,
    score.score_tttt,
    score.score_mdhl,
    score.score_mdsh,
    score.on_time_share::double                                     as on_time_share,
    ours.numerator,
    ours.denominator,
    if(ours.denominator > 0, ours.numerator / ours.denominator, null) as actual,
    total.received,
    total.settled,
    arrived.left_count::bigint                                      as received_here,
    ended.left_count::bigint                                        as settled_here
from core.national_scores as score
left join core.national_rates as ours using (unit_code, period_kind, period_start)
left join core.national_totals as total
    on
        score.unit_code = total.unit_code and score.period_start = total.period_start
        and score.period_kind = 'month'
left join core.national_scores_compared as arrived
    on
        total.unit_code = arrived.unit_code and total.period_start = arrived.period_start
        and arrived.subject = 'tiep_nhan_quoc_gia'
left join core.national_scores_compared as ended
    on
        total.unit_code = ended.unit_code and total.period_start = ended.period_start
        and ended.subject = 'giai_quyet_quoc_gia'
left join core.units as unit using (unit_code)
order by score.period_start, score.period_kind, score.unit_code
