"""The server process: started so that it cannot outlive who started it, stopped gently."""

import contextlib
import ctypes
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from hssk.kit.errors import Trouble
from hssk.kit.pg.account import as_account
from hssk.kit.pg.cluster import Cluster, is_for_tests

SETTINGS = {
    "listen_addresses": "",
    "port": "5432",
    "unix_socket_permissions": "0700",
    "max_connections": "60",
    # What is acknowledged is on the disk.
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    # A small computer that now and then takes in a big file.
    "wal_buffers": "16MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "effective_cache_size": "1GB",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "random_page_cost": "1.1",
    "jit": "off",
    # Calling helpers takes 10 ms, more than most questions do alone: for the long ones only.
    "parallel_setup_cost": "5000",
    # The log tells what broke, never about whom.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_parameter_max_length_on_error": "0",
    "log_line_prefix": "%m [%p] ",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
FOR_TESTS = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "shared_buffers": "128MB",
}
MEGABYTE = 2**20
DIES_WITH_PARENT = 1  # PR_SET_PDEATHSIG


def shared_buffers(memory: int) -> str:
    """How much of the computer's `memory` (bytes) the database keeps pages in.

    An eighth: 256 MB of the 2 GB of an old laptop, and 1 GB at most, where a province lies whole.
    """
    return f"{min(max(memory // 8, 128 * MEGABYTE), 1024 * MEGABYTE) // MEGABYTE}MB"


def _memory() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def start(cluster: Cluster, programs: Path) -> subprocess.Popen:
    """Start the server as our child; it shuts down fast when we die, even by kill -9."""
    clear_the_way(cluster)
    socket = cluster.socket
    if not socket.exists():
        socket.mkdir(mode=0o700)
        os.chown(socket, cluster.account.pw_uid, cluster.account.pw_gid)
    if socket.is_symlink() or socket.stat().st_uid != cluster.account.pw_uid:
        raise Trouble("Thư mục ổ cắm {socket} không phải của chúng ta. Hãy xóa nó.", socket=socket)
    settings = {**SETTINGS, "shared_buffers": shared_buffers(_memory())}
    settings |= FOR_TESTS if is_for_tests() else {}
    settings["unix_socket_directories"] = str(socket)
    command = [str(programs / "bin" / "postgres"), "-D", str(cluster.data)]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    with _log(cluster).open("ab") as log:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"},
            # After the change of account, which would clear it.
            preexec_fn=die_with(os.getpid(), signal.SIGINT),  # noqa: PLW1509 - one thread
            **as_account(cluster.account),
        )


def die_with(parent: int, sign: signal.Signals):
    """For Popen's preexec_fn: the kernel sends `sign` when `parent` dies, however it dies."""
    prctl = ctypes.CDLL(None, use_errno=True).prctl

    def in_child() -> None:
        prctl(DIES_WITH_PARENT, int(sign), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return in_child


def is_ready(cluster: Cluster, programs: Path) -> bool:
    """Whether the server takes connections, asked of the server, not guessed from a pid."""
    asked = subprocess.run(
        [programs / "bin" / "pg_isready", "-q", "-h", cluster.socket, "-p", "5432"], check=False
    )
    return asked.returncode == 0


def stop(server: subprocess.Popen) -> None:
    """Shut down: first properly, then at once, then by force."""
    for sign, seconds in ((signal.SIGINT, 60), (signal.SIGQUIT, 10), (signal.SIGKILL, 10)):
        if server.poll() is not None:
            return
        server.send_signal(sign)
        try:
            server.wait(seconds)
        except subprocess.TimeoutExpired:
            continue


def processes_in(data: Path) -> list[int]:
    """Server processes, whosever children, whose data directory is `data`."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if (entry / "cwd").readlink() == data and "postgres" in (entry / "exe").readlink().name:
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def clear_the_way(cluster: Cluster) -> None:
    """Wait until what was left behind is really gone, and drop its stale pid and lock files.

    Only called while holding the supervisor's lock, so whatever still runs here has no owner.
    """
    began = time.monotonic()
    while left := processes_in(cluster.data.resolve()):
        waited = time.monotonic() - began
        if waited > 40:
            raise Trouble(
                "Máy chủ cơ sở dữ liệu cũ ({processes}) không chịu dừng. Hãy khởi động lại máy.",
                processes=left,
            )
        if waited > 10:
            for process in left:
                _signal(process, signal.SIGKILL if waited > 25 else signal.SIGQUIT)
            time.sleep(1)
        time.sleep(0.05)
    # Its number may by now belong to another program, which PostgreSQL would take for a server.
    (cluster.data / "postmaster.pid").unlink(missing_ok=True)
    for left_file in (f".s.PGSQL.{SETTINGS['port']}.lock", f".s.PGSQL.{SETTINGS['port']}"):
        (cluster.socket / left_file).unlink(missing_ok=True)


def _signal(process: int, sign: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, sign)


def _log(cluster: Cluster) -> Path:
    """The server's log, with one predecessor kept."""
    log = cluster.home.logs / "postgres.log"
    if log.exists() and log.stat().st_size > 5 * 2**20:
        shutil.move(log, log.with_suffix(".log.1"))
    return log
