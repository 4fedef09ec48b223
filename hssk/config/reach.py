"""From where this installation is reached: this computer alone, or a network, and then by TLS only.

`hssk serve` says so to the web server in its environment; settings and the proxy's guard read it.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True)
class Reach:
    """names    hosts by which browsers may ask for it, besides loopback
    tls      every page goes out encrypted, by ourselves or by a proxy
    proxies  addresses of which X-Forwarded-For and -Proto are believed; nobody else is served
    port     in the address that browsers show
    """

    names: tuple[str, ...] = ()
    tls: bool = False
    proxies: tuple[str, ...] = ()
    port: int = 443

    @classmethod
    def of(cls, environment: Mapping[str, str] = os.environ) -> "Reach":
        """What `environment` below handed on; loopback alone where it says nothing."""
        return cls(
            names=tuple(filter(None, environment.get("HSSK_NAMES", "").split(","))),
            tls=environment.get("HSSK_TLS") == "1",
            proxies=tuple(filter(None, environment.get("HSSK_PROXIES", "").split(","))),
            port=int(environment.get("HSSK_PORT", 443)),
        )

    def environment(self) -> dict[str, str]:
        """This, for the web server that we start."""
        return {
            "HSSK_NAMES": ",".join(self.names),
            "HSSK_TLS": "1" if self.tls else "",
            "HSSK_PROXIES": ",".join(self.proxies),
            "HSSK_PORT": str(self.port),
        }

    def hosts(self) -> list[str]:
        """For ALLOWED_HOSTS. A proxy passes on the name that was asked for."""
        return [*LOOPBACK, *map(_bracketed, self.names)]

    def origins(self) -> list[str]:
        """For CSRF_TRUSTED_ORIGINS, where a proxy stands between."""
        port = "" if self.port == 443 else f":{self.port}"
        return [f"https://{_bracketed(name)}{port}" for name in self.names] if self.tls else []


def _bracketed(name: str) -> str:
    return f"[{name}]" if ":" in name else name
