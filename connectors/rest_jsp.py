"""How `rest.jsp` of the national portal is asked (protocols C.2): a form field `params`, an answer that is a list."""

import json
from codecs import BOM_UTF8
from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin

import msgspec

from connectors.errors import SourceChanged
from connectors.http import HttpClient
from connectors.json_repair import mended


def rows_of(http: HttpClient, params: Mapping[str, Any], referer: str) -> list[dict[str, Any]]:
    """The rows of one answer. Raises SourceError, SourceChanged for what is no list of rows."""
    found = http.json(
        "POST",
        # The base itself, by its full address: messages name what follows the host.
        http.base_url,
        decoder=decode_rows,
        data={"params": json.dumps(params, ensure_ascii=False)},
        headers={
            "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
            "X-Requested-With": "XMLHttpRequest",
            "Referer": urljoin(http.base_url, referer),
        },
    )
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        raise SourceChanged(http.source, f"{params['service']}: câu trả lời không phải là danh sách")
    return found


def decode_rows(body: bytes) -> Any:
    """As it came, or mended where single bytes, breaks and commas of some row make it unreadable."""
    body = body.strip().removeprefix(BOM_UTF8)
    try:
        return msgspec.json.decode(body)
    except msgspec.DecodeError:
        return msgspec.json.decode(mended(body))
