"""A closed figure is what was signed: one that comes out otherwise is told on the night it does."""

from warehouse.expectations import Rule


RULES = [
    Rule(
        name="closed_figures_come_out_as_they_were_closed",
        expectation="UnexpectedRowsExpectation",
        kwargs={"unexpected_rows_query": "select * from {batch}"},
        key=("period", "indicator", "definition", "unit_code", "period_start"),
        severity="warning",
        message="Số của kỳ đã chốt tính lại vẫn ra như đã chốt",
        advice='Bản công bố vẫn giữ số đã chốt. Nếu số mới đúng thì nêu lý do: mtcl close --period <kỳ> --reason "…"; '
        "nếu không thì sửa ở nguồn.",
    ),
]
