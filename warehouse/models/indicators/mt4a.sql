-- MT4a: cán bộ, công chức đạt tiêu chuẩn chức danh tại ngày đo; mỗi dòng một người, không nhận ra được ai.
-- one row per judged record
select * from indicators.staff_records
where indicator = 'MT4a'
