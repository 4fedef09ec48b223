"""What makes an installation unsafe to serve from, besides a hole in the wall (walls.py).

`hssk doctor` tells, `hssk serve` does not start. Source: protection.md, invariant I32.
"""

from collections.abc import Mapping
from datetime import UTC, datetime

import psycopg
from django.conf import settings

from hssk.config.backups import is_too_old, last_backup
from hssk.kit.errors import Trouble
from hssk.kit.home import Home
from hssk.kit.pg.cluster import is_for_tests
from hssk.kit.pg.connection import connection_of

# what was acknowledged survives a power cut only with these
KEEPS = {
    "fsync": {"on"},
    "full_page_writes": {"on"},
    "synchronous_commit": {"on", "remote_apply"},
}
STANDBYS = "synchronous_standby_names"
MOST_APART = 5.0  # seconds between our clock and that of the database


def forgets(found: Mapping[str, str]) -> list[str]:
    """The settings, of those found in the database by name, by which it loses or seems to keep.

    A `*` among the standbys lets a running backup acknowledge what it does not keep.
    """
    wrong = [f"{name}={found.get(name)}" for name in KEEPS if found.get(name) not in KEEPS[name]]
    return wrong + [f"{STANDBYS}=*"] * ("*" in found.get(STANDBYS, ""))


def settings_of(connection: psycopg.Connection) -> dict[str, str]:
    """The settings that `forgets` asks about, as they hold for this connection."""
    asked = [*KEEPS, STANDBYS]
    return dict(
        connection.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [asked])
    )


def forgotten_by(home: Home) -> list[str]:
    """What `forgets` tells of pages, and with its role whatever else it tells of commands: either
    may have settings of its own, and files are taken in by the second."""
    told: list[str] = []
    for role in ("app", "machine"):
        with psycopg.connect(**connection_of(home, role).psycopg()) as connection:
            wrong = [one for one in forgets(settings_of(connection)) if one not in told]
            whose = f" ({connection.info.user})" if role == "machine" else ""
            told += [f"{one}{whose}" for one in wrong]
    return told


def loose_keys(home: Home) -> list[str]:
    """The names of keys that others than their owner can read or write."""
    kept = home.keys.iterdir() if home.keys.is_dir() else ()
    return sorted(path.name for path in kept if path.stat().st_mode & 0o077)


def seconds_apart(connection: psycopg.Connection) -> float:
    """How far the database's clock is from ours."""
    row = connection.execute("SELECT clock_timestamp()").fetchone()
    assert row is not None
    return abs((row[0] - datetime.now(UTC)).total_seconds())


def refuse_unsafe(connection: psycopg.Connection, home: Home) -> None:
    """Raise Trouble, naming everything, where pages must not be served from this database."""
    wrong = [] if is_for_tests() else forgotten_by(home)
    wrong += [f"keys/{name} (chmod 600)" for name in loose_keys(home)]
    if (apart := seconds_apart(connection)) > MOST_APART:
        wrong.append(f"clock ±{apart:.0f} s")
    if is_too_old(last_backup(home.facts), datetime.now(UTC)):
        wrong.append("backup > 26 h")
    if settings.DEBUG:
        wrong.append("DEBUG")
    if wrong:
        raise Trouble(
            "Không phục vụ khi dữ liệu có thể mất hoặc bị lộ: {wrong}. Chạy `hssk doctor` và làm "
            "theo lời khuyên ở đó.",
            wrong=", ".join(wrong),
        )
