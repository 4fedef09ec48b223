"""Figures as people here write them, and never kinder than the truth."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hssk.kit import numbers
from hssk.kit.dates import PartialDate


@pytest.mark.parametrize(
    ("value", "vietnamese", "english"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (33443, "33.443", "33,443"),
        (-1204, "−1.204", "−1,204"),
        (1_000_000, "1.000.000", "1,000,000"),
    ],
)
def test_whole_numbers_stand_in_groups_of_three(value, vietnamese, english):
    assert numbers.format_number(value) == vietnamese
    assert numbers.format_number(value, "en") == english


@pytest.mark.parametrize(("value", "text"), [(1204, "+1.204"), (0, "0"), (-35, "−35")])
def test_a_change_shows_its_sign(value, text):
    assert numbers.format_signed(value) == text


@pytest.mark.parametrize(
    ("value", "vietnamese", "english"),
    [(3280, "3.280", "3,280"), (7.25, "7,25", "7.25"), (70, "70", "70")],
)  # fmt: skip
def test_a_decimal_has_no_more_of_them_than_it_needs(value, vietnamese, english):
    assert numbers.format_decimal(value, 2) == vietnamese
    assert numbers.format_decimal(value, 2, "en") == english


@pytest.mark.parametrize(
    ("part", "whole", "vietnamese", "english"),
    [
        (33443, 47515, "70,4 %", "70.4%"),
        (0, 47515, "0 %", "0%"),
        (1, 47515, "0,1 %", "0.1%"),
        (47514, 47515, "99,9 %", "99.9%"),
        (47515, 47515, "100 %", "100%"),
        (47516, 47515, "100,1 %", "100.1%"),
        (95, 100, "95,0 %", "95.0%"),
        (1, 8, "12,5 %", "12.5%"),
        (2469, 2000, "123,5 %", "123.5%"),
        (0, 0, "–", "–"),
    ],
)
def test_a_share_is_rounded_to_a_tenth(part, whole, vietnamese, english):
    assert numbers.format_percent(part, whole) == vietnamese
    assert numbers.format_percent(part, whole, "en") == english


def test_a_share_stands_with_what_it_is_made_of():
    assert numbers.format_share(33443, 47515) == "33.443/47.515 = 70,4 %"
    assert numbers.format_share(33443, 47515, "en") == "33,443/47,515 = 70.4%"


@given(st.integers(0, 10**8), st.integers(1, 10**8))
def test_only_the_whole_is_called_complete_and_only_nothing_is_called_none(part, whole):
    tenths = numbers.tenths_of_percent(part, whole)
    assert (tenths == 1000) == (part == whole)
    assert (tenths == 0) == (part == 0)
    assert abs(tenths - 1000 * part / whole) <= 1


@pytest.mark.parametrize(("part", "whole"), [(-1, 3), (1, 0), (1, -3)])
def test_a_share_of_nothing_or_below_nothing_is_refused(part, whole):
    with pytest.raises(ValueError, match="no share"):
        numbers.tenths_of_percent(part, whole)


@pytest.mark.parametrize(
    ("part", "whole", "goal", "gap"),
    [
        (33443, 47515, 95, 11697),
        (95, 100, 95, 0),
        (100, 100, 95, 0),
        (0, 0, 95, 0),
        (0, 7, 97.5, 7),
    ],
)
def test_the_gap_to_the_goal_is_in_people(part, whole, goal, gap):
    assert numbers.people_to_goal(part, whole, goal) == gap


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.sampled_from([50, 90, 95, 97.5, 100]))
def test_the_gap_is_the_least_that_reaches_the_goal(part, whole, goal):
    gap = numbers.people_to_goal(part, whole, goal)
    assert (part + gap) * 100 >= whole * goal
    assert gap == 0 or (part + gap - 1) * 100 < whole * goal


@pytest.mark.parametrize(
    ("value", "vietnamese", "english"),
    [
        (date(2024, 3, 13), "13/3/2024", "13 March 2024"),
        (PartialDate.of(1958, 3), "3/1958", "March 1958"),
        (PartialDate.of(1958), "1958", "1958"),
        (PartialDate.of(1958, 3, 5), "5/3/1958", "5 March 1958"),
    ],
)
def test_days_have_no_leading_zeros(value, vietnamese, english):
    assert numbers.format_date(value) == vietnamese
    assert numbers.format_date(value, "en") == english


def test_a_moment_is_told_to_the_minute():
    assert numbers.format_moment(datetime(2024, 3, 13, 14, 5, 59)) == "14:05, 13/3/2024"


@pytest.mark.parametrize(
    ("size", "text"),
    [(0, "0 B"), (812, "812 B"), (3_400_000, "3,4 MB"), (999_999, "1,0 MB"), (150_000, "150 kB")],
)
def test_a_file_has_a_size_people_can_read(size, text):
    assert numbers.format_size(size) == text


@pytest.mark.parametrize(
    ("typed", "iso"),
    [("5/3/1958", "1958-03-05"), ("05-03-1958", "1958-03-05"), (" 5.3.1958 ", "1958-03-05"),
     ("3/1958", "1958-03"), ("3 1958", "1958-03"), ("1958", "1958")],
)  # fmt: skip
def test_a_day_is_typed_as_far_as_it_is_known(typed, iso):
    assert PartialDate.typed(typed).iso == iso
    assert PartialDate.from_iso(iso) == PartialDate.typed(typed)


@pytest.mark.parametrize(
    "typed", ["", "hôm qua", "31/2/1958", "5/3/1958/1", "012195000002", "5/13/1958", "0"]
)
def test_what_is_no_day_is_refused_by_one_error(typed):
    with pytest.raises(
        ValueError, match=r"invalid literal|must be in|out of range|no such day|so many parts"
    ):
        PartialDate.typed(typed)
