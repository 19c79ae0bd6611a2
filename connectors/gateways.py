"""What stands between us and a source (protocols E.2): what it wants of each request, and what its refusals mean."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from connectors.errors import SourceError, SourceRefused, SourceUnavailable


# Posts a form to an address of the gateway's own: address, headers, fields; the decoded JSON of the answer.
Post = Callable[[str, Mapping[str, str], Mapping[str, str]], Any]
E = TypeVar("E", bound=SourceError)


class Gateway:
    """None: the source is asked as it is.

    `name`: as officers know it. `takes_authorization`: the header is the gateway's, so that a source's own sign-on has
    to stand elsewhere.
    """

    name = ""
    takes_authorization = False

    def url(self, url: str) -> str:
        """Where a request for that address really goes."""
        return url

    def headers(self, own: Mapping[str, str], post: Post) -> dict[str, str]:
        """The source's own headers as they travel, with the gateway's. Raises SourceError where it lets nobody in."""
        return dict(own)

    def has_renewed(self, sent: Mapping[str, str]) -> bool:
        """After a refusal of those headers: whether the request may be sent again with new ones."""
        return False

    def at_its_own_address(self) -> "Gateway":
        """What an answer from there means, where it is asked to let us in."""
        return Gateway()

    def refusal(self, body: bytes) -> tuple[str, int, str] | None:
        """What an answer of 200 refuses: in words, as the HTTP status it should have had, and who can mend it."""
        return None

    def told(self, error: SourceError, headers: Mapping[str, str]) -> SourceError:
        """An answer that was no success, in words that say what of it is the gateway's."""
        return error


def restated(error: E, what: str, advice: str) -> E:
    """The same error, and what it means."""
    found = type(error)(error.source, f"{error.what}, {what}", error.status, advice)
    found.body = error.body
    if isinstance(error, SourceUnavailable) and isinstance(found, SourceUnavailable):
        found.retry_after = error.retry_after
    return found


def refused(error: SourceError, what: str, advice: str) -> SourceRefused:
    """As `restated`, of what no waiting mends."""
    return restated(SourceRefused(error.source, error.what, error.status), what, advice)
