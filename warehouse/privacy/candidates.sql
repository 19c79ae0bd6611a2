-- The values of one table that are worth a closer look, all its text columns at once: one cheap pattern, few hits.
insert into temp.candidates
select
    $table_name as table_name,
    texts.column_name,
    texts.text
from (
    select
        unnest($names) as column_name,
        unnest($texts) as text
    from $source
) as texts
where regexp_matches(texts.text, $suspicious)
