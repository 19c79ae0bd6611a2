-- The first rows of a table, as they come.
select * from query_table($table) limit $most  -- noqa: AM09
