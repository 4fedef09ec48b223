"""What is shown of a person out of all that rosters and records state of them.

Pure and without memory: the same statements give the same person in any order, so that taking a
file back brings back what was shown before it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from hssk.kit.dates import DAY, MONTH, PartialDate
from hssk.kit.text import fold
from hssk.people.rules.names import display_name, is_marked

ROSTER, RECORDS = "roster", "records"


@dataclass(frozen=True, slots=True)
class Stated:
    """What one row says. `kind` roster or records; `on` the day it was said; `row` its number;
    `decided` False while its link to the person awaits a decision."""

    kind: str
    on: date
    row: int
    name: str = ""
    birth: PartialDate | None = None
    sex: int = 0
    ethnicity: str = ""
    decided: bool = True


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What to show: name in readable letters, birth, sex 0 to 2, ethnicity as written."""

    name: str = ""
    birth: PartialDate | None = None
    sex: int = 0
    ethnicity: str = ""


def _standing(stated: Stated) -> tuple[bool, bool, date, int]:
    return stated.decided, stated.kind == ROSTER, stated.on, stated.row


def _fineness(birth: PartialDate) -> int:
    """How much a birth date tells. 1 January is what lists write when they know the year only."""
    if birth.precision == DAY:
        return 2 if (birth.value.month, birth.value.day) == (1, 1) else 3
    return 1 if birth.precision == MONTH else 0


def _may_be(coarse: PartialDate, fine: PartialDate) -> bool:
    """Whether `fine` is one of the days that `coarse` leaves open; 1 January leaves its year."""
    same_year = coarse.value.year == fine.value.year
    return same_year and (coarse.precision != MONTH or coarse.value.month == fine.value.month)


def person_from_statements(statements: Iterable[Stated]) -> PersonFacts:
    """The name, birth date, sex and people to show of a person.

    Decided links speak before open ones, rosters before records, later before earlier. A name is
    taken in its marked spelling if any statement has it, a birth date from the finest statement
    that does not contradict the first. Empty statements give empty facts.
    """
    ranked = sorted(statements, key=_standing, reverse=True)
    return PersonFacts(
        name=_name([stated.name for stated in ranked if stated.name]),
        birth=_birth([stated.birth for stated in ranked if stated.birth]),
        sex=next((stated.sex for stated in ranked if stated.sex), 0),
        ethnicity=next((stated.ethnicity for stated in ranked if stated.ethnicity), ""),
    )


def _name(names: list[str]) -> str:
    """The first name, in the first spelling of it that has its marks."""
    if not names:
        return ""
    alike = [name for name in names if fold(name) == fold(names[0])]
    return display_name(next((name for name in alike if is_marked(name)), names[0]))


def _birth(births: list[PartialDate]) -> PartialDate | None:
    """The first date, or the finest of those it leaves open."""
    if not births:
        return None
    first = births[0]
    if _fineness(first) == 3:
        return first
    return max((birth for birth in births if _may_be(first, birth)), key=_fineness)
