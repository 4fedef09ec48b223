"""The order of names and numbers in a Vietnamese list."""

import pytest

from hssk.kit.text import _folded_word, fold, natural_sort_key


@pytest.mark.parametrize(
    "order",
    [
        ["Bản Tả Chải", "Bản Trung Chải"],
        ["Tổ 2", "Tổ 10", "Tổ 10A", "Tổ 11"],
        ["", "2", "10", "10A", "0012"],
        ["Tổ dân phố số 1", "Tổ dân phố số 9", "Tổ dân phố số 10"],
        ["Bản Ma", "Bản Mà", "Bản Má", "Bản Mạ", "Bản Mang"],
        ["Bản Dền", "Bản Đền"],
    ],
)
def test_places_and_households_stand_by_letters_and_the_value_of_numbers(order):
    keys = [natural_sort_key(name) for name in order]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(order)


def test_two_spellings_of_one_name_stand_at_one_place():
    assert natural_sort_key(" Tổ  dân phố số 01") == natural_sort_key("tổ dân phố số 1")


def test_a_word_beyond_measure_is_folded_and_not_kept():
    before = _folded_word.cache_info().currsize
    long = "Đ" * 300 + "ế"
    assert fold(f"Bản {long}") == "ban " + "d" * 300 + "e"
    assert _folded_word.cache_info().currsize <= before + 1
