"""Leaving loopback: by TLS or not at all."""

import argparse
import re
from datetime import datetime

from hssk.config.certificates import faults, names_in, read
from hssk.config.reach import Reach
from hssk.kit.addresses import is_address, is_loopback
from hssk.kit.errors import Trouble

HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?")  # as Django takes one


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
        names = _names_of(names_in(read(options.certificate)), _plain(options.name))
        return Reach(names, tls=True, port=options.port)
    if options.behind_proxy:
        if not options.name or not all(map(is_address, options.behind_proxy)):
            raise Trouble(
                "Sau proxy cần địa chỉ của proxy và tên mà trình duyệt gọi: "
                "--behind-proxy 127.0.0.1 --name hssk.example.vn."
            )
        return Reach(_plain(options.name), tls=True, proxies=tuple(options.behind_proxy))
    if not is_loopback(options.host):
        raise Trouble(
            "Không mở ra mạng khi chưa mã hoá (TLS): {host}. Thêm --certificate và --key (tạo bằng "
            "hssk certificate), hoặc --behind-proxy và --name; xem docs/howto/tls.md.",
            host=options.host,
        )
    return Reach()


def _plain(names: list[str]) -> tuple[str, ...]:
    """`names` in small letters. Raises Trouble for what no browser sends as a name: it would be
    answered to nobody, and `*` to whoever writes any name at all."""
    small = tuple(name.lower() for name in names)
    for name in small:
        if not (HOST.fullmatch(name) or is_address(name)):
            raise Trouble(
                "Tên {name} không dùng được. --name nhận tên máy như hssk.example.vn, không kèm "
                "https://, cổng hay dấu *.",
                name=repr(name),
            )
    return small


def _names_of(certified: list[str], added: tuple[str, ...]) -> tuple[str, ...]:
    """The names that are answered to by a certificate. Raises Trouble for one that it is not for,
    which every browser would warn of, and where it names no computer but a whole domain."""
    certified = [name.lower() for name in certified]
    for name in added:
        if name not in certified and f"*.{name.partition('.')[2]}" not in certified:
            raise Trouble(
                "Chứng thư dành cho {names}, không dành cho {name}: trình duyệt sẽ cảnh báo. Hãy "
                "lấy chứng thư ghi đúng tên ấy hoặc bỏ --name.",
                names=", ".join(certified),
                name=name,
            )
    names = tuple(dict.fromkeys([*(one for one in certified if "*" not in one), *added]))
    if not names:
        raise Trouble(
            "Chứng thư dành cho {names}: hãy thêm --name và tên đầy đủ mà trình duyệt gọi.",
            names=", ".join(certified),
        )
    return names
