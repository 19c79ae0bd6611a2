"""What the product imports of others, for a process that is forked afterwards; nothing of ours."""

import os


os.environ["GX_ANALYTICS_ENABLED"] = "False"

import dagster  # noqa: F401
import duckdb_sqlalchemy  # noqa: F401
import great_expectations  # noqa: F401
import pandas  # noqa: F401
import pyhanko.sign  # noqa: F401
