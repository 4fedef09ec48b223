"""Addresses of computers."""

import ipaddress
from urllib.parse import urlsplit


def is_address(text: str) -> bool:
    """Whether `text` is an IP address, and not a name."""
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def is_loopback(host: str) -> bool:
    """Whether listening at `host` lets in nobody but this computer."""
    return host == "localhost" or (is_address(host) and ipaddress.ip_address(host).is_loopback)


def is_guarded(secure: bool, host: str) -> bool:
    """Whether a browser takes the line to us for safe, and so lets a page use a camera: by TLS, or
    within one computer.

    secure  whether the request came by TLS
    host    its header Host: "tram.lan:8000", "[::1]:8000"
    """
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return secure
    return secure or is_loopback(name)
