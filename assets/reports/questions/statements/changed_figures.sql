-- Closed figures that come out otherwise within a period; those of the headlines' own unit first.
select
    change.sentence,
    coalesce(headline.is_headline and change.is_headline, false) as is_headline
from marts.closed_figure_change as change
left join core.headlines as headline
    on
        headline.indicator = change.indicator
        and headline.unit_code = change.unit_code
        and headline.objective_year = year(change.period_end)
        and headline.is_headline
where change.period_end >= $start and change.period_end <= $period_end
order by
    is_headline desc, change.indicator asc, change.definition asc, change.unit_code asc, change.applicant_group asc,
    change.period_calendar asc, change.period_start asc, change.period_end asc
