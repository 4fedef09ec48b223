"""Single faults, each on its own."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hssk.exchange.invented import spoil
from hssk.kit.text import fold

NAMES = st.sampled_from(["Nguyễn Thị Thu Hà", "Lò Văn Ún", "Giàng A Páo", "Pờ Xá", "Đỗ Đình Đức"])
DICE = st.integers(0, 2**30)


def test_marks_are_lost_and_letters_kept():
    assert spoil.lose_marks("Nguyễn Thị Đào Ơn", 0) == "Nguyen Thi Dao On"


@pytest.mark.parametrize(
    ("name", "dice", "spoilt"),
    [
        ("Lò Thị Thu Hà", 0, "Lò Hà"),
        ("Lò Thị Thu Hà", 1, "Lò Thu Hà"),
        ("Lò Thị Thu Hà", 4, "Lò Thị Hà"),
        ("Lò Thị Hà", 5, "Lò Hà"),
        ("Lò Hà", 0, "Lò Hà"),
    ],
)
def test_middle_words_are_dropped(name, dice, spoilt):
    assert spoil.drop_middle(name, dice) == spoilt


@given(NAMES, DICE)
def test_another_tone_keeps_the_letters(name, dice):
    assert fold(spoil.change_tone(name, dice)) == fold(name)


@given(NAMES, DICE)
def test_every_fault_leaves_a_name_with_a_surname_and_a_given_name(name, dice):
    for fault in spoil.NAME_FAULTS.values():
        words = fault(name, dice).split(" ")
        assert len(words) >= 1
        assert all(words)


@pytest.mark.parametrize(
    ("birth", "swapped"),
    [(19580305, 19580503), (19580325, 19580325), (19580000, 19580000), (19580404, 19580404)],
)
def test_day_and_month_change_places_where_they_can(birth, swapped):
    assert spoil.swap_day_month(np.array([birth])).tolist() == [swapped]


@pytest.mark.parametrize(
    ("dice", "birth", "moved"), [(0, 20200229, 20210228), (6, 19600101, 19700101)]
)
def test_a_wrong_year_is_a_possible_day(dice, birth, moved):
    assert spoil.shift_year(np.array([birth]), np.array([dice]), 2024).tolist() == [moved]


def test_a_year_alone_keeps_its_day_unknown():
    births = np.array([19580000])
    assert spoil.shift_day(births, np.array([3])).tolist() == [19580000]
