"""Behind a reverse proxy: only it is served, and only it is believed about who asks, and how."""

from collections.abc import Callable, Iterable
from typing import Any

from hssk.kit.addresses import is_address

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
TOLD = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST",
        "HTTP_X_FORWARDED_PORT", "HTTP_FORWARDED", "HTTP_X_REAL_IP")  # fmt: skip


def guarded(application: Application, proxies: tuple[str, ...]) -> Application:
    """`application` for requests that come through one of `proxies`; anybody else is refused.

    The address of who asks is the last one in X-Forwarded-For, the one that the proxy itself saw;
    what stands before it anybody may have written.
    """

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        told = {name: environ.pop(name, "") for name in TOLD}
        if environ.get("REMOTE_ADDR") not in proxies:
            start_response("403 Forbidden", [("Content-Type", "text/plain; charset=utf-8")])
            return ["Chỉ vào được qua máy chủ trung gian (proxy).\n".encode()]
        seen = told["HTTP_X_FORWARDED_FOR"].rpartition(",")[2].strip()
        if is_address(seen):
            environ["REMOTE_ADDR"] = seen
        secure = told["HTTP_X_FORWARDED_PROTO"].strip() == "https"
        environ["wsgi.url_scheme"] = "https" if secure else "http"
        return application(environ, start_response)

    return answer


def believed_by_nobody(application: Application) -> Application:
    """`application` where no proxy was said to be: what claims to come from one is dropped."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        for name in TOLD:
            environ.pop(name, None)
        return application(environ, start_response)

    return answer
