"""The process that owns the embedded server of one home: `python -m hssk.kit.pg.supervisor HOME`.

It holds `pg.supervisor` while it lives. Commands hold `pg.users` shared; a while after the last one
let go, it takes that lock alone, stops the server and ends. Locks end with their process, however
it dies, so nothing here trusts a pid.
"""

import fcntl
import json
import os
import signal
import sys
import time
from pathlib import Path
from types import FrameType

from hssk.kit.errors import Trouble
from hssk.kit.home import Home, write_whole
from hssk.kit.pg import server
from hssk.kit.pg.binaries import major, programs_for
from hssk.kit.pg.cluster import Cluster, system_directory
from hssk.kit.pg.locks import SUPERVISOR, TROUBLE, USERS

MOST_RESTARTS = 5


class Supervisor:
    def __init__(self, home: Home, linger: float) -> None:
        self.home = home
        self.linger = linger
        self.told_to_stop = False
        self.used_at = time.monotonic()
        self.users = os.open(home.path / USERS, os.O_RDWR | os.O_CREAT, 0o600)
        self.touched = os.fstat(self.users).st_mtime_ns

    def stop_when_told(self, _signal: int, _frame: FrameType | None) -> None:
        self.told_to_stop = True

    def run(self) -> None:
        """Serve until nobody needs the server. Returns holding `pg.users` if nobody does."""
        cluster = Cluster.of(self.home)
        programs = programs_for(cluster.account, system_directory())
        version = major(programs)
        cluster.refuse_what_is_not_ours(version)
        if not cluster.ready:
            server.clear_the_way(cluster)
            cluster.make(programs, version, self.home.key("database-super"))
        running = server.start(cluster, programs)
        try:
            self._await(running, cluster, programs)
            prepare(self.home)
            if not cluster.ready or cluster.mark["path"] != str(self.home.path):
                cluster.set_mark("ready", version)
            restarts: list[float] = []
            while not self._may_stop():
                if running.poll() is not None:
                    now = time.monotonic()
                    restarts = [moment for moment in restarts if now - moment < 60] + [now]
                    if len(restarts) > MOST_RESTARTS:
                        raise Trouble(
                            "Máy chủ cơ sở dữ liệu cứ khởi động lại rồi dừng. Xem {log}.",
                            log=self.home.logs / "postgres.log",
                        )
                    running = server.start(cluster, programs)
                time.sleep(0.2)
        finally:
            server.stop(running)

    def _await(self, running, cluster: Cluster, programs: Path) -> None:
        while not server.is_ready(cluster, programs):
            if running.poll() is not None:
                raise Trouble(
                    "Máy chủ cơ sở dữ liệu không khởi động được. Lý do ở cuối tệp {log}.",
                    log=self.home.logs / "postgres.log",
                )
            time.sleep(0.02)

    def _may_stop(self) -> bool:
        """Told to, or the home is gone, or nobody used the server for a while."""
        if self.told_to_stop:
            return True
        try:
            state = (self.home.path / USERS).stat()
        except FileNotFoundError:
            return True
        if state.st_mtime_ns != self.touched:  # somebody came, and perhaps went already
            self.touched = state.st_mtime_ns
            self.used_at = time.monotonic()
        if not _take(self.users):
            self.used_at = time.monotonic()
            return False
        if time.monotonic() - self.used_at >= self.linger:
            return True
        fcntl.flock(self.users, fcntl.LOCK_UN)
        return False


def prepare(home: Home) -> None:
    """Roles, database and grants: all of a fresh cluster, what is new since of an older one."""
    from hssk.kit.pg.connection import connection_of
    from hssk.kit.pg.roles import prepare_cluster

    prepare_cluster(
        connection_of(home, "super"),
        connection_of(home, "owner"),
        connection_of(home, "app"),
        connection_of(home, "machine"),
    )


def _take(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def main(path: str) -> None:
    os.chdir("/")
    home = Home(path)
    lock = os.open(home.path / SUPERVISOR, os.O_RDWR | os.O_CREAT, 0o600)
    for _ in range(100):  # a command that only asks whether we live holds it for a moment
        if _take(lock):
            break
        time.sleep(0.01)
    else:
        return
    supervisor = Supervisor(home, float(os.environ.get("HSSK_LINGER", "5")))
    for sign in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(sign, supervisor.stop_when_told)
    try:
        supervisor.run()
    except Trouble as trouble:
        said = {
            "message": trouble.message,
            "params": {name: str(value) for name, value in trouble.params.items()},
        }
        write_whole(home.path / TROUBLE, json.dumps(said))
    finally:
        # In this order: whoever then gets `pg.users` must find no supervisor.
        os.close(lock)
        os.close(supervisor.users)


if __name__ == "__main__":
    main(sys.argv[1])
