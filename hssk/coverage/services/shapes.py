"""The shapes that figures and lists come in."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import date
from operator import attrgetter
from typing import Any
from uuid import UUID

from hssk.coverage import rules
from hssk.coverage.errors import LedgerAstray
from hssk.kit.dates import PartialDate
from hssk.places.models import Unit


@dataclass(slots=True)
class Counts:
    """How many people, records and rows; the same names as in the database.

    expected = found + to_decide + missing, always. `fresh`, `visited` and `app_opened` are counted
    among those found. `verified` (identity), `content` (anything of health in our own record),
    `complete` (by the Ministry's form), `updated` (anything of the last twelve months) are counted
    among all residents, each by itself, with a record elsewhere or without.
    `away`, `moved_in`, `unlisted` (no longer on a list that they stood on),
    `dead_listed` and `moved_listed` (dead or gone in the software) among all residents. `doubles`
    are further rows of a resident, `duplicates` further records of one. `records` are those that
    the newest extract of their unit lists; `records_unlisted` it had and has no longer, and
    `only_unlisted` are residents of whom no other record is known: still found, till somebody says.
    """

    expected: int = 0
    found: int = 0
    to_decide: int = 0
    fresh: int = 0
    visited: int = 0
    app_opened: int = 0
    verified: int = 0
    content: int = 0
    complete: int = 0
    updated: int = 0
    away: int = 0
    moved_in: int = 0
    unlisted: int = 0
    doubles: int = 0
    dead_listed: int = 0
    moved_listed: int = 0
    only_unlisted: int = 0
    listings: int = 0
    records: int = 0
    records_unlisted: int = 0
    duplicates: int = 0
    nobody_dead: int = 0
    nobody_left: int = 0
    nobody_unknown: int = 0

    @property
    def missing(self) -> int:
        return self.expected - self.found - self.to_decide

    @property
    def unverified(self) -> int:
        return self.expected - self.verified

    @property
    def empty(self) -> int:
        return self.expected - self.content

    @property
    def incomplete(self) -> int:
        return self.expected - self.complete

    @property
    def outdated(self) -> int:
        return self.expected - self.updated

    @property
    def records_on_nobody(self) -> int:
        return self.nobody_dead + self.nobody_left + self.nobody_unknown

    @classmethod
    def total(cls, many: Iterable["Counts"]) -> "Counts":
        """All of them together."""
        return cls(*map(sum, zip(*map(_values, many), strict=True)))

    def checked(self, place: str) -> "Counts":
        """Itself; raises LedgerAstray when a number says what cannot be."""
        parts = (self.found, self.to_decide, self.missing, self.duplicates, self.records_on_nobody)
        among = (self.fresh, self.visited, self.app_opened)
        of_all = (self.away, self.unlisted, self.only_unlisted, self.verified, self.content)
        if (
            min(parts) < 0
            or max(among) > self.found
            or max(of_all) > self.expected
            or max(self.complete, self.updated) > self.content
        ):
            raise LedgerAstray(
                "Số liệu của {place} mâu thuẫn ({found} + {to_decide} trên {expected}). Không hiển "
                "thị tỷ lệ sai: hãy nhờ người vận hành chạy `hssk ledger verify`.",
                place=place,
                found=self.found,
                to_decide=self.to_decide,
                expected=self.expected,
            )
        return self


COUNTS = tuple(entry.name for entry in fields(Counts))
_values = attrgetter(*COUNTS)


@dataclass(slots=True)
class Child:
    """One place of the next level down, with its own counts.

    key   what to ask for next: a unit's code, a hamlet's or household's id as text; "" where the
          place is not known
    more  further numbers by name, of a report that counts what the ledger does not keep
    former  of a hamlet, the unit that it was entered in: of a day before a reform, its commune
    """

    kind: str
    key: str
    name: str
    counts: Counts
    goal: float = rules.DEFAULT_GOAL
    statement: str = ""
    more: Counter[str] = field(default_factory=Counter)
    former: int | None = None

    def number(self, name: str) -> int:
        """One of its numbers: a count of the ledger by its name, else one of `more`."""
        return getattr(self.counts, name) if hasattr(self.counts, name) else self.more[name]

    @property
    def knows_records(self) -> bool:
        """Whether records are counted here: they name a commune, and no place below or beside."""
        return self.kind in (Unit.PROVINCE, Unit.DISTRICT, Unit.COMMUNE)

    @property
    def rate(self) -> float | None:
        return rules.rate(self.counts.found, self.counts.expected)

    @property
    def gap(self) -> int:
        """People to reach before the goal."""
        return rules.gap_to_goal(self.counts.found, self.counts.expected, self.goal)


@dataclass(slots=True)
class Figures(Child):
    """A place's counts on a day, drawn on the map of a day, and those of its parts.

    Children stand worst first: most people short of the goal. Their counts add up to the whole's,
    but for what has no place among them, which is a child with the key "". `ground` is what was
    counted; `own` whether what our own record says was (`figures.counts_own`).
    """

    on: date = date.min
    map_day: date = date.min
    children: list[Child] = field(default_factory=list)
    filtered: bool = False
    own: bool = True
    ground: Any = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Filters:
    """Which residents to count; None or "" does not ask. Ages are whole years on the day asked."""

    age_from: int | None = None
    age_to: int | None = None
    sex: int | None = None
    ethnicity: str | None = None
    insurance_place: str | None = None
    phone: bool | None = None
    away: bool | None = None

    def __bool__(self) -> bool:
        return any(getattr(self, entry.name) not in (None, "") for entry in fields(self))


@dataclass(frozen=True, slots=True)
class Person:
    """One resident as a list shows them; `unit` is the commune they live in on that day.

    own        what our own record says: names of selection.OWN
    elsewhere  another place has them by now: counted, with nothing said of them
    """

    id: UUID
    name: str
    birth: PartialDate | None
    sex: int
    state: int
    flags: int
    fresh: bool
    hamlet_id: int
    hamlet: str
    household_id: int | None
    household: str
    relation: str
    head: str
    ethnicity: str
    insurance_place: str
    since: date
    unit_id: int = 0
    unit: str = ""
    own: frozenset[str] = frozenset()
    elsewhere: bool = False

    @property
    def state_name(self) -> str:
        return ("missing", "to_decide", "found")[self.state]

    @property
    def away(self) -> bool:
        return bool(self.flags & rules.AWAY)

    @property
    def phone(self) -> bool:
        return bool(self.flags & rules.PHONE)
