-- Mỗi kết quả với chỉ tiêu của nó và kết luận riêng, chưa xét ràng buộc giữa các nhóm đối tượng.
-- Other readings of a headline are judged by the same rules, and published nowhere but in marts.reading.
with cautious as (
    select
        indicator,
        unit_code,
        applicant_group,
        period_calendar,
        period_kind,
        period_start,
        numerator * 1000000::hugeint < due_micro * denominator   as is_cautious_rate_below
    from indicators.targeted_figures
    where definition = 'R3' and reading is null
),

-- Where two systems differ beyond their tolerance in a month of the period, nothing can be concluded from it.
lowered as (
    select distinct
        figure.indicator,
        figure.unit_code,
        figure.period_calendar,
        figure.period_kind,
        figure.period_start,
        true as is_lowered
    from indicators.figures as figure
    inner join reference.indicators as known using (indicator)
    inner join core.reconciliation_gaps as gap
        on
            known.family = gap.indicators
            and gap.unit_code in (figure.unit_code, '*')
            and gap.period_start <= figure.as_at
            and gap.period_end >= figure.period_start
    where gap.consequence = 'lower_verdict'
)

-- Integers are compared, never rounded percentages (domain T32).
select
    targeted.* exclude (basis, is_cumulative, is_known, is_early, is_judged, is_over),
    case
        when is_rate then reported_rate(numerator, denominator, quarantined, decided.least_share)
        when widest > 0 and share_of > 0 and denominator >= decided.least_share * widest
            then coalesce(least, (amount * 1000000)::hugeint * 1000000) / (share_of * 1000000)
    end as actual,
    -- Whatever comes of what is not known yet, the result lies between these.
    if(
        is_rate,
        (numerator + least(doubtful, 0)) / nullif(widest, 0),
        if(widest > 0, least / nullif(share_of * 1000000, 0), null)
    ) as lower_bound,
    if(
        is_rate,
        (numerator + quarantined + greatest(doubtful, 0)) / nullif(widest, 0),
        if(widest > 0, most / nullif(share_of * 1000000, 0), null)
    ) as upper_bound,
    coalesce(is_rate and floor_micro < 1000000 and (
        numerator * 1000000::hugeint < (floor_micro + warned.band_micro) * denominator
        or (definition = 'R1' and coalesce(cautious.is_cautious_rate_below, false))
    ), false) or coalesce(
        is_rate and ceiling_micro > 0
        and numerator * 1000000::hugeint > (ceiling_micro - warned.band_micro) * denominator, false
    ) as is_close,
    coalesce(least < floor_micro * share_of or most > ceiling_micro * share_of or most is null, false) as is_open,
    case
        when target_micro is null then 'Không áp dụng'
        -- What must be reached once in the year may be reached early; until its day nothing else can be said.
        when
            is_early and interim_target is null and (not is_cumulative or widest = 0 or is_open)
            then 'Chưa đến kỳ đánh giá'
        when coalesce(lowered.is_lowered, false) then 'Chưa đủ căn cứ'
        when widest = 0 and (basis = 'state' or not is_known) then 'Chưa có số liệu'
        when widest = 0 and measure not in ('count', 'sum') then 'Không phát sinh'
        when coalesce(share_of, 0) = 0 then 'Chưa có số liệu'
        when most < floor_micro * share_of or least > ceiling_micro * share_of then 'Chưa đạt'
        when is_open then 'Chưa đủ căn cứ'
        -- A warning is for those who can still act: what is over was met or was not.
        when is_close and not is_over then 'Cảnh báo'
        else 'Đạt'
    end as own_verdict,
    -- Told where the figure alone does not say why.
    nullif(concat_ws(
        '; ',
        case
            when own_verdict = 'Chưa đủ căn cứ'
                then
                    if(
                        coalesce(lowered.is_lowered, false),
                        'Hai hệ thống chênh nhau quá mức cho phép trong kỳ, xem bảng đối soát',
                        concat_ws(
                            ' và ',
                            if(
                                quarantined > 0 or doubtful = 0,
                                quarantined || ' bản ghi tách riêng hoặc chưa xác định', null
                            ),
                            if(
                                doubtful > 0,
                                doubtful || ' hồ sơ trễ theo hạn suy diễn hoặc chưa rõ đã gồm thời gian tạm dừng', null
                            )
                        ) || ' có thể làm đổi kết luận'
                    )
            when own_verdict in ('Đạt', 'Cảnh báo') and is_close then if(
                coalesce(cautious.is_cautious_rate_below, false),
                'Đạt, nhưng tính thận trọng theo định nghĩa R3 thì chưa đạt',
                'Đạt, nhưng sát mức giao'
            )
        end,
        if(
            denominator > 0 and actual is null,
            if(
                coalesce(share_of, 0) = 0,
                'Không có số của kỳ gốc để so sánh',
                'Không nêu ' || if(is_rate, 'tỷ lệ', 'kết quả') || ' vì mới xác định được '
                || denominator || '/' || widest || ' bản ghi'
            ), null
        )
    ), '') as own_reason
from indicators.targeted_figures as targeted
inner join (
    select
        cast(cast(value as double) * 1000000 as bigint) as band_micro,
        holds_from,
        holds_to
    from reference.parameters
    where code = 'warning_band'
) as warned on targeted.as_at between warned.holds_from and warned.holds_to
inner join (
    select
        cast(value as double) as least_share,
        holds_from,
        holds_to
    from reference.parameters
    where code = 'reported_share'
) as decided on targeted.as_at between decided.holds_from and decided.holds_to
left join cautious
    using (indicator, unit_code, applicant_group, period_calendar, period_kind, period_start)
left join lowered using (indicator, unit_code, period_calendar, period_kind, period_start)
