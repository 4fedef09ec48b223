"""The parts of `hssk serve`: static files, the first login, the web server, the watch."""

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
from hssk.config.reach import Reach
from hssk.kit.errors import Trouble
from hssk.kit.home import Home
from hssk.kit.pg.connection import external
from hssk.kit.pg.server import die_with
from hssk.kit.pg.use import is_served, keep_running

PATIENCE = 60.0  # seconds for the web server to answer
SEALED_EVERY = 600.0  # seconds between two seals on the log of looks


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


def first_login(home: Home) -> str | None:
    """Make the user `admin` where nobody can log in yet; returns the password the first time.

    An invented city keeps its password, for there is nobody to protect; a real home never does.
    """
    from django.utils import timezone

    from hssk.access.models import User
    from hssk.access.rights import Role
    from hssk.access.services import access_of, first_password, grant_post

    kept = home.keys / "demo-login"
    if User.objects.exclude(username=User.LOCAL_OPERATOR).exists():
        return kept.read_text("utf-8") if home.invented and kept.exists() else None
    password = first_password()
    admin = User.objects.create_user("admin", password=password, full_name="Quản trị")
    operator = access_of(User.objects.get(username=User.LOCAL_OPERATOR), timezone.localdate())
    for role in (Role.OFFICER, Role.ADMINISTRATOR, Role.AUDITOR):
        grant_post(admin, role, None, since=operator.day, giver=operator)
    if home.invented:
        home.set_key("demo-login", password)
    return password


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


@contextmanager
def web_server(home: Home, listening: Listening) -> Iterator[subprocess.Popen]:
    """The web server as our child, answering; it stops when the block ends or we die."""
    from django.db import connections

    connections.close_all()
    with (home.logs / "web.log").open("ab") as log:
        server = subprocess.Popen(
            [
                *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"),
                *("--host", listening.host, "--port", str(listening.port), "--workers", "1"),
                *listening.tls(),
                *("--blocking-threads", "4", "--backpressure", "64"),
                *("--log-level", "warning", "--respawn-failed-workers"),
                "hssk.config.wsgi:application",
            ],
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
            server.wait(10)
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


def greet(home: Home, listening: Listening, password: str | None) -> None:
    """Tell where to go and how to get in."""
    from django.utils.translation import gettext as _

    if home.invented:
        print(_("Thành phố BỊA ĐẶT để thử: không có người thật nào ở đây."))
    print(_("Mở trình duyệt: {address}").format(address="  ".join(listening.addresses())))
    if password:
        print(_("Đăng nhập: admin   Mật khẩu: {password}").format(password=password))
    if password and not home.invented:
        print(_("Hãy ghi lại ngay: mật khẩu này chỉ hiện một lần."))
    print(_("Dừng: Ctrl-C"), flush=True)


def stop_when_told(server: subprocess.Popen) -> None:
    """Ctrl-C and a service manager's TERM end the web server; `watch` then returns."""

    def stop(_signal: int, _frame: object) -> None:
        server.terminate()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)


def watch(home: Home, server: subprocess.Popen) -> int:
    """Wait for the end; meanwhile give a killed supervisor a successor, seal the log, and make the
    tables of its months ahead."""
    sealed = time.monotonic()
    while server.poll() is None:
        if time.monotonic() - sealed > SEALED_EVERY:
            sealed = time.monotonic()
            _seal_the_log()
        if not external() and not is_served(home):
            keep_running(home)
        time.sleep(0.5)
    return 0


def _seal_the_log() -> None:
    from django.db import Error, connections

    from hssk.access.services import make_checkpoint, make_months

    try:
        make_months()
        make_checkpoint()
    except Error:  # the database comes back by itself, and so does the next turn
        logging.getLogger("hssk").exception("the log of looks could not be sealed")
    finally:
        connections.close_all()
