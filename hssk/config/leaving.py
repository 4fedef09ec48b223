"""Leaving loopback: by TLS or not at all."""

import argparse
from datetime import datetime

from hssk.config.certificates import faults, names_in, read
from hssk.config.reach import Reach
from hssk.kit.addresses import is_address, is_loopback
from hssk.kit.errors import Trouble


def reach_asked(options: argparse.Namespace, now: datetime) -> Reach:
    """From where `hssk serve` is to be reached, as its options say.

    Raises Trouble for a network without TLS, and for a certificate that no browser would take.
    """
    if bool(options.certificate) != bool(options.key):
        raise Trouble("Chứng thư và khoá đi cùng nhau: --certificate TỆP --key TỆP.")
    if options.certificate and options.behind_proxy:
        raise Trouble("Chọn một: tự mã hoá (--certificate) hoặc sau proxy (--behind-proxy).")
    if options.certificate:
        if wrong := faults(options.certificate, options.key, now):
            raise Trouble("Chưa dùng được chứng thư: {faults}.", faults="; ".join(wrong))
        names = (*names_in(read(options.certificate)), *options.name)
        return Reach(tuple(dict.fromkeys(names)), tls=True, port=options.port)
    if options.behind_proxy:
        if not options.name or not all(map(is_address, options.behind_proxy)):
            raise Trouble(
                "Sau proxy cần địa chỉ của proxy và tên mà trình duyệt gọi: "
                "--behind-proxy 127.0.0.1 --name hssk.example.vn."
            )
        return Reach(tuple(options.name), tls=True, proxies=tuple(options.behind_proxy))
    if not is_loopback(options.host):
        raise Trouble(
            "Không mở ra mạng khi chưa mã hoá (TLS): {host}. Thêm --certificate và --key (tạo bằng "
            "hssk certificate), hoặc --behind-proxy và --name; xem docs/howto/tls.md.",
            host=options.host,
        )
    return Reach()
