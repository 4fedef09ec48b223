"""Levels of agreement of everything but names: each function takes columns of pairs.

Level -1 means that one side does not know. The order of the names is the order of weights.json.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Levels = NDArray[np.int8]

PID = ("same", "same_borrowed", "slip", "different", "different_borrowed")
NUMBER = ("same", "slip", "different")
BIRTH = (
    "same",
    "swapped",  # day and month the other way round
    "month_only",  # one side knows no day; what both know agrees
    "year_only",  # one side knows only the year, or says 1 January as forms do when it does
    "day_differs",
    "month_differs",
    "year_slip",  # same day and month; years one, two or ten apart, or digits swapped
    "year_differs",  # same day and month, any other year
    "same_year",
    "near_year",  # a year apart and no more in common
    "different",
)
(
    SAME_BIRTH,
    SWAPPED,
    MONTH_ONLY,
    YEAR_ONLY,
    DAY_DIFFERS,
    MONTH_DIFFERS,
    YEAR_SLIP,
    YEAR_DIFFERS,
    SAME_YEAR,
    NEAR_YEAR,
    DIFFERENT_BIRTH,
) = range(len(BIRTH))
SEX = ("same", "different")
PLACE = ("same_hamlet", "same_unit", "other_hamlet", "other_unit")
PHONE = ("same", "household", "different")

_GENERATION = 13  # years

# one digit changed, or two neighbours swapped, changes a number by one of these
_SLIPS = np.unique(
    np.array([k * 10**p for p in range(13) for k in (*range(1, 10), *range(9, 82, 9))], np.int64)
)


def _slip(left: Numbers, right: Numbers) -> NDArray[np.bool_]:
    apart = np.abs(left - right)
    at = np.minimum(np.searchsorted(_SLIPS, apart), len(_SLIPS) - 1)
    return (_SLIPS[at] == apart) & (apart > 0)


def compare_numbers(left: Numbers, right: Numbers) -> Levels:
    """Same, one slip of the pen, or different. 0 is unknown."""
    level = np.full(len(left), -1, np.int8)
    both = np.flatnonzero((left != 0) & (right != 0))
    one, other = left[both], right[both]
    found = np.where(_slip(one, other), np.int8(1), np.int8(2))
    found[one == other] = 0
    level[both] = found
    return level


def compare_pids(left: Numbers, right: Numbers, borrowed: NDArray[np.bool_]) -> Levels:
    """As `compare_numbers`, set apart where a number looks like another generation's."""
    plain = compare_numbers(left, right)
    level = plain.copy()
    level[plain == 1] = 2
    level[plain == 2] = 3
    level[(plain == 0) & borrowed] = 1
    level[(plain == 2) & borrowed] = 4
    return level


