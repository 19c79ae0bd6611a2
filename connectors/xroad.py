"""An X-Road security server in front of a source (its REST protocol; protocols E.2)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from connectors.errors import SourceError
from connectors.gateways import Gateway, Post, refused, restated


KIND = re.compile(r"[A-Za-z0-9_.]{1,100}")
# The ends of the names of what no waiting mends.
LASTING = ("AccessDenied", "UnknownMember", "UnknownService", "InvalidClientIdentifier", "InvalidServiceIdentifier")


@dataclass(frozen=True)
class XRoad(Gateway):
    """`client`: who asks, `service`: what is asked, both as identifiers with slashes, such as VN/GOV/H19/vanphong."""

    wire: str
    client: str
    service: str
    name = "Máy chủ an toàn X-Road"

    def url(self, url: str) -> str:
        """The source's own path stands behind the service."""
        parts = urlsplit(url)
        return parts._replace(path=f"/r1/{self.service}{parts.path}").geturl()

    def headers(self, own: Mapping[str, str], post: Post) -> dict[str, str]:
        return {**own, "X-Road-Client": self.client}

    def told(self, error: SourceError, headers: Mapping[str, str]) -> SourceError:
        """Only what the security servers say themselves carries their header."""
        kind = headers.get("X-Road-Error", "")
        if not kind:
            return error
        what = f"máy chủ an toàn X-Road báo {kind if KIND.fullmatch(kind) else 'lỗi'}"
        if kind.endswith("AccessDenied"):
            return refused(error, what, "Đề nghị đơn vị cung cấp dịch vụ cấp quyền cho XROAD_CLIENT.")
        if kind.endswith(LASTING):
            return refused(error, what, f"Kiểm tra XROAD_CLIENT và XROAD_SERVICE_{self.wire}.")
        return restated(error, what, "Báo đơn vị quản lý máy chủ an toàn X-Road.")
