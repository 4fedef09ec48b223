"""Coverage of the members of organisations, and what of it is told to whoever sees no row."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection

from hssk.coverage.reports.parting import LEAST_OPEN
from hssk.coverage.rules import LEAST_SHOWN
from hssk.coverage.services.upkeep import settle


@dataclass(frozen=True)
class MemberFigures:
    """How many members an organisation has on a day, and how they stand.

    members   who belong to it; `expected` of them are residents on that day
    found     have a record; to_decide  have one that awaits a decision
    opened    have opened the electronic book
    """

    members: int = 0
    expected: int = 0
    found: int = 0
    to_decide: int = 0
    opened: int = 0

    @property
    def missing(self) -> int:
        """Residents without any record."""
        return self.expected - self.found - self.to_decide


FEW_FOUND, FEW_WITHOUT = "found", "without"


@dataclass(frozen=True)
class ToldFigures:
    """The same as whoever sees no row is told it.

    without  residents without a record that counts, whatever the reason
    few      which of the two groups has so few people that it is told as "fewer than LEAST_OPEN",
             and so has the other no number; "" for neither
    opened   None where it would tell of a few
    """

    expected: int
    found: int | None
    without: int | None
    few: str
    opened: int | None


def member_figures(organisations: Iterable[int], on: date) -> dict[int, MemberFigures]:
    """Organisation → its figures of a day; one without members is not there.

    Raises ProgrammingError (insufficient privilege) for whoever may see no figures, and is contact
    of none of them: the database says so itself.
    """
    settle()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM coverage_members(%s, %s)", [on, list(organisations)])
        return {key: MemberFigures(*numbers) for key, *numbers in cursor.fetchall()}


def told_of_members(whole: MemberFigures) -> ToldFigures | None:
    """What is told to whoever sees no row; None for fewer than LEAST_SHOWN residents.

    Source: protection.md §1.5: exact from 30 people on; no cell of a few.
    """
    if whole.expected < LEAST_SHOWN:
        return None
    found, without = whole.found, whole.expected - whole.found
    if min(found, without) < LEAST_OPEN:
        few = FEW_WITHOUT if without < found else FEW_FOUND
        return ToldFigures(whole.expected, None, None, few, None)
    apart = min(whole.opened, found - whole.opened) >= LEAST_OPEN
    return ToldFigures(whole.expected, found, without, "", whole.opened if apart else None)


def tells_of_few(whole: MemberFigures, part: MemberFigures, outside: int) -> bool:
    """Whether the figures of a smaller organisation, taken from those of a larger one, tell how a
    few people stand: those who belong to the larger alone.

    outside  how many of the smaller do not belong to the larger: from LEAST_OPEN on neither lies in
             the other, and what is left tells of nobody
    """
    rest, found = whole.expected - part.expected, whole.found - part.found
    if outside >= LEAST_OPEN or not (rest or outside):
        return False
    return rest < LEAST_SHOWN or min(found, rest - found) < LEAST_OPEN
