"""The identities of the statutory form (domain §2.3), to the last dossier, and its agreement with definition R1s."""

from warehouse.expectations import Rule


_KEY = ("unit_code", "period_calendar", "period_kind", "period_start", "linh_vuc")
_DEFECT = "Số liệu không cân đối nên không công bố; báo người quản trị hệ thống."

_IDENTITIES = {
    "received_is_the_sum_of_its_parts": ("c3 <> c4 + c5 + c6", "Cột 3 = cột 4 + cột 5 + cột 6"),
    "settled_is_the_sum_of_its_parts": ("c7 <> c8 + c9 + c10", "Cột 7 = cột 8 + cột 9 + cột 10"),
    "open_is_the_sum_of_its_parts": ("c11 <> c12 + c13", "Cột 11 = cột 12 + cột 13"),
    "received_is_settled_or_open": ("c3 <> c7 + c11", "Cột 3 = cột 7 + cột 11"),
}

# The form counts what definition R1s counts, unit by unit and period by period, and as late what R1s sets aside since
# nobody can tell whether its appointment contains the pause; a side that is missing counts nothing.
_UNLIKE_R1S = """
select *
from (
    select
        unit_code, period_calendar, period_kind, period_start, 'Tổng cộng' as linh_vuc,
        coalesce(form.c8 + form.c9, 0) as in_time, coalesce(form.c7, 0) as settled,
        coalesce(figure.numerator, 0) as numerator,
        coalesce(figure.denominator, 0) + coalesce(unclear.dossiers, 0) as denominator
    from (select * from {batch} where linh_vuc = 'Tổng cộng') as form
    full join (
        select figures.*
        from indicators.figures as figures
        where definition = 'R1s' and indicator = 'MT1' and applicant_group = 'all'
            and (period_calendar, period_kind) in (select (period_calendar, period_kind) from {batch})
    ) as figure using (unit_code, period_calendar, period_kind, period_start)
    left join (
        select scope.scope_code as unit_code, period_calendar, period_kind, period_start, count(*) as dossiers
        from core.dossier_clock as clock
        inner join core.unit_scopes as scope using (unit_code)
        inner join core.periods as period on clock.ended_on between period.period_start and period.as_at
        where clock.is_unclear
        group by all
    ) as unclear using (unit_code, period_calendar, period_kind, period_start)
)
where in_time <> numerator or settled <> denominator
"""

RULES = [
    Rule(
        name="row_is_unique",
        expectation="ExpectCompoundColumnsToBeUnique",
        kwargs={"column_list": list(_KEY)},
        key=_KEY,
        severity="critical",
        message="Mỗi lĩnh vực của một đơn vị trong một kỳ chỉ có một dòng",
        advice=_DEFECT,
    ),
    *(
        Rule(
            name=name,
            expectation="UnexpectedRowsExpectation",
            kwargs={"unexpected_rows_query": f"select * from {{batch}} where {broken}"},
            key=_KEY,
            severity="critical",
            message=message,
            advice=_DEFECT,
        )
        for name, (broken, message) in _IDENTITIES.items()
    ),
    Rule(
        name="totals_equal_definition_r1s",
        expectation="UnexpectedRowsExpectation",
        kwargs={"unexpected_rows_query": _UNLIKE_R1S},
        key=_KEY,
        severity="critical",
        message="Cột 8 + 9 và cột 7 của dòng Tổng cộng bằng tử số và mẫu số của R1s (cộng hồ sơ chưa rõ hạn)",
        advice=_DEFECT,
        reads=("indicators.figures", "core.dossier_clock", "core.unit_scopes", "core.periods"),
    ),
]
