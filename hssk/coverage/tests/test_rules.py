"""Rates, gaps and days: tables."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hssk.coverage import rules
from hssk.kit.dates import PartialDate, age_on


@pytest.mark.parametrize(
    ("found", "expected", "goal", "gap"),
    [(0, 0, 95, 0), (0, 40, 95, 38), (38, 40, 95, 0), (37, 40, 95, 1), (0, 1, 95, 1),
     (40, 40, 100, 0), (39, 40, 100, 1), (50, 40, 95, 0), (31472, 47234, 95, 13401),
     (0, 3, 33.33, 1)],
)  # fmt: skip
def test_the_gap_is_in_whole_people_and_never_below_none(found, expected, goal, gap):
    assert rules.gap_to_goal(found, expected, goal) == gap


@given(st.integers(0, 10**7), st.integers(1, 10000))
def test_needed_people_reach_the_goal_and_one_fewer_do_not(expected, hundredths):
    needed = rules.needed_for(expected, hundredths / 100)
    assert needed * 10000 >= hundredths * expected
    assert needed == 0 or (needed - 1) * 10000 < hundredths * expected


@pytest.mark.parametrize(
    ("gap", "gained", "days", "reached"),
    [(0, 0, 90, date(2024, 3, 31)), (10, 0, 90, None), (10, -3, 90, None), (10, 5, 0, None),
     (9, 90, 90, date(2024, 4, 9)), (1, 1000, 90, date(2024, 4, 1)), (10**9, 1, 90, None),
     (13203, 6, 90, None), (7300, 90, 90, date(2044, 3, 26)), (7301, 90, 90, None)],
)  # fmt: skip
def test_a_day_is_promised_only_when_there_is_a_pace(gap, gained, days, reached):
    assert rules.day_reached(on=date(2024, 3, 31), gap=gap, gained=gained, days=days) == reached


def test_a_rate_of_nobody_is_no_rate_and_none_is_clipped():
    assert rules.rate(0, 0) is None
    assert rules.rate(3, 4) == 75
    assert rules.rate(5, 4) == 125


@given(st.dates(date(1900, 1, 1), date(2030, 1, 1)), st.dates(date(2020, 1, 1), date(2030, 1, 1)),
       st.integers(0, 110))  # fmt: skip
def test_being_born_by_a_day_is_being_of_that_age(born, on, years):
    if born <= on:
        assert (born <= rules.years_before(on, years)) == (age_on(PartialDate(born), on) >= years)
