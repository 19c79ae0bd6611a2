-- MT4b: cán bộ, công chức hoàn thành tốt nhiệm vụ trở lên theo quyết định; mỗi dòng một người, không nhận ra được ai.
-- one row per judged record
select * from indicators.staff_records
where indicator = 'MT4b'
