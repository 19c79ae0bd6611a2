-- The columns of a catalog's schemas that may hold text, table by table.
select
    columns.schema_name || '.' || columns.table_name                    as table_name,
    list(columns.column_name order by columns.column_index)             as column_names
from duckdb_columns() as columns
inner join duckdb_tables() as tables using (database_name, schema_name, table_name)
where
    columns.database_name = $catalog
    and list_contains($schemas, columns.schema_name)
    and regexp_matches(columns.data_type, 'VARCHAR|JSON')
group by all
order by all
