"""`mtcl look`: what the sensor `incident_watch` does every minute, from outside Dagster, which may stand still."""

import os
import sys

import click

from pipelines.surroundings import settings_of


@click.command(
    help="Xem có gì hỏng, báo cho người cần biết (mỗi nguyên nhân một lần), ghi heartbeat.json và tệp chỉ số cho"
    " Prometheus. Mã kết thúc: 0 không có gì hỏng, 1 có, 2 cấu hình sai."
)
def look() -> None:
    from pipelines.alerts import look_and_tell
    from pipelines.instance import opened

    settings = settings_of(dict(os.environ))
    with opened(settings.dagster_home) as instance:
        broken = look_and_tell(settings, instance, lambda text: click.echo(text, err=True))
    for entry in broken:
        click.echo(f"- {entry.title}. {entry.advice}")
    if not broken:
        click.echo("Không có gì hỏng.")
    sys.exit(1 if broken else 0)
