"""The parts of `hssk serve`: static files, the web server, the greeting, the watch."""

import logging
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import hssk
from hssk.config.first_login import FirstLogin
from hssk.config.reach import Reach
from hssk.kit.errors import Trouble
from hssk.kit.home import Home
from hssk.kit.pg.connection import external
from hssk.kit.pg.server import die_with
from hssk.kit.pg.use import is_served, keep_running

PATIENCE = 60.0  # seconds for the web server to answer
STOPS_WITHIN = 8  # seconds for its worker, which is killed then: one told to stop while it starts
# never does, and would keep the port from the next start
TOLD_TO_STOP = (0, -signal.SIGTERM, -signal.SIGINT)  # how it ends then
KEPT_EVERY = 600.0  # seconds between two seals on the log of looks, and what goes with them


def refuse_a_taken_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            raise Trouble(
                "Không mở được cổng {port}: đang có chương trình khác dùng hoặc không được phép. "
                "Hãy chọn cổng khác: hssk serve --port 8001.",
                port=port,
            ) from error


def lay_out_static_files(home: Home) -> None:
    """Collect and compress our style sheets and scripts when any is newer than the last time."""
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    manifest = home.static / "staticfiles.json"
    newest = max(
        (
            Path(storage.path(name)).stat().st_mtime
            for finder in get_finders()
            for name, storage in finder.list(None)
        ),
        default=0.0,
    )
    if not manifest.exists() or manifest.stat().st_mtime < newest:
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)


@dataclass(frozen=True)
class Listening:
    """Where the web server listens, from where it is reached, and its own certificate and key."""

    host: str
    port: int
    reach: Reach
    own: tuple[Path, Path] | None = None

    def tls(self) -> list[str]:
        """For granian: TLS 1.2 still, for old laptops."""
        if self.own is None:
            return []
        certificate, key = map(str, self.own)
        return [
            "--ssl-certificate",
            certificate,
            "--ssl-keyfile",
            key,
            "--ssl-protocol-min",
            "tls1.2",
        ]

    def addresses(self) -> list[str]:
        """What to type into a browser."""
        if self.reach.proxies:
            return [f"https://{name}/" for name in self.reach.names]
        hosts = self.reach.names or (self.host,)
        shown = [f"[{host}]" if ":" in host else host for host in hosts]
        return [f"{'https' if self.own else 'http'}://{host}:{self.port}/" for host in shown]


def command(listening: Listening, application: str) -> list[str]:
    """What runs the web server, for `application` as granian names one."""
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"),
        *("--host", listening.host, "--port", str(listening.port), "--workers", "1"),
        *listening.tls(),
        *("--blocking-threads", "4", "--backpressure", "64"),
        *("--log-level", "warning", "--respawn-failed-workers"),
        *("--workers-kill-timeout", str(STOPS_WITHIN)),
        application,
    ]


@contextmanager
def web_server(home: Home, listening: Listening) -> Iterator[subprocess.Popen]:
    """The web server as our child, answering; it stops when the block ends or we die."""
    from django.db import connections

    connections.close_all()
    with (home.logs / "web.log").open("ab") as log:
        server = subprocess.Popen(
            command(listening, "hssk.config.wsgi:application"),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=Path(hssk.__file__).parent.parent,
            env={
                **os.environ,
                **listening.reach.environment(),
                "HSSK_HOME": str(home.path),
                "HSSK_DATABASE_ROLE": "app",
            },
            preexec_fn=die_with(os.getpid(), signal.SIGTERM),  # noqa: PLW1509 - one thread
        )
    try:
        _await(server, listening, home)
        yield server
    finally:
        server.terminate()
        try:
            server.wait(STOPS_WITHIN + 2)
        except subprocess.TimeoutExpired:
            server.kill()


def _await(server: subprocess.Popen, listening: Listening, home: Home) -> None:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(listening.host, listening.host)  # noqa: S104
    give_up = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < give_up:
        try:
            socket.create_connection((host, listening.port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise Trouble("Máy chủ web không khởi động được. Xem {log}.", log=home.logs / "web.log")


def greet(home: Home, listening: Listening, login: FirstLogin | None) -> None:
    """Tell where to go and how to get in."""
    from django.utils.translation import gettext as _

    if home.invented:
        print(_("Thành phố BỊA ĐẶT để thử: không có người thật nào ở đây."))
    print(_("Mở trình duyệt: {address}").format(address="  ".join(listening.addresses())))
    if login:
        told = _("Đăng nhập: {name}   Mật khẩu: {password}")
        print(told.format(name=login.name, password=login.password))
    if login and not home.invented:
        print(_("Hãy ghi lại ngay: mật khẩu này chỉ hiện một lần, dùng được 7 ngày."))
    print(_("Dừng: Ctrl-C"), flush=True)


def stop_when_told(server: subprocess.Popen) -> None:
    """Ctrl-C and a service manager's TERM end the web server; `watch` then returns."""

    def stop(_signal: int, _frame: object) -> None:
        server.terminate()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)


def watch(home: Home, server: subprocess.Popen) -> int:
    """Wait for the end; meanwhile give a killed supervisor a successor, seal the log, make the
    tables of its months ahead, and forget sessions that are over, the first time at once.
    Raises Trouble for an end that nobody asked for, so that a service manager begins again."""
    forget_sessions()
    kept = time.monotonic()
    while (ended := server.poll()) is None:
        if time.monotonic() - kept > KEPT_EVERY:
            kept = time.monotonic()
            _seal_the_log()
            forget_sessions()
        if not external() and not is_served(home):
            keep_running(home)
        time.sleep(0.5)
    if ended in TOLD_TO_STOP:
        return 0
    raise Trouble("Máy chủ web dừng đột ngột. Xem {log}.", log=home.logs / "web.log")


def _seal_the_log() -> None:
    from django.db import Error, connections

    from hssk.access.services import make_checkpoint, make_months

    try:
        make_months()
        make_checkpoint()
    except (Error, Trouble):  # the database comes back by itself, and so does the next turn
        logging.getLogger("hssk").exception("the log of looks could not be sealed")
    finally:
        connections.close_all()


def forget_sessions() -> None:
    """Remove the rows of sessions that are over: they tell who sat where, and serve nobody."""
    from django.db import Error, connections

    from hssk.access.sessions import SessionStore

    try:
        SessionStore.clear_expired()
    except Error:  # the database comes back by itself, and so does the next turn
        logging.getLogger("hssk").exception("sessions that are over could not be removed")
    finally:
        connections.close_all()
