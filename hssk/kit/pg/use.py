"""Using the database of a home: whoever needs it holds a lock, and it runs for as long."""

import fcntl
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

import hssk
from hssk.kit.errors import Trouble, disk_full
from hssk.kit.home import Home
from hssk.kit.pg.cluster import Cluster
from hssk.kit.pg.connection import Connection, connection_of, external
from hssk.kit.pg.locks import SUPERVISOR, TROUBLE, USERS
from hssk.kit.pg.outside import prepare_server

PATIENCE = 120.0  # seconds; a crash recovery on a slow disk may need most of it

TO_START = 32 * 2**20  # bytes: a piece of the journal, and as much again


@dataclass(frozen=True)
class Database:
    app: Connection
    owner: Connection


@contextmanager
def database(home: Home) -> Iterator[Database]:
    """The database of an opened `home`, running for as long as the block lasts.

    Raises Trouble, with what to do, when it cannot run or must not be touched.
    """
    if external():
        prepare_server(home)
        yield Database(connection_of(home, "app"), connection_of(home, "owner"))
        return
    if home.facts.get("server"):
        raise Trouble(
            "{home} đang dùng máy chủ PostgreSQL {server}. Hãy đặt DATABASE_URL như trước, "
            "hoặc chọn HSSK_HOME khác.",
            home=home.path,
            server=home.facts["server"],
        )
    users = os.open(home.path / USERS, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(users, fcntl.LOCK_SH)
        os.utime(users)
        keep_running(home)
        yield Database(connection_of(home, "app"), connection_of(home, "owner"))
    finally:
        os.close(users)


def keep_running(home: Home) -> None:
    """Return once the server of `home` answers; start a supervisor if none lives.

    The caller holds `pg.users`. Long-running commands call this again and again, so that a
    killed supervisor has a successor.
    """
    Cluster.of(home)
    supervisor: subprocess.Popen | None = None
    give_up = time.monotonic() + PATIENCE
    while time.monotonic() < give_up:
        if is_served(home):
            if _answers(home):
                return
        elif supervisor is None or supervisor.poll() is not None:
            if supervisor is not None:
                _refuse_a_full_disk(home)
                _tell_trouble(home)
            supervisor = _start_supervisor(home)
        time.sleep(0.02)
    raise Trouble(
        "Cơ sở dữ liệu không trả lời sau {seconds} giây. Xem {log}.",
        seconds=int(PATIENCE),
        log=home.logs / "postgres.log",
    )


def is_served(home: Home) -> bool:
    """Whether a supervisor lives for `home`: its lock is held, whatever its pid."""
    return home.is_locked(SUPERVISOR)


def _answers(home: Home) -> bool:
    if not Cluster.of(home).ready:
        return False
    try:
        with psycopg.connect(**connection_of(home, "app").psycopg(connect_timeout=5)) as connection:
            # the last thing that a starting supervisor makes, where the home is older than it
            may_come = connection.execute(
                "SELECT has_database_privilege(oid, current_database(), 'CONNECT') FROM pg_roles"
                " WHERE rolname = %s",
                [connection_of(home, "machine").user],
            ).fetchone()
            return bool(may_come and may_come[0])
    except psycopg.OperationalError as error:
        if "password" in str(error):
            raise Trouble(
                "Mật khẩu cơ sở dữ liệu trong {keys} không đúng. Hãy khôi phục thư mục keys "
                "của bản cài đặt này từ bản sao lưu.",
                keys=home.keys,
            ) from error
        return False


def _start_supervisor(home: Home) -> subprocess.Popen:
    """Detached: no terminal, no pipe of ours, a session of its own."""
    (home.path / TROUBLE).unlink(missing_ok=True)
    with (home.logs / "supervisor.log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "hssk.kit.pg.supervisor", str(home.path)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=Path(hssk.__file__).parent.parent,
            start_new_session=True,
        )


def _refuse_a_full_disk(home: Home) -> None:
    """Of a server that ended at once: what its log says in English, where that is why."""
    place = Cluster.of(home).place
    if shutil.disk_usage(place if place.is_dir() else home.path).free < TO_START:
        raise disk_full()


def _tell_trouble(home: Home) -> None:
    """Raise what the supervisor could not say itself, having nobody to say it to."""
    try:
        said = json.loads((home.path / TROUBLE).read_text("utf-8"))
    except FileNotFoundError:
        return
    raise Trouble(said["message"], **said["params"])
