"""When this home was last copied, as whoever copies it says (docs/howto/backup.md).

Nobody is believed but the job that makes the copies: its last step is `hssk backups --done`. From
the first such word on a copy older than a day and two hours is told by `hssk doctor`, and `hssk
serve` does not start on it. Source: protection.md, invariant I32.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from hssk.kit.home import Home

LONGEST = timedelta(hours=26)  # a day, and what the job may be late
AHEAD = timedelta(minutes=5)  # a moment further ahead is that of a wrong clock
FACT = "backed_up"


def note_backup(home: Home, at: datetime | None) -> None:
    """Keep when a copy was done; None: nobody will say so here any more."""
    home.note(**{FACT: at and at.isoformat(timespec="seconds")})


def last_backup(facts: Mapping[str, Any]) -> datetime | None:
    """When a copy was last done, None where nobody says so.

    facts  those of the home; what is no moment counts as long ago, not as never
    """
    told = facts.get(FACT)
    if told is None:
        return None
    try:
        return datetime.fromisoformat(told).astimezone()
    except (TypeError, ValueError, OverflowError):
        return datetime.fromtimestamp(0).astimezone()


def is_too_old(last: datetime | None, now: datetime) -> bool:
    """Whether copies are told of, and the last is older than LONGEST or of a time to come."""
    return last is not None and not -AHEAD <= now - last <= LONGEST


def of_backups(home: Home, now: datetime) -> Iterator[tuple[str, str, str]]:
    """(state, what was found, what to do) for `hssk doctor`; nothing of an invented city."""
    last = last_backup(home.facts)
    if last is None:
        if not home.invented:
            yield "warn", "chưa ai báo là đã sao lưu", (
                "Sao lưu hằng ngày và kết thúc bằng `hssk backups --done` (docs/howto/backup.md)."
            )  # fmt: skip
        return
    when = f"lần cuối {last.astimezone(now.tzinfo):%d/%m/%Y %H:%M}"
    if is_too_old(last, now):
        yield "bad", f"{when}: quá 26 giờ, hoặc giờ máy sai", (
            "Sao lưu ngay, rồi `hssk backups --done`; hssk serve không khởi động khi còn quá hạn."
        )  # fmt: skip
    else:
        yield "ok", when, ""
