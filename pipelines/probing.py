"""`mtcl probe`: tries every source that is configured and says in Vietnamese what is wrong and who can mend it."""

import json
from dataclasses import asdict

import click

from assets.raw.probing import probe
from assets.sources import SOURCES, Source
from connectors.road import Step
from pipelines.settings import Settings


class NothingToProbe(click.ClickException):
    exit_code = 2


def wanted(settings: Settings, code: str | None) -> list[Source]:
    """The sources to try. Raises NothingToProbe for one that nobody knows or has configured."""
    known = [source for source in SOURCES if code in (None, source.code)]
    if not known:
        raise NothingToProbe(f"Không có nguồn {code}; các nguồn: {', '.join(source.code for source in SOURCES)}.")
    found = [source for source in known if source.code in settings.sources]
    if not found:
        raise NothingToProbe("Chưa khai báo nguồn nào." if code is None else f"Chưa khai báo nguồn {code}.")
    return found


def run(settings: Settings, code: str | None, as_json: bool) -> bool:
    """Prints each step as it is taken, or one object at the end; whether all is well."""
    told: dict[str, list[Step]] = {}
    for source in wanted(settings, code):
        told[source.code] = []
        if not as_json:
            click.echo(f"{source.title} ({source.code})")
        for step in probe(source, settings.sources[source.code], settings.run.org_code):
            told[source.code].append(step)
            if not as_json:
                click.echo(f"  {'✓' if step.is_well else '✗'} {step.name}: {step.told}")
    is_well = all(step.is_well for steps in told.values() for step in steps)
    if as_json:
        found = {
            "is_well": is_well,
            "sources": {name: [asdict(step) for step in steps] for name, steps in told.items()},
        }
        click.echo(json.dumps(found, ensure_ascii=False))
    return is_well
