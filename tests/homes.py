"""Throw-away homes: empty ones, and copies of one that was set up once.

Setting up a home (initdb, every migration) takes longer than most of what is tried on it, so what is
not about setting up gets a copy of a home at rest. Each copy is a home of its own.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from psycopg import sql

from hssk.kit.home import Home
from hssk.kit.pg.cluster import Cluster
from hssk.kit.pg.connection import Connection, connection_of
from hssk.kit.pg.use import is_served

KEPT = "_kept"
ROLES = ("machine", "app", "owner")


def new_home() -> Home:
    """An empty home in a directory that the server's account can enter."""
    return Home(_base() / "home").open()


def remove_home(home: Home) -> None:
    _await_rest(home)
    shutil.rmtree(home.path.parent, ignore_errors=True)


def furnish(kept: Path) -> None:
    """A home as its first command and its first `hssk serve` leave it, at rest, at `kept`."""
    home = new_home()
    _set_up(home)
    _await_rest(home)
    home.path.rename(kept)
    home.path.parent.rmdir()


_COMMAND = """
from hssk.config.cli._run import installation
from hssk.kit.home import Home
with installation(Home.current()):
    from hssk.config.serving import lay_out_static_files
    lay_out_static_files(Home.current())
"""


def _set_up(home: Home) -> None:
    """In a process of its own, as every command does it."""
    subprocess.run(
        [sys.executable, "-c", _COMMAND],
        env={**os.environ, "HSSK_HOME": str(home.path)},
        check=True,
    )


def copy_of(kept: Path) -> Home:
    """A home like the one at `kept`, with a name and a database directory of its own."""
    home = Home(_base() / "home")
    # as root the database directory is another account's, and stays it
    subprocess.run(["cp", "-a", "--reflink=auto", kept, home.path], check=True)
    home.note(id=uuid.uuid4().hex)
    if not home.facts.get("server"):
        cluster = Cluster.of(home)
        cluster.set_mark("ready", cluster.mark["major"])
    return home


def _base() -> Path:
    base = Path(tempfile.mkdtemp(prefix="hssk-test-"))
    base.chmod(0o711)
    return base


def _await_rest(home: Home) -> None:
    give_up = time.monotonic() + 30
    while is_served(home) and time.monotonic() < give_up:
        time.sleep(0.02)


# On somebody's own server (DATABASE_URL) a home's roles carry the name of its database.


def administer(*statements: sql.Composable) -> None:
    """On the server of this run, wherever HSSK_HOME and DATABASE_URL point by now."""
    server = os.environ.get("HSSK_TEST_SERVER")
    run = Home(os.environ["HSSK_TEST_HOME"])
    to = Connection.from_url(server) if server else connection_of(run, "super")
    with psycopg.connect(**to.psycopg(), autocommit=True) as it:
        for statement in statements:
            it.execute(statement)


def copy_database(
    name: str, template: str, *, owner: sql.Identifier, app: sql.Identifier, machine: sql.Identifier
) -> None:
    """Copy a database to which nobody is connected, with the rights that a home gives in it."""
    ours = {"name": sql.Identifier(name), "template": sql.Identifier(template),
            "owner": owner, "app": app, "machine": machine}  # fmt: skip
    words = (
        # file by file is twice as quick as page by page through the log, also to drop again
        "CREATE DATABASE {name} TEMPLATE {template} OWNER {owner} STRATEGY FILE_COPY",
        # who may do what in it does not come along with a copy
        "REVOKE ALL ON DATABASE {name} FROM PUBLIC",
        "GRANT CONNECT ON DATABASE {name} TO {app}",
        "GRANT CONNECT, TEMPORARY ON DATABASE {name} TO {owner}, {machine}",
    )
    administer(*(sql.SQL(one).format(**ours) for one in words))


def new_database_on_server() -> str:
    """With DATABASE_URL every test home gets a database of its own there; returns its URL."""
    name = f"hssk_test_{uuid.uuid4().hex[:12]}"
    administer(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
    return urlunsplit(urlsplit(os.environ["HSSK_TEST_SERVER"])._replace(path=f"/{name}"))


def drop_database_on_server(url: str) -> None:
    name = _name_in(url)
    administer(_drop(name), *(sql.SQL("DROP ROLE IF EXISTS {}").format(r) for r in _roles(name)))


@contextmanager
def furnished_on_server() -> Iterator[tuple[Path, str]]:
    """A home at rest and the URL at which copies of its database stand, one at a time."""
    url, home = new_database_on_server(), new_home()
    name = _name_in(url)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", url)
        _set_up(home)
    ours = {"name": sql.Identifier(name), "kept": sql.Identifier(name + KEPT)}
    administer(sql.SQL("ALTER DATABASE {name} RENAME TO {kept}").format(**ours))
    yield home.path, url
    administer(_drop(name + KEPT))
    drop_database_on_server(url)
    remove_home(home)


@contextmanager
def copy_on_server(url: str) -> Iterator[None]:
    """The database of `url` as it was kept, let go of afterwards; its roles stay."""
    name = _name_in(url)
    machine, app, owner = _roles(name)
    copy_database(name, name + KEPT, owner=owner, app=app, machine=machine)
    yield
    administer(_drop(name))


def _name_in(url: str) -> str:
    return urlsplit(url).path.lstrip("/")


def _drop(name: str) -> sql.Composed:
    return sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))


def _roles(name: str) -> list[sql.Identifier]:
    return [sql.Identifier(f"{name}_{role}") for role in ROLES]
