"""Generations of what provinces run, by name: how one signs on, and the habits that last (protocols E.2, E.3)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Profile:
    """`person` signs on by a public client, instead of a client with a secret; `faults`: plans that always hold.

    `gateway`: what they stand behind: `lgsp` all but the axis, `xroad` all of them.
    """

    faults: str = "none"
    person: tuple[str, str] | None = None
    gateway: str = "none"


PROFILES = {
    # Strict, and without habits: what every other one departs from.
    "strict": Profile(),
    "igate-2024": Profile(
        "flat_items+no_updated_date+totals_more+last_never", person=("can-bo-tong-hop", "simulator-password")
    ),
    "igate-2026": Profile("boot_pages+listed_twice+deep_refused"),
    "lgsp": Profile(gateway="lgsp"),
    "xroad": Profile(gateway="xroad"),
}
DEFAULT = "strict"


def environment(profile: Profile) -> dict[str, str]:
    """The settings that differ (contract §2)."""
    if profile.person is None:
        return {}
    name, password = profile.person
    return {
        "PORTAL_GRANT": "password",
        "PORTAL_USERNAME": name,
        "PORTAL_PASSWORD": password,
        "PORTAL_CLIENT_SECRET": "",
    }
