"""How to reach the database of a home, as which role. Reads files only; starts nothing."""

import os
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit

from hssk.kit.errors import Trouble
from hssk.kit.home import Home
from hssk.kit.pg.cluster import Cluster

NAME, OWNER, SUPER = "hssk", "hssk_owner", "hssk_super"
APP, MACHINE = "hssk_app", "hssk_machine"


@dataclass(frozen=True)
class Connection:
    host: str
    port: int
    name: str
    user: str
    password: str
    options: tuple[tuple[str, str], ...] = ()

    def django(self) -> dict:
        """As entries of Django's DATABASES."""
        return {
            "HOST": self.host,
            "PORT": str(self.port),
            "NAME": self.name,
            "USER": self.user,
            "PASSWORD": self.password,
            "OPTIONS": dict(self.options),
        }

    def psycopg(self, **changes: object) -> dict:
        """As arguments of psycopg.connect."""
        return {
            "host": self.host,
            "port": self.port,
            "dbname": self.name,
            "user": self.user,
            "password": self.password,
            **dict(self.options),
            **changes,
        }

    @classmethod
    def from_url(cls, url: str) -> "Connection":
        """Read `postgres://user:password@host:port/name?sslmode=…`; refuses what is not that."""
        try:
            parts = urlsplit(url)
            port = parts.port or 5432
        except ValueError:
            parts, port = urlsplit(""), 0
        name = unquote(parts.path.lstrip("/"))
        if parts.scheme not in ("postgres", "postgresql") or not name or not parts.username:
            raise Trouble(
                "DATABASE_URL không đúng dạng postgres://người_dùng:mật_khẩu@máy:cổng/tên."
            )
        options = dict(parse_qsl(parts.query))
        return cls(
            host=options.pop("host", unquote(parts.hostname or "")),
            port=port,
            name=name,
            user=unquote(parts.username),
            password=unquote(parts.password or ""),
            options=tuple(options.items()),
        )


def external() -> Connection | None:
    """The administrator's connection when DATABASE_URL names a server, else None."""
    url = os.environ.get("DATABASE_URL")
    return Connection.from_url(url) if url else None


def role_of_process() -> str:
    """`owner` in the one process that migrates, `machine` in commands and workers, else `app`."""
    return os.environ.get("HSSK_DATABASE_ROLE", "app")


def connection_of(home: Home, role: str | None = None) -> Connection:
    """How `role` reaches the database: "app", "machine", "owner", "super"; else this process's."""
    role = role or role_of_process()
    administrator = external()
    if administrator:
        return _on_server(home, administrator, role)
    if not home.exists:
        return Connection("", 5432, NAME, APP, "")
    user = {"app": APP, "machine": MACHINE, "owner": OWNER, "super": SUPER}[role]
    name = "postgres" if role == "super" else NAME
    return Connection(str(Cluster.of(home).socket), 5432, name, user, home.key(f"database-{role}"))


def _on_server(home: Home, administrator: Connection, role: str) -> Connection:
    """On somebody's server the roles carry the database's name, so that two homes can share it.

    Where the administrator gives only the role of the app, commands work as the administrator.
    """
    given = os.environ.get("HSSK_APP_DATABASE_URL")
    if role == "super" or (role in ("owner", "machine") and given):
        return administrator
    if given:
        return Connection.from_url(given)
    if not home.exists:
        return administrator
    return Connection(
        administrator.host,
        administrator.port,
        administrator.name,
        f"{administrator.name}_{role}",
        home.key(f"server-{role}"),
        administrator.options,
    )
