"""`mtcl serve`: the page for many, behind a reverse proxy that signs people on (deploy/); `mtcl ui` is for one."""

import os
import sys

import click

from pipelines.door import ROLES
from pipelines.serving import DAEMON, is_taken, page, served
from pipelines.surroundings import WrongSetting, settings_of
from pipelines.wall import LOOPBACK


@click.command(
    help="Trang Dagster, trang lãnh đạo, báo cáo và tài liệu kiểm tra cho nhiều người, đứng sau máy chủ đăng nhập (xem"
    " deploy/). Cần MTCL_SERVE_HOSTS và MTCL_SERVE_SECRET. Vai trò theo nhóm của người dùng (mtcl-viewer chỉ xem,"
    " mtcl-auditor xem thêm chứng cứ, mtcl-operator chạy và dừng), hoặc một tiến trình cho một vai trò bằng --role."
    " Bộ lập lịch là dịch vụ riêng. Mã kết thúc: 0 được dừng, 1 cổng có chương trình khác dùng, 2 cấu hình sai."
)
@click.option("--port", type=int, default=3000, show_default=True)
@click.option("--host", default=LOOPBACK[0], show_default=True, help="Địa chỉ nghe; 0.0.0.0 chỉ dùng trong container.")
@click.option("--role", type=click.Choice(list(ROLES)), help="Mọi người đi qua tiến trình này có vai trò đó.")
def serve(port: int, host: str, role: str | None) -> None:
    from pipelines.instance import environment

    settings = settings_of(dict(os.environ))
    missing = [name for name, value in required(settings.door.hosts, settings.door.secret) if not value]
    if missing:
        raise WrongSetting(f"Thiếu biến {' và '.join(missing)}: không có thì không ai được vào.")
    if is_taken(port):
        raise click.ClickException(f"Cổng {port} đang có chương trình khác dùng. Dùng cổng khác bằng --port.")
    click.echo(f"Nghe tại {host}:{port} cho {', '.join(settings.door.hosts)} (dừng bằng Ctrl-C)", err=True)
    command = page(port, "--host", host, "--served", *(("--role", role) if role else ()))
    sys.exit(served([command], environment(os.environ, settings)))


@click.command(
    help="Bộ lập lịch và hàng đợi của Dagster, không có trang web; cho dịch vụ của máy chủ (xem deploy/); `mtcl ui` đã"
    " có sẵn. Mã kết thúc: 0 được dừng, 2 cấu hình sai."
)
def daemon() -> None:
    from pipelines.instance import environment

    sys.exit(served([DAEMON], environment(os.environ, settings_of(dict(os.environ)))))


def required(hosts: tuple[str, ...], secret: str) -> list[tuple[str, object]]:
    return [("MTCL_SERVE_HOSTS", hosts), ("MTCL_SERVE_SECRET", secret)]
