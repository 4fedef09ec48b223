"""Spellings that mean one place, and spellings that do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hssk.kit.text import fold
from hssk.places.rules import (
    fullest_spelling,
    hamlet_key,
    household_key,
    same_hamlet,
    unit_key,
)

ONE_HAMLET = {
    "to 1": [
        *("TDP 1", "Tổ dân phố số 1", "Tổ 1", "tổ dân phố 01", "TDP1", "T.D.P 1", "Tổ số 1"),
        *("TO DAN PHO SO 1", "to 1", "Tổ I", "Tổ dân phố số I.", " Tổ  1 ", "Tô\u0309 1"),
        *("Tổ 1, phường Tân Phong", "Tổ 1; P. Tân Phong, TP Lai Châu", "TDP-01"),
    ],
    "to 1a": ["Tổ 1A", "Tổ dân phố 1 A", "TDP số 01a"],
    "to 6": ["Tổ VI", "TDP 6"],
    "to 3 khu 2": ["Tổ 3 khu 2", "TDP số 3, khu 2"],
    "thon 3": ["Thôn 3", "thôn số 03", "THON III"],
    "khu 3": ["Khu 3", "Khu phố 3", "KP3", "Khu dân cư số 3"],
    "ban 3": ["Bản 3", "ban 03"],
    "xom 3": ["Xóm 3"],
    "ap 3": ["Ấp 3"],
    "lang 3": ["Làng 3"],
    "sung phai": [
        *("Bản Sùng Phài", "bản Sùng phài", "Sùng Phài", "BAN SUNG PHAI", "Thôn Sùng Phài"),
        *("Bản Sùng Phài xã Sùng Phài", "Thôn bản Sùng Phài"),
        *("B. Sùng Phài", "b.Sùng Phài", "B . SÙNG PHÀI"),
    ],
    "nam loong 1": ["Bản Nậm Loỏng 1", "Nậm Loỏng I", "NẬM LOỎNG 01"],
    "nam loong 2": ["Bản Nậm Loỏng 2", "Nậm Loỏng II", "bản Nậm Loỏng số 2"],
    "nam loong 6": ["Nậm Loỏng VI", "Nậm Loỏng 6"],
    "na xi": ["Bản Nà Xi", "BẢN NÀ XI"],
    "vi": ["Bản Vi"],
    "lang mo": ["Làng Mô", "Bản Làng Mô"],
    "to y phin": ["Tô Y Phìn", "To Y Phin", "Bản Tô Y Phìn"],
    "moi": ["Bản Mới", "Tổ dân phố bản Mới", "Mới"],
    "hmong": ["Bản H'Mông", "bản Hmông", "Bản H’Mông"],
    "1": ["1", "01", "số 1"],
    "ban": ["Bản"],
    "": ["", "  ", "-", ", phường Tân Phong"],
}
SPELLINGS = [(text, key) for key, texts in ONE_HAMLET.items() for text in texts]


@pytest.mark.parametrize(("text", "key"), SPELLINGS)
def test_all_spellings_of_a_hamlet_have_one_key(text, key):
    assert hamlet_key(text) == key


@given(st.text())
def test_a_hamlet_key_is_folded_and_stays_itself(text):
    key = hamlet_key(text)
    assert key == fold(key)


@given(st.sampled_from([text for text, _key in SPELLINGS]))
def test_letter_case_never_makes_another_hamlet_of_a_number(text):
    if hamlet_key(text)[-1:].isdigit() and "I" not in text:
        assert hamlet_key(text.lower()) == hamlet_key(text)


@pytest.mark.parametrize(
    ("key", "known", "same"),
    [
        ("to 1", {"to 1", "1"}, "to 1"),
        ("1", {"to 1", "to 2"}, "to 1"),
        ("1", {"to 1", "thon 1"}, ""),  # two may be meant: neither is taken
        ("to 1", {"1"}, "1"),
        ("thon 1", {"to 1"}, ""),
        ("nam loong 1", {"1"}, ""),
        ("sung phai", {"to 1"}, ""),
        ("", {"to 1"}, ""),
    ],
)
def test_a_bare_number_means_the_one_hamlet_of_that_number(key, known, same):
    assert same_hamlet(key, known) == same


@pytest.mark.parametrize(
    ("spellings", "shown"),
    [
        (
            ["TDP 1", "Tổ 1", "TỔ DÂN PHỐ SỐ 1", "Tổ dân phố số 1", "tổ dân phố số 1"],
            "Tổ dân phố số 1",
        ),
        (["BAN SUNG PHAI", "Sùng Phài"], "Sùng Phài"),
        (["sùng phài", "Sùng Phài"], "Sùng Phài"),
        ([], ""),
    ],
)
def test_the_fullest_spelling_is_shown_whatever_the_order(spellings, shown):
    assert fullest_spelling(spellings) == fullest_spelling(reversed(spellings)) == shown


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("P. Tân Phong", ("phuong", "tan phong")),
        ("Phường Tân Phong", ("phuong", "tan phong")),
        ("PHƯỜNG TÂN PHONG", ("phuong", "tan phong")),
        ("phuong tan phong, TP Lai Châu", ("phuong", "tan phong")),
        ("P.Tân Phong", ("phuong", "tan phong")),
        ("X. San Thàng", ("xa", "san thang")),
        ("Xã San Thàng", ("xa", "san thang")),
        ("TT. Tam Đường", ("thi tran", "tam duong")),
        ("Thị trấn Tam Đường", ("thi tran", "tam duong")),
        ("TP. Lai Châu", ("thanh pho", "lai chau")),
        ("Tỉnh Lai Châu", ("tinh", "lai chau")),
        ("San Thàng", ("", "san thang")),
        ("Xuân La", ("", "xuan la")),
        ("Phường 01", ("phuong", "1")),
        ("P1", ("phuong", "1")),
        ("Xã", ("", "xa")),
        ("", ("", "")),
    ],
)
def test_a_unit_is_one_however_its_kind_is_abbreviated(text, key):
    assert unit_key(text) == key


@pytest.mark.parametrize(
    ("number", "key"),
    [
        *(("001", "1"), ("1", "1"), ("1.0", "1"), ("Hộ 01", "1"), ("Hộ số 1", "1"), ("0", "0")),
        *(("HGD-001", "1"), ("12A", "12a"), ("000", "0"), ("H12", "h12"), ("", "")),
    ],
)
def test_a_household_number_is_one_with_and_without_zeros(number, key):
    assert household_key(number) == key
