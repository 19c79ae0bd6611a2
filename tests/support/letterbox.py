"""A real mail server on loopback, and what it was handed."""

from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

from tests.support.sockets import free_port


class Letterbox:
    def __init__(self, port: int) -> None:
        self.port = port
        self.mails: list[EmailMessage] = []

    @property
    def environment(self) -> dict[str, str]:
        """The settings that send mail here."""
        return {
            "SMTP_URL": f"smtp://127.0.0.1:{self.port}",
            "MAIL_FROM": "mtcl@dongnai.example",
            "MAIL_TO": "canbo@dongnai.example, truongphong@dongnai.example",
        }

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - the library's name
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        return "250 OK"


@contextmanager
def opened() -> Iterator[Letterbox]:
    box = Letterbox(free_port())
    server = Controller(box, hostname="127.0.0.1", port=box.port)
    server.start()
    yield box
    server.stop()
