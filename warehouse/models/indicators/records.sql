-- Mọi bản ghi đã xét của các chỉ tiêu ngoài MT1: đạt, không đạt, loại trừ hay chưa đủ căn cứ, kèm lý do.
select * from indicators.mt2a
union all by name
select * from indicators.mt2b
union all by name
select * from indicators.mt3
union all by name
select * from indicators.mt4a
union all by name
select * from indicators.mt4b
union all by name
select * from indicators.mt5
union all by name
select * from indicators.d1
union all by name
select * from indicators.d2
union all by name
select * from indicators.d3
