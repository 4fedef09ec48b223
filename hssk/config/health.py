"""What `hssk doctor` looks at, one finding a line."""

import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import django
import psycopg

from hssk import __version__
from hssk.config.schema import migrations_applied, migrations_on_disk
from hssk.kit.errors import Trouble
from hssk.kit.home import Home
from hssk.kit.pg.connection import external
from hssk.kit.pg.use import Database, database

RELEASED = date(2026, 11, 1)  # a clock before this day is wrong
LOSES_DATA = {"fsync": "on", "full_page_writes": "on", "data_checksums": "on"}
GIGABYTE = 2**30


@dataclass(frozen=True)
class Finding:
    """state  "ok", "warn" or "bad";  advice  what to do, empty when nothing"""

    state: str
    subject: str
    found: str
    advice: str = ""

    def line(self) -> str:
        advice = f"\n{'':22}→ {self.advice}" if self.advice else ""
        return f"{self.state:5} {self.subject:15} {self.found}{advice}"


def examine() -> list[Finding]:
    """Look at the current home and its database; what cannot be looked at is itself a finding."""
    try:
        home = Home.current().open()
    except Trouble as trouble:
        return [Finding("bad", "thư mục nhà", str(trouble))]
    findings = [*of_home(home), of_disk(home), of_clock(home)]
    with ExitStack() as stack:
        try:
            connections = stack.enter_context(database(home))
            connection = stack.enter_context(psycopg.connect(**connections.app.psycopg()))
        except (Trouble, psycopg.Error) as trouble:
            return [*findings, Finding("bad", "cơ sở dữ liệu", " ".join(str(trouble).split()))]
        findings.append(of_migrations(connections))
        findings += of_settings(connection)
        findings += of_roles(connection)
        findings += of_database_clock(connection)
    return findings


def of_home(home: Home) -> Iterator[Finding]:
    kind = "dữ liệu BỊA ĐẶT (thử nghiệm)" if home.invented else "dữ liệu thật"
    yield Finding("ok", "thư mục nhà", f"{home.path} · {kind}")
    yield Finding(
        "ok",
        "phiên bản",
        f"HSSK {__version__} · Python {sys.version.split()[0]} · Django {django.__version__}",
    )
    loose = [path.name for path in home.keys.iterdir() if path.stat().st_mode & 0o077]
    if loose:
        yield Finding(
            "bad", "khóa", f"người khác đọc được: {', '.join(loose)}", f"chmod 600 {home.keys}/*"
        )


def of_disk(home: Home) -> Finding:
    """Below 1 GB an import may not finish; below 5 GB somebody should know."""
    free = shutil.disk_usage(home.path).free / GIGABYTE
    state = "bad" if free < 1 else "warn" if free < 5 else "ok"
    advice = "" if state == "ok" else "Giải phóng ổ đĩa trước khi nạp tệp."
    return Finding(state, "ổ đĩa", f"còn trống {free:.1f} GB", advice)


def of_clock(home: Home) -> Finding:
    """The computer's clock against the day of this release and against the file system's clock."""
    now = datetime.now(UTC)
    with tempfile.TemporaryFile(dir=home.path) as file:
        apart = abs(
            file.fileno() and Path(f"/dev/fd/{file.fileno()}").stat().st_mtime - time.time()
        )
    told = now.astimezone().strftime("%d/%m/%Y %H:%M %Z")
    if now.date() < RELEASED:
        return Finding("bad", "đồng hồ", f"{told}: trước ngày phát hành", "Chỉnh lại ngày giờ máy.")
    if apart > 60:
        return Finding(
            "warn", "đồng hồ", f"{told}; ổ đĩa lệch {apart:.0f} giây", "Chỉnh giờ máy chủ tệp."
        )
    return Finding("ok", "đồng hồ", told)


def of_migrations(connections: Database) -> Finding:
    applied, known = migrations_applied(connections), migrations_on_disk()
    if unknown := applied - known:
        return Finding(
            "bad",
            "lược đồ",
            f"có {len(unknown)} bước của bản HSSK mới hơn",
            "Cập nhật chương trình.",
        )
    if missing := known - applied:
        return Finding(
            "warn", "lược đồ", f"thiếu {len(missing)} bước", "Lệnh hssk tiếp theo sẽ tự bổ sung."
        )
    return Finding("ok", "lược đồ", f"đủ {len(known)} bước")


def of_settings(connection: psycopg.Connection) -> Iterator[Finding]:
    """Where the data really lies, and the settings by which a power cut would lose some of it."""
    where = connection.info.host if external() else ask(connection, "hssk_place")
    yield Finding(
        "ok", "cơ sở dữ liệu", f"PostgreSQL {ask(connection, 'server_version')} · {where}"
    )
    wrong = [name for name, right in LOSES_DATA.items() if ask(connection, name) != right]
    if ask(connection, "synchronous_commit") in ("off", "local"):
        wrong.append("synchronous_commit")
    if wrong:
        yield Finding(
            "bad",
            "an toàn",
            f"có thể mất dữ liệu khi mất điện: {', '.join(wrong)}",
            "Bật lại các thiết lập này của PostgreSQL.",
        )
    else:
        yield Finding("ok", "an toàn", "ghi xong là còn (fsync, checksum, full_page_writes)")


def of_roles(connection: psycopg.Connection) -> Iterator[Finding]:
    """The server's role must own nothing and rule over nothing."""
    role = connection.execute(
        "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,"
        " (SELECT count(*) FROM pg_class WHERE relowner = pg_roles.oid)"
        " FROM pg_roles WHERE rolname = current_user"
    ).fetchone()
    assert role is not None
    name, *powers, owned = role
    if any(powers) or owned:
        yield Finding(
            "bad",
            "vai trò",
            f"{name} có quyền quá rộng hoặc sở hữu {owned} bảng",
            "Dùng người dùng chỉ đọc ghi (HSSK_APP_DATABASE_URL).",
        )
    else:
        yield Finding("ok", "vai trò", f"{name} chỉ đọc ghi, không sở hữu bảng nào")


def of_database_clock(connection: psycopg.Connection) -> Iterator[Finding]:
    row = connection.execute("SELECT clock_timestamp()").fetchone()
    assert row is not None
    apart = abs((row[0] - datetime.now(UTC)).total_seconds())
    if apart > 5:
        yield Finding(
            "warn", "đồng hồ", f"cơ sở dữ liệu lệch {apart:.0f} giây", "Chỉnh giờ hai máy."
        )


def ask(connection: psycopg.Connection, setting: str) -> str:
    row = connection.execute("SELECT current_setting(%s, true)", [setting]).fetchone()
    return (row[0] if row else "") or ""
