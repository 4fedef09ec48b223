"""The queue of a session's day: its desks, how a number stands, who is next, and the counts.

A number says nothing of anybody. Whoever was met is done: an outcome that was written down since a
number last moved ends its wait, and withdrawn it waits again, so that queue and ledger agree.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Desk(StrEnum):
    """Where staff work on the day of a session: a closed list, in the order in which one walks."""

    RECEPTION = "reception"
    RECORD = "record"
    VITALS = "vitals"
    DOCTOR = "doctor"
    BOOK = "book"


class Standing(StrEnum):
    """How a number of the queue stands."""

    WAITING = "waiting"
    SERVING = "serving"
    DONE = "done"
    LEFT = "left"


# whoever is received waits here; at the reception itself nobody waits
FIRST = Desk.RECORD
CALLING = tuple(desk for desk in Desk if desk is not Desk.RECEPTION)


@dataclass(frozen=True, slots=True)
class Place:
    """A number of the queue.

    desk     where it waits, is, or was last
    since    since when it stands so
    by       the key of whoever serves it; None where nobody does
    person   the root of whoever has it; hamlet: where they lived then
    told     an outcome was written of them since; that ended the wait
    """

    number: int
    desk: Desk
    standing: Standing
    since: datetime
    person: UUID
    hamlet: int | None = None
    by: int | None = None
    told: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of those who came wait, are served, are done and left."""

    came: int = 0
    waiting: int = 0
    serving: int = 0
    done: int = 0
    left: int = 0


def standing_of(
    stored: Standing, since: datetime, written: datetime | None
) -> tuple[Standing, bool]:
    """How a number stands once an outcome of its bearer was written at `written` (the latest one
    that stands, None for none), and whether that is why."""
    waits = stored in (Standing.WAITING, Standing.SERVING)
    if waits and written is not None and written >= since:
        return Standing.DONE, True
    return stored, False


def next_at(places: Iterable[Place], desk: Desk) -> Place | None:
    """Whoever has waited longest at a desk; None where nobody waits there."""
    waiting = waiting_at(places, desk)
    return waiting[0] if waiting else None


def waiting_at(places: Iterable[Place], desk: Desk) -> list[Place]:
    """Those who wait at a desk, the next first."""
    here = (one for one in places if one.desk is desk)
    waiting = (one for one in here if one.standing is Standing.WAITING)
    return sorted(waiting, key=lambda one: (one.since, one.number))


def tally(places: Sequence[Place]) -> Tally:
    """The counts of some places of a queue."""
    by = {each: sum(one.standing is each for one in places) for each in Standing}
    return Tally(
        len(places), by[Standing.WAITING], by[Standing.SERVING], by[Standing.DONE],
        by[Standing.LEFT],
    )  # fmt: skip
