"""What is true of coverage: the states of a resident, what is counted, rates, the gap, the pace.

One definition stands behind figure and list: both read the rows that `sql/recount.sql` writes.
"""

from datetime import date, timedelta

FOREVER = date(9999, 12, 31)
FORESEEN = 20 * 365  # days ahead: who is counted then is mostly somebody else

MISSING, TO_DECIDE, FOUND = 0, 1, 2
STATES = {"missing": MISSING, "to_decide": TO_DECIDE, "found": FOUND}

# bits of LedgerRow.flags; sql/recount.sql sets the same ones
AWAY, VISITED, APP_OPENED, DEAD, MOVED, MOVED_IN, PHONE = 1, 2, 4, 8, 16, 32, 64
# every record of theirs has vanished from the newest extract; the record that counts is kept under
# another unit than that of their hamlet; a row of a roster lists them in another hamlet; the
# extract has several records of theirs; it no longer has some
ONLY_UNLISTED, KEPT_ELSEWHERE, LISTED_ELSEWHERE, SEVERAL, LOST = 128, 256, 512, 1024, 2048
# what sql/quality.sql alone reads: 4096, no personal number is known; 8192, only such as contradict
# birth or sex; 16384, no birth date is known, or one that lies ahead

# NobodyRow.why
DEAD_NOBODY, LEFT_NOBODY, UNKNOWN_NOBODY = 0, 1, 2

DEFAULT_GOAL = 95

# Residents; of a larger unit it would cost too much to count each group, and each state of a group.
SMALL = 100_000

# People of whom figures are shown to those who may see no row; fewer could be told apart.
LEAST_SHOWN = 30


def rate(part: int, whole: int) -> float | None:
    """`part` of `whole` in per cent, never rounded or clipped; None where there is nobody."""
    return 100 * part / whole if whole else None


def gap_to_goal(found: int, expected: int, goal: float = DEFAULT_GOAL) -> int:
    """People still to be reached before `goal` per cent of `expected` are found; never below 0."""
    return max(0, needed_for(expected, goal) - found)


def needed_for(expected: int, goal: float) -> int:
    """The least number of people that is at least `goal` per cent of `expected`."""
    # in whole hundredths of a per cent, so that 95 % of 40 is 38 and never 39
    return -(-round(goal * 100) * expected // 10000)


def day_reached(*, on: date, gap: int, gained: int, days: int) -> date | None:
    """The day on which `gap` more people are found, if `gained` in the last `days` goes on.

    None where nothing was gained, and where the day is too far off to mean anything: there is no
    pace then, and no day is promised.
    """
    if gap <= 0:
        return on
    if gained <= 0 or days <= 0:
        return None
    ahead = -(-gap * days // gained)
    if ahead > min(FORESEEN, (FOREVER - on).days):
        return None
    return on + timedelta(days=ahead)


def years_before(day: date, years: int) -> date:
    """The last birth date of somebody who is at least `years` old on `day`.

    29 February counts as 1 March where there is none, as ages are counted.
    """
    year = max(day.year - years, 1)
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 2, 28)
