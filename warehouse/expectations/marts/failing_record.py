"""What a headline lacks to 100 % is listed record by record, no more and no less."""

from warehouse.expectations import Rule


RULES = [
    Rule(
        name="explains_what_is_missing",
        expectation="UnexpectedRowsExpectation",
        kwargs={
            "unexpected_rows_query": """
                select result.indicator
                from marts.indicator_result as result
                inner join reference.closing as closing using (closing_date)
                inner join core.headline_period as period using (period_start, period_end)
                inner join core.headlines as headline
                    on headline.indicator = result.indicator and headline.unit_code = result.unit_code
                    and headline.objective_year = year(result.period_end)
                left join {batch} as failing on failing.indicator = result.indicator
                where
                    headline.is_headline and result.is_headline and result.period_calendar = 'iso'
                    and result.period_kind = 'year_to_date' and result.applicant_group <> 'chua_xac_dinh'
                    -- A row of a register may stand for many cases, and fail by its own value.
                    and result.indicator not in (
                        select indicator from reference.register_indicators
                    )
                group by result.indicator, result.denominator, result.numerator
                having count(failing.indicator) <> result.denominator - result.numerator
            """
        },
        key=("indicator",),
        reads=("marts.indicator_result", "core.headlines", "core.headline_period"),
        severity="critical",
        message="Số bản ghi không đạt trong danh sách bằng mẫu số trừ tử số của từng chỉ tiêu",
        advice="Danh sách và số liệu không khớp nên không công bố; báo người quản trị hệ thống.",
    ),
]
