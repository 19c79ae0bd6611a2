"""Hands a message to an address of the Office's choice: one POST, no redirects, a timeout; the answer is not kept."""

from collections.abc import Mapping

import requests


TIMEOUT = (5.0, 15.0)


def post(url: str, body: Mapping[str, object]) -> str | None:
    """None when it was taken (2xx), else the kind of failure; the address may hold a secret and is never quoted."""
    try:
        answer = requests.post(url, json=body, timeout=TIMEOUT, allow_redirects=False)
    except requests.RequestException as error:
        return type(error).__name__
    return None if answer.ok and not answer.is_redirect else f"HTTP {answer.status_code}"
