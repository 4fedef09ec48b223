"""Addresses of computers."""

import ipaddress


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
