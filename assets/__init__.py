"""What exists: every table, check, publication and report as Dagster sees it. Thin; no SQL models, no HTTP."""
