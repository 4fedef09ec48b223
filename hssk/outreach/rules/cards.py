"""What stands on the card of a record, who is to get one, and how the cards of a hamlet stand.

A card is printed, lies at the station, and is handed over; lost or spoilt it ends, and another is
printed. Pure: nothing is written here. Source: protection.md §1.5 (predicates); decision 33.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from hssk.outreach.rules.lists import shared_names, year_beside


class Ended(StrEnum):
    """Why a card is one no more."""

    LOST = "lost"
    SPOILT = "spoilt"  # misprinted, torn, or its name is another by now
    ELSEWHERE = "elsewhere"  # it lies at a station that its person has left


class Handing(StrEnum):
    """By what it is known that a card is in the hands of its person."""

    STATION = "station"
    DESK = "desk"  # of a session, where it was scanned
    TICK = "tick"  # of a copy that came back


@dataclass(frozen=True, slots=True)
class Face:
    """All that a card says of its person, beside a code that says nothing."""

    name: str
    year: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How somebody of a hamlet stands.

    recorded  whether they have a record
    card      the key of their living card; None where they have none, or it lies at a station that
              they have left
    handed    whether that is with them
    """

    person: UUID
    recorded: bool
    card: int | None = None
    handed: bool = False

    @property
    def lacks(self) -> bool:
        """Whether one is to be printed: a record and no card."""
        return self.recorded and self.card is None

    @property
    def waits(self) -> bool:
        """Whether their card lies at the station."""
        return self.card is not None and not self.handed


@dataclass(frozen=True, slots=True)
class Tally:
    """The residents of a hamlet: of how many a card is to be printed, lies at the station, and was
    handed over."""

    lacking: int
    waiting: int
    handed: int


def tally(standings: Iterable[Standing]) -> Tally:
    """How many stand how."""
    every = list(standings)
    return Tally(
        sum(one.lacks for one in every),
        sum(one.waits for one in every),
        sum(one.handed for one in every),
    )


def faces(named: Mapping[UUID, tuple[str, int | None]]) -> dict[UUID, Face]:
    """What stands on the card of each of the residents of a hamlet.

    named  everybody there → name, and year of birth where it is known: it is printed where two of
           them bear one name, as on lists
    """
    shared = shared_names(name for name, _year in named.values())
    return {
        key: Face(" ".join(name.split()), year_beside(name, year, shared))
        for key, (name, year) in named.items()
    }
