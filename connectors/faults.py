"""Why nothing came of a request, in words that say who can mend it. What time cannot mend is not asked again."""

import socket
import ssl
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import urllib3
from cryptography import x509
from cryptography.x509.oid import NameOID

from connectors.errors import SourceError, SourceRefused, SourceUnavailable
from connectors.transport import Transport


NETWORK = (
    "Kiểm tra địa chỉ và số cổng đã khai báo; nếu đúng thì nhờ người quản trị mạng mở đường từ máy này đến máy đó."
)
# Codes of OpenSSL (X509_V_ERR_…).
NOT_YET_VALID, EXPIRED, OTHER_HOST, OTHER_ADDRESS = 9, 10, 62, 64
ISSUER_SECONDS = 5.0


def fault(source: str, path: str, error: Exception, url: str, transport: Transport) -> SourceError:
    """Of a request that got no answer, or not all of it."""
    host = urlsplit(url).hostname or ""
    found = list(causes(error))

    def has(kind: type[BaseException]) -> bool:
        return any(isinstance(cause, kind) for cause in found)

    for cause in found:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return refused(source, path, certificate_fault(cause, url, transport))
        if isinstance(cause, ssl.SSLEOFError):
            return SourceUnavailable(
                source,
                f"{path}: máy {host} ngắt kết nối khi bắt tay TLS",
                advice=f"Nếu {asks_for_certificate(transport)}",
            )
        if isinstance(cause, ssl.SSLError):
            return refused(source, path, tls_fault(cause, host, transport))
    what, advice = no_connection(has, error, host, transport)
    return SourceUnavailable(source, f"{path}: {what}", advice=advice)


def no_connection(
    has: Callable[[type[BaseException]], bool], error: Exception, host: str, transport: Transport
) -> tuple[str, str | None]:
    if has(urllib3.exceptions.ProxyError):
        return "máy ủy nhiệm (proxy) không cho kết nối", f"Kiểm tra {transport.variable('PROXY')}."
    if has(urllib3.exceptions.NameResolutionError):
        return f"không tìm thấy máy tên {host}", NETWORK
    if has(ConnectionRefusedError):
        return f"máy {host} từ chối kết nối", NETWORK
    if has(urllib3.exceptions.ConnectTimeoutError):
        return f"máy {host} không trả lời khi kết nối, có thể do tường lửa", NETWORK
    return f"không kết nối được ({type(error).__name__})", None


def refused(source: str, path: str, told: tuple[str, str]) -> SourceRefused:
    what, advice = told
    return SourceRefused(source, f"{path}: {what}", advice=advice)


def causes(error: BaseException) -> Iterator[BaseException]:
    """What libraries wrap into each other as arguments, reasons and causes; each once, the outermost first."""
    waiting, seen = [error], set()
    while waiting:
        found = waiting.pop(0)
        if id(found) in seen:
            continue
        seen.add(id(found))
        yield found
        inner = (*found.args, getattr(found, "reason", None), found.__cause__, found.__context__)
        waiting += [one for one in inner if isinstance(one, BaseException)]


def certificate_fault(error: ssl.SSLCertVerificationError, url: str, transport: Transport) -> tuple[str, str]:
    """What is wrong with the server's certificate, and what to do."""
    host = urlsplit(url).hostname or ""
    keeper = f"Báo đơn vị quản lý máy {host}."
    if error.verify_code == EXPIRED:
        return "chứng thư của máy chủ đã hết hạn", f"{keeper} Nếu máy này sai ngày giờ thì chỉnh lại đồng hồ."
    if error.verify_code == NOT_YET_VALID:
        return "chứng thư của máy chủ chưa có hiệu lực", f"Kiểm tra ngày giờ của máy này. {keeper}"
    if error.verify_code in (OTHER_HOST, OTHER_ADDRESS):
        return f"chứng thư của máy chủ không cấp cho tên {host}", f"Kiểm tra địa chỉ đã khai báo. {keeper}"
    issuer = issuer_of(url) if not transport.proxy_to(url) else None
    by = f" do “{issuer}” cấp" if issuer else ""
    return (
        f"chứng thư của máy chủ{by} không được máy này tin cậy",
        f"Xin tệp chứng thư gốc của đơn vị quản lý nguồn rồi khai báo ở {transport.variable('CA_BUNDLE')}.",
    )


def tls_fault(error: ssl.SSLError, host: str, transport: Transport) -> tuple[str, str]:
    reason = error.reason or ""
    if "CERTIFICATE_REQUIRED" in reason or "HANDSHAKE_FAILURE" in reason or "BAD_CERTIFICATE" in reason:
        return f"máy {host} không nhận chứng thư của máy khách", f"Khi {asks_for_certificate(transport)}"
    if "WRONG_VERSION_NUMBER" in reason or "HTTP_REQUEST" in reason:
        return f"cổng của máy {host} không dùng https", "Kiểm tra số cổng và phần đầu http:// hay https:// của địa chỉ."
    return f"không bắt tay TLS được với máy {host} ({reason or 'không rõ'})", NETWORK


def asks_for_certificate(transport: Transport) -> str:
    names = f"{transport.variable('CLIENT_CERT')} và {transport.variable('CLIENT_KEY')}"
    return f"nguồn đòi chứng thư của máy khách thì khai báo {names} do đơn vị quản lý nguồn cấp."


def issuer_of(url: str) -> str | None:
    """Who issued the certificate that the server shows; it is looked at, not trusted, and nothing else is sent."""
    parts = urlsplit(url)
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    try:
        address = (parts.hostname or "", parts.port or 443)
        with (
            socket.create_connection(address, ISSUER_SECONDS) as plain,
            context.wrap_socket(plain, server_hostname=parts.hostname) as wrapped,
        ):
            shown = x509.load_der_x509_certificate(wrapped.getpeercert(binary_form=True) or b"")
    except (OSError, ValueError):
        return None
    names = [
        *shown.issuer.get_attributes_for_oid(NameOID.COMMON_NAME),
        *shown.issuer.get_attributes_for_oid(NameOID.ORGANIZATION_NAME),
    ]
    return str(names[0].value)[:100] if names else None
