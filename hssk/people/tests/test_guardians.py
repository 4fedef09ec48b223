"""Minors: what guardians and the child open, for every minute around the midnights that matter (I16)."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from hssk.kit.dates import PartialDate, age_on
from hssk.people.rules.guardians import (
    NOTHING,
    Custody,
    Life,
    Opens,
    birthday,
    child_opens,
    guardian_opens,
)

HERE, UTC = ZoneInfo("Asia/Ho_Chi_Minh"), ZoneInfo("UTC")
OLD = Life(PartialDate(date(1970, 1, 1)))
LONG_AGO = datetime(1990, 1, 1, tzinfo=UTC)
ALL = Opens(booklet=True, sensitive=True)
ASKED = Opens(booklet=True, sensitive=True, child_agrees=True)
APART = Opens(booklet=True, child_agrees=True)

births = st.builds(
    lambda day, precision: PartialDate.of(*(day.year, day.month, day.day)[: precision]),
    st.dates(date(1995, 1, 1), date(2040, 12, 31)), st.integers(1, 3),
)  # fmt: skip
leap = PartialDate(date(2012, 2, 29))
# a busy computer makes no rule wrong
patient = settings(suppress_health_check=[HealthCheck.too_slow])


def the_table(age):
    """Age → (guardian, child), as docs/security/tiers.md tells it in words."""
    if age is None:
        return NOTHING, NOTHING
    if age < 7:
        return ALL, NOTHING
    if age < 15:
        return ASKED, NOTHING
    return (APART, ALL) if age < 18 else (NOTHING, ALL)


def age_by_counting(birth, day):
    """Whole years on `day`, counted one birthday after another; None before the first day."""
    first = date(birth.value.year, 1 if birth.precision == "Y" else birth.value.month,
                 birth.value.day if birth.precision == "D" else 1)  # fmt: skip
    if day < first:
        return None
    return sum(
        (first.year + n, first.month, first.day) <= (day.year, day.month, day.day)
        for n in range(1, 150)
    )


@patient
@given(
    births, st.sampled_from([0, 1, 6, 7, 8, 14, 15, 16, 17, 18, 19, 40]), st.integers(-2880, 2880)
)
@example(leap, 7, -1)
@example(leap, 15, 0)
@example(leap, 15, -1440)
@example(leap, 18, 0)
@example(PartialDate.of(2010), 15, -1)
@example(PartialDate.of(2010, 6), 18, 0)
def test_access_equals_the_table_at_every_minute_around_a_birthday(birth, age, minutes):
    year = birth.value.year + age
    day = birth.value if birth != leap or year % 4 == 0 else date(2013, 3, 1)
    try:
        midnight = datetime.combine(day.replace(year=year), datetime.min.time(), HERE)
    except ValueError:
        midnight = datetime(year, 3, 1, tzinfo=HERE)
    # the same minute as a server in another zone tells it
    at = (midnight + timedelta(minutes=minutes)).astimezone(UTC)
    expected = the_table(age_by_counting(birth, at.astimezone(HERE).date()))
    assert guardian_opens(Life(birth), Custody(OLD, LONG_AGO), at) == expected[0]
    assert child_opens(Life(birth), at) == expected[1]


@pytest.mark.parametrize("age", [7, 15, 18])
@pytest.mark.parametrize("birth", [leap, PartialDate(date(2010, 12, 31)), PartialDate.of(2011, 1)])
def test_every_single_minute_of_two_days_around_midnight(birth, age):
    turns = birthday(birth, age)
    for minute in range(-1440, 1440):
        at = turns + timedelta(minutes=minute)
        expected = the_table(age if minute >= 0 else age - 1)
        assert guardian_opens(Life(birth), Custody(OLD, LONG_AGO), at) == expected[0]
        assert child_opens(Life(birth), at) == expected[1]


@patient
@given(births, st.dates(date(1996, 1, 1), date(2060, 12, 31)))
def test_the_age_of_doors_is_the_age_that_pages_show(birth, day):
    at = datetime.combine(day, datetime.min.time(), HERE)
    passed = [n for n in range(100) if birthday(birth, n) <= at]
    assert max(passed, default=0) == age_on(birth, day)


@patient
@given(births, st.integers(0, 20 * 365))
def test_what_is_known_in_part_never_opens_longer_than_what_is_known_whole(birth, days):
    coarse = PartialDate.of(birth.value.year)
    at = datetime.combine(birth.value + timedelta(days=days), datetime.min.time(), HERE)
    held = Custody(OLD, LONG_AGO)
    narrow, wide = (guardian_opens(Life(one), held, at) for one in (coarse, birth))
    assert narrow.booklet <= wide.booklet
    assert narrow.sensitive <= wide.sensitive
    assert narrow.child_agrees >= wide.child_agrees or not narrow.booklet


def at(day, hour=0, minute=0):
    return datetime(*day, hour, minute, tzinfo=HERE)


def test_death_of_either_ends_it_at_the_midnight_before():
    born, died = PartialDate(date(2015, 5, 5)), date(2020, 6, 7)
    before, then = at((2020, 6, 6), 23, 59), at((2020, 6, 7))
    held = Custody(OLD, LONG_AGO)
    assert guardian_opens(Life(born, died), held, before) == ALL
    assert guardian_opens(Life(born, died), held, then) == NOTHING
    widowed = Custody(Life(OLD.birth, died), LONG_AGO)
    assert guardian_opens(Life(born), widowed, before) == ALL
    assert guardian_opens(Life(born), widowed, then) == NOTHING
    assert child_opens(Life(PartialDate(date(1990, 1, 1)), died), then) == NOTHING


def test_custody_holds_from_its_moment_to_the_last_one_before_its_end():
    child = Life(PartialDate(date(2015, 5, 5)))
    held = Custody(OLD, at((2020, 1, 1), 9, 30), at((2021, 1, 1), 14, 15))
    for moment, expected in (
        (at((2020, 1, 1), 9, 29), NOTHING), (at((2020, 1, 1), 9, 30), ALL),
        (at((2021, 1, 1), 14, 14), ALL), (at((2021, 1, 1), 14, 15), NOTHING),
    ):  # fmt: skip
        assert guardian_opens(child, held, moment) == expected


def test_without_a_birth_date_no_door_opens():
    assert guardian_opens(Life(None), Custody(OLD, LONG_AGO), at((2020, 1, 1))) == NOTHING
    assert child_opens(Life(None), at((2020, 1, 1))) == NOTHING
