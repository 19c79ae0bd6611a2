-- MT5: phòng, đơn vị trong danh mục đóng băng đã được Văn phòng kiểm tra trong năm; đơn vị chưa đạt kèm lý do.
-- one row per judged record
select
    'MT5'                                                   as indicator,
    definition,
    unit_code,
    'state'                                                 as basis,
    on_date,
    'unit'                                                  as record_kind,
    -- The room itself, however a register spells it.
    coalesce(nullif(unit_code, '?'), unit_name)             as record_key,
    case when is_met then 'met' when reason_code = 'SO_MAU_THUAN' then 'undetermined' else 'failed' end as outcome,
    if(is_met, null, reason_code)                           as reason_code,
    unit_name || ': ' || case if(is_met, null, reason_code)
        when 'SO_MAU_THUAN' then 'sổ ghi hai lần khác nhau ở cột ' || coalesce(differing_columns, contradicted)
        when 'CHUA_KET_LUAN' then 'đã kiểm tra, chưa có kết luận'
        when 'CHUA_KIEM_TRA' then 'đã có trong kế hoạch, chưa kiểm tra'
        when 'TU_KIEM_TRA' then 'chỉ tự kiểm tra hoặc trả lời phiếu khảo sát'
        when 'DOAN_TINH' then 'chỉ có đoàn của tỉnh kiểm tra'
        when 'CHUA_CO_KE_HOACH' then 'chưa có trong kế hoạch kiểm tra'
    end                                                     as reason,
    null::integer                                           as days_late
from indicators.inspected_units
where is_decided
