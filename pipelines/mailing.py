"""Who is written to besides the operators: leaders, and each room about its own registers."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pipelines.channels import Mail, Message


NAMES = ("MAIL_LEADERS", "MAIL_ROOMS", "MTCL_DIGEST")


class WrongMailing(Exception):
    """The message names the variable."""


@dataclass(frozen=True)
class Mailing:
    """`rooms`: how the path of a room's files begins → its addresses; `has_digest`: a summary of each publication."""

    mail: Mail
    leaders: tuple[str, ...] = ()
    rooms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    has_digest: bool = False

    def send(self, recipients: tuple[str, ...], message: Message) -> None:
        """Raises NotSent."""
        replace(self.mail, recipients=recipients).send(message)


def mailing(given: Mapping[str, str], mail: Mail | None) -> Mailing | None:
    """None without a mail server. Raises WrongMailing."""
    asked = [name for name in NAMES if given.get(name, "0") != "0"]
    if mail is None:
        if asked:
            raise WrongMailing(f"Biến {asked[0]} cần SMTP_URL, MAIL_FROM và MAIL_TO.")
        return None
    if given.get("MTCL_DIGEST", "0") not in ("0", "1"):
        raise WrongMailing("Biến MTCL_DIGEST không hợp lệ: phải là 0 hoặc 1.")
    leaders = addresses(given.get("MAIL_LEADERS", ""))
    return Mailing(mail, leaders, rooms(given.get("MAIL_ROOMS", "{}")), given.get("MTCL_DIGEST") == "1")


def rooms(text: str) -> dict[str, tuple[str, ...]]:
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if not isinstance(found, dict) or not all(isinstance(value, str) and addresses(value) for value in found.values()):
        raise WrongMailing(
            'Biến MAIL_ROOMS không hợp lệ: phải là JSON dạng {"thư mục hoặc đầu tên tệp": "địa chỉ, địa chỉ"}.'
        )
    return {place: addresses(value) for place, value in found.items()}


def addresses(text: str) -> tuple[str, ...]:
    return tuple(filter(None, re.split(r"[,;\s]+", text)))
