"""What `hssk doctor` looks at, one finding a line."""

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import django
import psycopg

from hssk import __version__
from hssk.config.backups import of_backups
from hssk.config.limits import Limits, keeps_bounds
from hssk.config.reaching import of_reach
from hssk.config.safety import MOST_APART, forgotten_by, loose_keys, seconds_apart
from hssk.config.schema import migrations_applied, migrations_on_disk
from hssk.config.walls import holes
from hssk.kit.errors import Trouble
from hssk.kit.home import Home, read_facts
from hssk.kit.pg.cluster import Cluster, system_directory
from hssk.kit.pg.connection import external
from hssk.kit.pg.use import Database

RELEASED = date(2026, 11, 1)  # a clock before this day is wrong
GIGABYTE = 2**30
HERE = timezone(timedelta(hours=7))  # as pages show time, whatever the computer is set to


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


def examine(home: Home, connections: Database) -> list[Finding]:
    """Everything there is to look at, the computer first."""
    with psycopg.connect(**connections.app.psycopg()) as connection:
        return [
            *of_home(home),
            of_place(home),
            of_disk(home),
            of_clock(home),
            *of_database_clock(connection),
            of_version(connection),
            of_safety(connection, home),
            of_migrations(connections),
            of_walls(connection),
            of_batches(connection),
            of_posts(),
            of_sessions(home),
            *(
                Finding(state, "sao lưu", found, advice)
                for state, found, advice in of_backups(home, datetime.now(HERE))
            ),
            *(
                Finding(state, "đường vào", found, advice)
                for state, found, advice in of_reach(
                    home.facts.get("served", {}), datetime.now(UTC)
                )
            ),
            *of_leftovers(),
        ]


def without_database(home: Home, why: str) -> list[Finding]:
    """What can be said when the database cannot be used."""
    return [
        *of_home(home),
        of_disk(home),
        of_clock(home),
        Finding("bad", "cơ sở dữ liệu", why),
    ]


def exit_code(findings: list[Finding]) -> int:
    return 1 if any(finding.state == "bad" for finding in findings) else 0


def of_home(home: Home) -> Iterator[Finding]:
    try:
        kind = "dữ liệu BỊA ĐẶT (thử nghiệm)" if home.invented else "dữ liệu thật"
        yield Finding("ok", "thư mục nhà", f"{home.path} · {kind}")
    except Trouble:  # said in full beside the database, which cannot be used either
        yield Finding("bad", "thư mục nhà", f"{home.path} · home.json bị hỏng")
    if not os.access(home.path, os.W_OK):
        yield Finding(
            "bad",
            "thư mục nhà",
            f"{home.path} không ghi được",
            "Xem ổ đĩa có bị gắn chỉ đọc không (mount) và quyền của thư mục.",
        )
    yield Finding(
        "ok",
        "phiên bản",
        f"HSSK {__version__} · Python {sys.version.split()[0]} · Django {django.__version__}",
    )
    if loose := loose_keys(home):  # that none is left is said below
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
    apart = 0.0
    # where nothing can be written, of_home and of_disk say so
    with suppress(OSError), tempfile.NamedTemporaryFile(dir=home.path) as file:
        apart = abs(Path(file.name).stat().st_mtime - time.time())
    told = now.astimezone(HERE).strftime("%d/%m/%Y %H:%M (giờ Việt Nam, +07)")
    if now.date() < RELEASED:
        return Finding(
            "warn", "đồng hồ", f"{told}: trước ngày phát hành", "Chỉnh lại ngày giờ máy."
        )
    if apart > MOST_APART:
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


def of_place(home: Home) -> Finding:
    """Where the data really lies; as root that may be outside the home."""
    server = external()
    if server:
        where = f"máy chủ {server.host}:{server.port}/{server.name} (DATABASE_URL)"
        return Finding("ok", "nơi chứa dữ liệu", where)
    cluster = Cluster.of(home)
    return Finding(
        "ok", "nơi chứa dữ liệu", f"{cluster.data} · chạy bằng tài khoản {cluster.account.pw_name}"
    )


def of_version(connection: psycopg.Connection) -> Finding:
    return Finding("ok", "cơ sở dữ liệu", f"PostgreSQL {ask(connection, 'server_version')}")


