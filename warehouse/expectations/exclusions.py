"""A unit that excludes too much hides what it does not do (domain §4.3, T23); a finding, and no stop."""

from warehouse.expectations import Rule


_TOO_MUCH = """
select shares.*
from (
    select
        judged.indicator, judged.definition, judged.unit_code, count(*) as records,
        count(*) filter (where judged.reason_code like 'L0%' and judged.outcome = 'excluded') as excluded
    from {batch} as judged
    inner join reference.definitions as definition
        on definition.indicator = judged.indicator and definition.definition = judged.definition
        and judged.on_date between definition.holds_from and definition.holds_to
    where definition.is_headline
    group by all
) as shares
inner join reference.parameters as alarm
    on alarm.code = 'exclusion_alarm'
    and (select closing_date from reference.closing) between alarm.holds_from and alarm.holds_to
where shares.records >= cast(alarm.value ->> '$.it_nhat' as double)
    and shares.excluded > shares.records * cast(alarm.value ->> '$.ty_le' as double)
"""

EXCLUSIONS_ARE_FEW = Rule(
    name="exclusions_are_few",
    expectation="UnexpectedRowsExpectation",
    kwargs={"unexpected_rows_query": _TOO_MUCH},
    key=("indicator", "definition", "unit_code"),
    severity="warning",
    message="Tỷ lệ văn bản loại trừ của đơn vị không vượt mức phải xem lại",
    advice="Kiểm tra từng mã L01–L04 mà đơn vị ghi trong sổ (văn bản mật, quy định riêng, không số hóa được, bên nhận "
    "chưa kết nối trục); ghi sai thì sửa sổ. Mức phải xem lại ở tham số exclusion_alarm.",
)
