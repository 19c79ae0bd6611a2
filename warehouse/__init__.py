"""Where the figures live and what they mean: the DuckDB file, its models, rules and publication. No Dagster, no HTTP."""