def of_safety(connection: psycopg.Connection, home: Home) -> Finding:
    """The settings by which a power cut would lose what was acknowledged."""
    if wrong := forgotten_by(home):
        return Finding(
            "bad",
            "an toàn",
            f"có thể mất dữ liệu khi mất điện: {', '.join(wrong)}",
            "Đặt lại các thiết lập này của PostgreSQL; hssk serve không chạy khi còn sai.",
        )
    if ask(connection, "data_checksums") != "on":
        return Finding(
            "warn",
            "an toàn",
            "không có mã kiểm (data_checksums): đĩa hỏng sẽ không bị phát hiện",
            "Bật bằng pg_checksums --enable khi máy chủ dừng.",
        )
    return Finding("ok", "an toàn", "ghi xong là còn (fsync, full_page_writes, checksums)")


def of_walls(connection: psycopg.Connection) -> Finding:
    """Whether the database itself keeps people from whom they do not concern."""
    if found := holes(connection):
        advice = "Sửa quyền của cơ sở dữ liệu; hssk serve không chạy khi còn lỗ hổng."
        return Finding("bad", "bảo vệ dòng", "; ".join(found), advice)
    return Finding("ok", "bảo vệ dòng", "mọi bảng về người dân chỉ mở theo nhiệm vụ của người hỏi")


def of_batches(connection: psycopg.Connection) -> Finding:
    """Files that were taken in and never came to an end."""
    row = connection.execute(
        "SELECT count(*) FROM exchange_batch"
        " WHERE state IN ('waiting', 'received') AND created_at < now() - interval '1 hour'"
    ).fetchone()
    if row and row[0]:
        return Finding(
            "warn",
            "tệp dở dang",
            f"{row[0]} tệp chưa xử lý xong",
            "Nạp lại chính tệp ấy: việc sẽ tiếp tục từ chỗ dừng.",
        )
    return Finding("ok", "tệp dở dang", "không có")


def of_posts() -> Finding:
    """Posts that nobody has said for half a year are still needed."""
    from hssk.access.services import overdue  # a room, which stands when Django does

    today = datetime.now(HERE).date()
    if count := overdue(today).count():
        found = f"{count} nhiệm vụ quá 6 tháng chưa ai xác nhận là còn cần"
        return Finding("warn", "nhiệm vụ", found, "Mở trang “Rà soát nhiệm vụ” để xem từng cái.")
    return Finding("ok", "nhiệm vụ", "mọi nhiệm vụ đã được xác nhận trong 6 tháng qua")


def of_sessions(home: Home) -> Finding:
    """After how long sessions end by themselves."""
    limits = Limits.of(home.facts)
    found = (
        f"tự kết thúc sau {limits.idle} phút không ai dùng (máy dùng chung {limits.shared} phút), "
        f"lâu nhất {limits.longest} giờ"
    )
    if keeps_bounds(home.facts):
        return Finding("ok", "phiên", found)
    advice = "home.json ghi số ngoài giới hạn; đặt lại bằng `hssk sessions`."
    return Finding("warn", "phiên", found, advice)


def of_leftovers() -> Iterator[Finding]:
    """Databases in the system directory whose home is gone."""
    for mark in system_directory().glob("*/hssk.json"):
        try:
            home = Path(read_facts(mark, "path")["path"])
        except (Trouble, KeyError):
            yield Finding("warn", "sót lại", f"{mark} bị hỏng", "Chép lại tệp ấy từ bản sao lưu.")
            continue
        if not (home / "home.json").exists():
            yield Finding(
                "warn",
                "sót lại",
                f"{mark.parent} của {home} không còn nữa",
                f"Nếu chắc chắn không cần: rm -r {mark.parent}",
            )


def of_database_clock(connection: psycopg.Connection) -> list[Finding]:
    if (apart := seconds_apart(connection)) <= MOST_APART:
        return []
    found = f"cơ sở dữ liệu lệch {apart:.0f} giây"
    advice = "Chỉnh giờ hai máy; hssk serve không chạy khi còn lệch."
    return [Finding("bad", "đồng hồ", found, advice)]


def ask(connection: psycopg.Connection, setting: str) -> str:
    row = connection.execute("SELECT current_setting(%s, true)", [setting]).fetchone()
    return (row[0] if row else "") or ""