def doubtful_pids(
    pid: Numbers, birth: NDArray[np.int32], sex: NDArray[np.int8]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """(invalid, borrowed): whether a 12-digit number does not fit the row that bears it.

    invalid   its century, year or sex gainsays the row; also where the row itself is wrong
    borrowed  its year is a generation from the row's: the sign of a parent's number on a child
    Evidence, never a reason to refuse a person.
    Source: domain.md §4.2 (PPP G YY RRRRRR; G = 2 × century since XX, + 1 for women).
    """
    digits = pid - 10**12  # the leading 1 of Entries.numbers
    number = full_number(pid)
    century_sex = digits // 10**8 % 10
    year = 1900 + century_sex // 2 * 100 + digits // 10**6 % 100
    apart = np.where(birth > 0, np.abs(year - birth // 10000), 0)
    wrong_sex = (sex > 0) & (century_sex % 2 + 1 != sex)
    return number & ((apart > 0) | wrong_sex), number & (apart >= _GENERATION)


def different_births(left: NDArray[np.int32], right: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Whether two dates disagree in any part that both know."""
    year = (left // 10000 != right // 10000) & (left > 0) & (right > 0)
    month_left, month_right = left // 100 % 100, right // 100 % 100
    month = (month_left != month_right) & (month_left > 0) & (month_right > 0)
    day_left, day_right = left % 100, right % 100
    day = (day_left != day_right) & (day_left > 0) & (day_right > 0)
    return year | month | day


def full_number(pid: Numbers) -> NDArray[np.bool_]:
    """Whether each number is one of 12 digits, as Entries.numbers writes them."""
    return (pid >= 10**12) & (pid < 2 * 10**12)


def never_one_person(left: "Told", right: "Told") -> NDArray[np.bool_]:
    """Different valid 12-digit numbers and different birth dates. Source: issue 2, §3 "Link".

    Valid is a number that agrees with the birth year and the sex in its own row: a parent's
    number on a child is not the child's. 1 January in the same year is no different date: it is
    what a form says when only the year is known.
    """
    apart = asks_a_person(left, right) & ~left.invalid & ~right.invalid
    year_only = compare_births(left.birth, right.birth) == YEAR_ONLY
    return apart & ~year_only


def asks_a_person(left: "Told", right: "Told") -> NDArray[np.bool_]:
    """Any two different 12-digit numbers and any two different dates: never linked unasked."""
    apart = full_number(left.pid) & full_number(right.pid) & (left.pid != right.pid)
    return apart & different_births(left.birth, right.birth)


@dataclass(frozen=True, slots=True)
class Told:
    """What the rule about numbers and dates looks at, one element per pair."""

    pid: Numbers
    birth: NDArray[np.int32]
    invalid: NDArray[np.bool_]


def compare_births(left: NDArray[np.int32], right: NDArray[np.int32]) -> Levels:
    """The level of agreement of two partial dates, worst first so that better ones overwrite."""
    year, other_year = left // 10000, right // 10000
    month, other_month = left // 100 % 100, right // 100 % 100
    day, other_day = left % 100, right % 100
    apart = np.abs(year - other_year)
    vague = is_vague(left) | is_vague(right)
    same_day, same_month = day == other_day, month == other_month
    level = np.full(len(left), DIFFERENT_BIRTH, np.int8)
    level[apart == 1] = NEAR_YEAR
    level[apart == 0] = SAME_YEAR
    full = same_day & same_month & ~vague
    level[full] = YEAR_DIFFERS
    turned = year % 10 * 10 + year // 10 % 10 == other_year % 100
    level[full & ((apart <= 2) | (apart == 10) | (turned & (apart < 100)))] = YEAR_SLIP
    level[~vague & same_day & (apart == 0)] = MONTH_DIFFERS
    level[~vague & same_month & (apart == 0)] = DAY_DIFFERS
    level[vague & (apart == 0)] = YEAR_ONLY
    no_day = ((day == 0) | (other_day == 0)) & (month > 0) & (other_month > 0) & (apart == 0)
    level[no_day & same_month] = MONTH_ONLY
    level[no_day & ~same_month] = SAME_YEAR
    level[~vague & (apart == 0) & (day == other_month) & (month == other_day)] = SWAPPED
    level[left == right] = SAME_BIRTH
    level[(left == 0) | (right == 0)] = -1
    return level


def is_vague(birth: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Of which births no more than the year is known: 1 January is often written for that."""
    return (birth % 10000 == 101) | (birth % 10000 == 0)


def compare_sexes(left: NDArray[np.int8], right: NDArray[np.int8]) -> Levels:
    """0 same, 1 different, -1 unknown."""
    level = (left != right).astype(np.int8)
    level[(left == 0) | (right == 0)] = -1
    return level


def compare_places(
    unit: NDArray[np.int32],
    other_unit: NDArray[np.int32],
    hamlet: NDArray[np.int32],
    other_hamlet: NDArray[np.int32],
) -> Levels:
    """Hamlet and commune together, as one says much about the other."""
    level = np.where(unit == other_unit, np.int8(1), np.int8(3))
    level[(unit < 0) | (other_unit < 0)] = -1
    known = (hamlet >= 0) & (other_hamlet >= 0)
    level[known & (hamlet == other_hamlet)] = 0
    level[known & (hamlet != other_hamlet) & (level == 1)] = 2
    return level
