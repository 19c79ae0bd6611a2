"""The templates of this room made into what people read: HTML by Jinja, PDF by Typst."""

from __future__ import annotations

import json
from pathlib import Path

from jinja2 import Environment, PackageLoader, select_autoescape


TEMPLATES = Path(__file__).parent / "templates"


def html_templates() -> Environment:
    """Whatever a record holds stays text."""
    return Environment(
        loader=PackageLoader("assets.reports"), autoescape=select_autoescape(), trim_blocks=True, lstrip_blocks=True
    )


def pdf(template: str, **told: object) -> bytes:
    """What records hold goes in as data, so nothing in it is read as markup."""
    import typst

    inputs = {name: json.dumps(value, ensure_ascii=False) for name, value in told.items()}
    made = typst.compile(str(TEMPLATES / template), format="pdf", sys_inputs=inputs)
    assert isinstance(made, bytes)
    return made
