"""Whatever way the units are looked at, the province and the headline of today come to the published figures."""

from warehouse.expectations import Rule


_KEY = ("view", "unit_code", "period_calendar", "period_kind", "period_start")
_DEFECT = "Lỗi tính toán nên không công bố; báo người quản trị hệ thống."

_UNLIKE_THE_FIGURES = """
select history.*
from {batch} as history
inner join indicators.figures as figure using (indicator, unit_code, period_calendar, period_kind, period_start)
inner join reference.definitions as definition
    on definition.indicator = figure.indicator and definition.definition = figure.definition
    and figure.as_at between definition.holds_from and definition.holds_to
where history.view in ('as_now', 'comparable') and figure.applicant_group = 'all' and definition.is_headline
    and history.unit_code in ('VP', (select org_code from reference.closing))
    and (history.numerator, history.denominator) is distinct from (figure.numerator, figure.denominator)
"""

RULES = [
    Rule(
        name="figure_is_unique",
        expectation="ExpectCompoundColumnsToBeUnique",
        kwargs={"column_list": list(_KEY)},
        key=_KEY,
        severity="critical",
        message="Mỗi cách nhìn, đơn vị và kỳ chỉ có một kết quả",
        advice=_DEFECT,
    ),
    Rule(
        name="as_now_equals_the_published_figure",
        expectation="UnexpectedRowsExpectation",
        kwargs={"unexpected_rows_query": _UNLIKE_THE_FIGURES},
        key=_KEY,
        severity="critical",
        message="Cách nhìn hiện nay của toàn tỉnh và của VP bằng kết quả MT1 đã công bố",
        advice=_DEFECT,
        reads=("indicators.figures",),
    ),
]
