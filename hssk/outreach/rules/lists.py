"""What a list for a hamlet may say, and of whom.

Source: protection.md §1.5 (predicates, fields, cover, life); decision 22.
"""

import hmac
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from hssk.kit.text import fold

LONGEST_LOAN = 14  # days
FEWEST_LISTED = 8  # people; below, their whole households stand on the list
FEWEST_OF_A_HAMLET = 30  # residents; below, its head is handed no names


class Purpose(StrEnum):
    """Why a list is handed out: this, and no other reason."""

    NO_RECORD = "no-record"
    UNVERIFIED = "unverified"
    BOOK_UNOPENED = "book-unopened"
    CHECK_UP = "check-up"
    CARD = "card"


class Holder(StrEnum):
    """In what office somebody holds a copy."""

    HEAD = "head"
    HEALTH_WORKER = "health-worker"


class Cover(StrEnum):
    """How a list keeps those few people from being singled out."""

    PEOPLE = "people"
    HOUSEHOLDS = "households"
    NO_NAMES = "no-names"


@dataclass(frozen=True, slots=True)
class Resident:
    """Somebody of the hamlet, as composing needs them; nothing of it but a `Line` leaves.

    year        of birth; None where nobody knows
    head        name of the head of their household, "" where none is known here
    head_person who that is
    asked       whether the purpose is about them
    hamlet      the key of where they live; 0 where that is not said: they are on no list
    """

    person: UUID
    household: int | None
    name: str
    year: int | None
    head: str
    asked: bool
    head_person: UUID | None = None
    hamlet: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """All that a list says of one person; the box to tick is the sixth field."""

    number: int
    name: str
    year: str
    head: str
    task: str


@dataclass(frozen=True, slots=True)
class Composed:
    """The lines in the order of one copy; whom each is about, and which head it names, in the
    same order."""

    lines: tuple[Line, ...]
    people: tuple[UUID, ...]
    cover: Cover
    heads: tuple[UUID | None, ...] = ()


def cover_for(listed: int, residents: int, holder: Holder) -> Cover:
    """How a list of `listed` people among `residents` of the hamlet is covered for its holder."""
    if residents < FEWEST_OF_A_HAMLET and holder is Holder.HEAD:
        return Cover.NO_NAMES
    return Cover.HOUSEHOLDS if listed < FEWEST_LISTED else Cover.PEOPLE


def loan_until(issued: date, days: int) -> date:
    """The day before which a copy comes back, and from which on nobody reads it.

    Raises ValueError for a loan of less than a day or of more than LONGEST_LOAN.
    """
    if not 1 <= days <= LONGEST_LOAN:
        raise ValueError(f"a loan lasts from 1 to {LONGEST_LOAN} days, not {days}")
    return issued + timedelta(days=days)


def compose(
    residents: Sequence[Resident], objectors: Collection[UUID], holder: Holder, *,
    hamlet: int, task: str, seed: bytes,
) -> Composed:  # fmt: skip
    """The list of those of `residents` whom its purpose is about, as one copy has it.

    residents  everybody of the hamlet on the day, each once; of another hamlet nobody counts
    hamlet     the key of the one hamlet that the list is of
    objectors  those who are on no list, asked or not, nor stand there as the head of anybody
    seed       what orders this copy: the same seed gives the same list
    returns    no line where nobody is asked, and where the cover leaves no names
    """
    residents = [one for one in residents if one.hamlet == hamlet]
    asked = [one for one in residents if one.asked and one.person not in objectors]
    cover = cover_for(len(asked), len(residents), holder)
    if cover is Cover.NO_NAMES or not asked:
        return Composed((), (), cover)
    if cover is Cover.HOUSEHOLDS:
        alone, asked = len(asked), _with_their_households(asked, residents, objectors)
        if len(asked) == alone and holder is Holder.HEAD:  # nobody stands between them
            return Composed((), (), Cover.NO_NAMES)
    shared = shared_names(one.name for one in residents)
    ordered = sorted(asked, key=lambda one: _place(one, seed))
    heads = tuple(None if one.head_person in objectors else one.head_person for one in ordered)
    lines = (
        Line(
            number,
            one.name,
            year_beside(one.name, one.year, shared),
            one.head if head else "",
            task,
        )
        for number, (one, head) in enumerate(zip(ordered, heads, strict=True), 1)
    )
    return Composed(tuple(lines), tuple(one.person for one in ordered), cover, heads)


def _with_their_households(
    asked: Iterable[Resident], residents: Iterable[Resident], objectors: Collection[UUID]
) -> list[Resident]:
    """Those asked, and everybody who lives with one of them."""
    asked = list(asked)
    homes = {one.household for one in asked if one.household is not None}
    alone = [one for one in asked if one.household is None]
    beside = (one for one in residents if one.household in homes)
    return [*alone, *(one for one in beside if one.person not in objectors)]


def shared_names(names: Iterable[str]) -> Counter[str]:
    """How many bear each name, written as it is compared."""
    return Counter(map(fold, names))


def year_beside(name: str, year: int | None, shared: Counter[str]) -> str:
    """The year of birth where another bears the name, "" where nobody does or nobody knows it."""
    return str(year) if year and shared[fold(name)] > 1 else ""


def _place(one: Resident, seed: bytes) -> tuple[bytes, bytes]:
    """Where somebody stands in one copy: by their household, then within it."""
    home = one.person.hex if one.household is None else str(one.household)
    return _keyed(seed, f"home {home}"), _keyed(seed, f"person {one.person.hex}")


def _keyed(seed: bytes, text: str) -> bytes:
    return hmac.digest(seed, text.encode(), "sha256")
