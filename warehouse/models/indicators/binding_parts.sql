-- Phần kết luận xấu hơn số chung mà nó thuộc về: nhóm người nộp (P-02), thông tin chỉ đạo, điều hành (P-21).
-- By whichever reading; whether a part binds its whole is decided in indicators.binding_verdicts.
with standing as (
    select
        judged.*,
        known.family,
        if(known.applicant_group = 'all', null, known.part_of)  as group_of,
        verdict.severity
    from indicators.judged as judged
    inner join reference.indicators as known using (indicator)
    inner join reference.verdicts as verdict on verdict.label = judged.own_verdict
    where verdict.severity is not null and judged.applicant_group <> 'chua_xac_dinh'
),

-- What answers its clause as a whole, wherever that is.
answering as (
    select standing.*
    from standing
    inner join core.headlines as headline
        on
            headline.indicator = standing.indicator
            and headline.unit_code = standing.unit_code
            and headline.objective_year = year(standing.period_end)
            and headline.is_headline
    where standing.is_headline
)

select
    'P-02'              as code,
    whole.indicator,
    whole.definition,
    whole.reading,
    whole.unit_code,
    whole.period_calendar,
    whole.period_kind,
    whole.period_start,
    whole.as_at,
    part.indicator      as part,
    part.own_verdict    as part_verdict,
    part.severity       as part_severity
from standing as whole
inner join standing as part
    on
        part.group_of = whole.indicator
        and part.definition = whole.definition
        and part.reading is not distinct from whole.reading
        and part.unit_code = whole.unit_code
        and part.period_calendar = whole.period_calendar
        and part.period_kind = whole.period_kind
        and part.period_start = whole.period_start
where whole.applicant_group = 'all' and whole.target is not null and part.severity > whole.severity
union all
-- Procedures and documents are not counted together: their verdicts bind, as those of groups do.
select
    'P-21',
    whole.indicator,
    whole.definition,
    whole.reading,
    whole.unit_code,
    whole.period_calendar,
    whole.period_kind,
    whole.period_start,
    whole.as_at,
    part.indicator      as part,
    part.own_verdict,
    part.severity
from answering as whole
inner join answering as part using (period_calendar, period_kind, period_start)
where
    whole.indicator = 'MT3'
    and part.family = 'MT3.5'
    and part.reading is null
    and part.severity > whole.severity
