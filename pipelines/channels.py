"""Where messages go: mail over SMTP and a webhook. Neither may hold up a run or show a secret."""

import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid, parseaddr
from urllib.parse import unquote, urlsplit

from assets.run_settings import LOCAL
from connectors.webhook import post


TIMEOUT = 30.0
SCHEMES = ("smtp", "smtps")


class NotSent(Exception):
    """The message could not be handed over; says where to and what kind of error, never what was sent."""


@dataclass(frozen=True)
class Message:
    """`event`: opened, still or closed; `cause` as in incidents.py."""

    event: str
    cause: str
    title: str
    text: str


@dataclass(frozen=True)
class Mail:
    """`url`: smtp://[user:password@]host[:port] (STARTTLS where the server offers it) or smtps:// (TLS at once)."""

    url: str = field(repr=False)
    sender: str
    recipients: tuple[str, ...]

    name = "mail"

    def send(self, message: Message) -> None:
        """Raises NotSent."""
        try:
            with self.connected() as server:
                server.send_message(self.written(message))
        except (OSError, smtplib.SMTPException) as error:
            raise NotSent(f"thư điện tử: {type(error).__name__}") from None

    def connected(self) -> smtplib.SMTP:
        parts = urlsplit(self.url)
        host, context = parts.hostname or "", ssl.create_default_context()
        if parts.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, parts.port or 465, timeout=TIMEOUT, context=context)
        else:
            server = smtplib.SMTP(host, parts.port or 25, timeout=TIMEOUT)
        try:
            server.ehlo()
            if parts.scheme == "smtp" and server.has_extn("starttls"):
                server.starttls(context=context)
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
        except BaseException:
            with suppress(OSError, smtplib.SMTPException):
                server.quit()
            raise
        return server

    def written(self, message: Message) -> EmailMessage:
        mail = EmailMessage()
        mail["From"] = self.sender
        mail["To"] = ", ".join(self.recipients)
        mail["Subject"] = f"[Mục tiêu chất lượng] {message.title}"
        # Without them a mail is taken for junk, or shown as of 1970.
        mail["Date"] = format_datetime(datetime.now(LOCAL))
        mail["Message-ID"] = make_msgid(domain=parseaddr(self.sender)[1].rpartition("@")[2] or None)
        mail.set_content(message.text)
        return mail


@dataclass(frozen=True)
class Webhook:
    url: str = field(repr=False)

    name = "webhook"

    def send(self, message: Message) -> None:
        """Raises NotSent."""
        body = {"event": message.event, "cause": message.cause, "title": message.title, "text": message.text}
        error = post(self.url, body)
        if error:
            raise NotSent(f"webhook: {error}")


Channel = Mail | Webhook
Say = Callable[[str], None]
