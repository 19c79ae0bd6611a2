"""Where the figures live and what they mean: the DuckDB file, models, rules, publication. No Dagster, no HTTP."""
