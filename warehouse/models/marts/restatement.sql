-- Số liệu điều chỉnh: số đã công bố của một kỳ nay khác đi, trước và sau bao nhiêu, vì sao.
-- partitioned by closing_date
with changes as (
    select
        null                                        as indicator,
        null                                        as definition,
        unnest(list_distinct([unit_before, unit_after])) as unit_code,
        cause,
        dossier_code                                as record_key,
        -- A rate of what ended looks at the days of ending, one of what is open at the whole time in between.
        list_filter([ended_before, ended_after], lambda day: day is not null) as on_dates,
        accepted_on                                 as open_from,
        if(ended_before is null or ended_after is null, date '9999-12-31', greatest(ended_before, ended_after))
            as open_until
    from indicators.dossier_changes
    union all by name
    select
        indicator,
        definition,
        unnest(list_distinct([unit_before, unit_after])) as unit_code,
        cause,
        record_key,
        [on_date]                                   as on_dates
    from indicators.record_changes
),

causes as (
    select * from (
        values
        ('released', 1, 'được giải phóng khỏi danh sách tách riêng'), ('new_calendar', 2, 'lịch làm việc sửa đổi'),
        ('new_definition', 3, 'định nghĩa hoặc danh mục mới'), ('withdrawn', 4, 'nguồn không còn bản ghi'),
        ('late_record', 5, 'ghi nhận muộn'), ('correction', 6, 'nguồn sửa bản ghi')
    ) as cause (cause, position, label)
),

explained as (
    select
        figure.indicator,
        figure.definition,
        figure.unit_code,
        figure.period_calendar,
        figure.period_kind,
        figure.period_start,
        changes.cause,
        count(distinct changes.record_key)                          as records,
        list_slice(list_sort(list(distinct changes.record_key)), 1, 20) as record_keys
    from indicators.restated_figures as figure
    inner join reference.indicators as known on known.indicator = figure.indicator
    inner join changes
        on
            -- A dossier may change any figure of dossiers, another record its own indicator's.
            if(changes.indicator is null, known.record_kind = 'dossier', changes.indicator = figure.indicator)
            and coalesce(changes.definition, figure.definition) = figure.definition
            and case
                when changes.definition is not null or figure.definition in ('R1', 'R1s')
                    then list_has_any(
                        list_transform(
                            changes.on_dates, lambda day: day between figure.period_start and figure.as_at
                        ), [true]
                    )
                else changes.open_from <= figure.as_at and changes.open_until >= figure.period_start
            end
    inner join core.scope_spans as scope
        on
            changes.unit_code = scope.unit_code
            and figure.unit_code = scope.scope_code
            and figure.as_at between scope.holds_from and scope.holds_to
    group by all
),

told as (
    select
        explained.indicator,
        explained.definition,
        explained.unit_code,
        explained.period_calendar,
        explained.period_kind,
        explained.period_start,
        arg_max(explained.cause, (explained.records, -causes.position))     as cause,
        sum(explained.records)::bigint                                      as records,
        string_agg(format('{} ({})', causes.label, explained.records), '; ' order by causes.position) as causes,
        list_slice(flatten(list(explained.record_keys order by causes.position)), 1, 20)    as record_keys
    from explained
    inner join causes using (cause)
    group by all
),

judged as (
    select
        figure.*,
        told.records,
        told.causes,
        -- Persons are not told one by one.
        if(known.record_kind = 'official', [], coalesce(told.record_keys, [])) as record_keys,
        coalesce(
            told.cause,
            -- Without the records of then, by what can be seen of the figure itself.
            case
                when figure.is_less_aside then 'released'
                when compared.is_new_definition then 'new_definition'
                when compared.is_new_calendar then 'new_calendar'
                when figure.denominator_after > figure.denominator_before then 'late_record'
                when figure.denominator_after < figure.denominator_before then 'withdrawn'
                else 'correction'
            end
        )                                                           as cause
    from indicators.restated_figures as figure
    inner join reference.indicators as known using (indicator)
    cross join indicators.compared_publication as compared
    left join told using (indicator, definition, unit_code, period_calendar, period_kind, period_start)
)

select
    judged.closing_date_after                   as closing_date,
    judged.indicator,
    judged.definition,
    judged.unit_code,
    judged.period_calendar,
    judged.period_kind,
    judged.period_start,
    judged.period_end,
    judged.closing_date_before,
    judged.closing_date_after,
    judged.numerator_before,
    judged.numerator_after,
    judged.denominator_before,
    judged.denominator_after,
    judged.cause,
    causes.label                                as cause_label,
    coalesce(judged.records, 0)                 as records,
    judged.record_keys,
    judged.reason,
    format(
        '{} ({}), {}, {} – {}: tử số {} → {}, mẫu số {} → {}, so với số công bố cho ngày chốt {}. Vì: {}.{}',
        judged.indicator, judged.definition, judged.unit_code, strftime(judged.period_start, '%d/%m/%Y'),
        strftime(judged.period_end, '%d/%m/%Y'), judged.numerator_before, judged.numerator_after,
        judged.denominator_before, judged.denominator_after, strftime(judged.closing_date_before, '%d/%m/%Y'),
        coalesce(judged.causes, causes.label),
        coalesce(' Kỳ đã chốt; lý do điều chỉnh: ' || judged.reason || '.', '')
    )                                           as sentence
from judged
inner join causes using (cause)
