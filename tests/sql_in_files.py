"""No SQL in the Python of `assets` and `pipelines`: it stands in `.sql` files, where it is linted and asked by tests.

`python -m tests.sql_in_files` names every text that begins as a statement does, and exits with 1 where there is one.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path


ROOT = Path(__file__).parents[1]
STATEMENT = re.compile(
    r"\s*(select\s+\S|with\s+\w+\s+as\b|from\s+[a-z_]+\.[a-z_]|insert\s+into\s|update\s+\S+\s+set\s|delete\s+from\s"
    r"|create\s+(or\s+replace\s+)?(temp\s+)?(table|view|schema|macro)\s|drop\s+(table|view)\s|attach\s|copy\s+\S+\s+to\s"
    r"|checkpoint\b)",
    re.IGNORECASE,
)


def statements(source: str) -> Iterator[tuple[int, str]]:
    """Line and beginning of every text in Python source, docstrings aside, that begins as a statement of SQL."""
    tree = ast.parse(source)
    documentation = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation
        if is_text and STATEMENT.match(node.value):
            yield node.lineno, node.value.strip().splitlines()[0][:60]


def main() -> int:
    found = [
        f"{path.relative_to(ROOT)}:{line}: {text}"
        for package in ("assets", "pipelines")
        for path in sorted((ROOT / package).rglob("*.py"))
        for line, text in statements(path.read_text(encoding="utf-8"))
    ]
    print("\n".join(found) or "no SQL in the Python of assets and pipelines")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
