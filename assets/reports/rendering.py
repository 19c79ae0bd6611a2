"""The templates of this room made into what people read: HTML by Jinja, PDF by Typst."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from jinja2 import Environment, PackageLoader, select_autoescape


TEMPLATES = Path(__file__).parent / "templates"
# Liberation Serif, as wide as Times New Roman, with its licence.
FONTS = Path(__file__).parent / "fonts"


def html_templates() -> Environment:
    """Whatever a record holds stays text."""
    return Environment(
        loader=PackageLoader("assets.reports"), autoescape=select_autoescape(), trim_blocks=True, lstrip_blocks=True
    )


def pdf(template: str, on: date, **told: object) -> bytes:
    """What records hold goes in as data, so nothing in it is read as markup.

    Dated by `on`, in the fonts of this house alone, tagged, for keeping (PDF/A-2a): the same on every machine. A sign
    that no font has would break PDF/A; the paper is then made without it, the sign as an empty box.
    """
    import typst

    inputs = {name: json.dumps(value, ensure_ascii=False) for name, value in told.items()}
    made = typst.Compiler(
        str(TEMPLATES / template),
        sys_inputs={"on": on.isoformat(), **inputs},
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
    )
    try:
        paper = made.compile(format="pdf", pdf_standards="a-2a")
    except typst.TypstError:
        paper = made.compile(format="pdf")
    assert isinstance(paper, bytes)
    return paper
