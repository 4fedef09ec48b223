"""How names, dates, numbers and places agree, level by level."""

import numpy as np
import pytest

from hssk.exchange.linkage import Entries, levels, names
from hssk.exchange.linkage.blocking import counts, join, mix
from hssk.exchange.linkage.tests.village import day


def _name_level(left: str, right: str, others: str = "") -> str:
    table = names.stack(
        names.take_apart([left]),
        names.take_apart([right, *others.split(", ")] if others else [right]),
    )
    one = table.of_entry[:1]
    level = names.compare(table, one, table.of_entry[1:2])[0]
    return "unknown" if level < 0 else names.LEVELS[level]


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("Nguyễn Văn Hùng", "NGUYỄN VĂN HÙNG", "same"),
        ("Nguyễn Văn Hùng", "NGUYEN VAN HUNG", "marks_missing"),
        ("Nguyễn Văn Hùng", "Nguyễn Van Hùng", "marks_missing"),
        ("Nguyễn Văn Hùng", "Nguyễn Vần Hùng", "marks_differ"),
        ("Lò Thị Thủy", "Lò Thị Thúy", "marks_differ_given"),
        ("Lò Thị Đào", "Lò Thị Dao", "marks_missing"),
        ("Lò Thị Hoa", "Hoa Lò Thị", "swapped"),
        ("Lò Văn Sinh", "Lò Văn Xinh", "sounds_alike"),
        ("Lý Thị Trang", "Lí Thị Chang", "sounds_alike"),
        ("Giàng A Nủ", "Ràng A Lủ", "sounds_alike"),
        ("Vàng Thị Thu Hoa", "Vàng Hoa", "middle_dropped"),
        ("Vàng Thị Thu Hoa", "Vàng Thu Hoa", "middle_dropped"),
        ("Phạm Gia Long", "Phmạ Gia Long", "typo"),
        ("Phạm Gia Long", "Phạm Gia Lonng", "typo_given"),
        ("Vàng Thị Hoa", "Vàng Seo Hoa", "middle_differs"),
        ("Vàng Thị Hoa", "Sùng A Hoa", "given_only"),
        ("Vàng Thị Hoa", "Vàng Thị Mỷ", "family_only"),
        ("Vàng Thị Hoa", "Quàng Văn Én", "different"),
        ("Páo", "PAO", "marks_missing"),
        ("", "Páo", "unknown"),
        ("", "", "unknown"),
    ],
)
def test_names_agree(left: str, right: str, level: str) -> None:
    assert _name_level(left, right) == level
    assert _name_level(right, left) == level


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("H'Len Êban", "H’LEN ÊBAN", "same"),
        ("H'Len Êban", "H Len Êban", "same"),
        ("H'Len Êban", "Hʼ Len Êban", "same"),
        ("H'Len Êban", "H-Len Êban", "same"),
        ("H'Len Êban", "H.Len Êban", "same"),
        ("H'Len Êban", "Êban H´Len", "same"),
        ("H'Len Êban", "HLen Êban", "swapped"),
        ("H'Len Êban", "H'Len Eban", "marks_missing"),
        ("H'Len Êban", "H'Yuin Êban", "family_only"),  # of one clan, and no more
        ("H'Len Êban", "H'Len Mlô", "given_only"),
        ("Y Bhăm Niê Kđăm", "Y-Bhăm Niê-K'Đăm", "same"),
        ("Y Bhăm Niê Kđăm", "Y Bhăm Niê", "middle_dropped"),
        ("Y Ƀlê Niê", "Y BLE NIE", "marks_missing"),
        ("Ksor Y Blơ", "KSOR YBLƠ", "same"),
        ("Rơ Châm H'Yên", "Rơ Châm H Yên", "same"),
        ("A Blưih", "A-Blưih", "same"),
        ("A Blưih", "A Thung", "different"),  # neither has a surname: not one surname
        ("Y Hlim", "YHlim", "same"),
        ("K'Brẻo", "K’ Brẻo", "same"),
        ("Giàng A Pháo", "Giàng Pháo", "middle_dropped"),
        ("Nguyễn Ý Nhi", "NGUYEN Y NHI", "marks_missing"),
        ("Thào Thị Dà", "Thào Thị Zà", "sounds_alike"),
        ("Con H'Len Êban", "Con Êban H Len", "swapped"),
    ],
)
def test_names_of_peoples_who_are_not_named_as_the_kinh_agree(
    left: str, right: str, level: str
) -> None:
    assert _name_level(left, right) == level
    assert _name_level(right, left) == level


def test_a_child_under_its_mothers_name_is_hers_however_hers_is_written() -> None:
    child, mother = names.take_apart(["Con H'Len Êban"]), names.take_apart(["H Len Êban"])
    assert child.mother_key[0] == mother.mother_key[0] == mother.folded_key[0]


def test_one_slip_between_two_names_in_use_is_no_slip() -> None:
    in_use = "Lò Thị Lan, Hà Thị Lan, Tao Thị Lan, Lò Thị Loan, Hà Thị Loan, Tao Thị Loan"
    assert _name_level("Vì Thị Lan", "Vì Thị Loan") == "typo_given"
    assert _name_level("Vì Thị Lan", "Vì Thị Loan", in_use) == "near_given"


def test_very_long_names_compare() -> None:
    name = "Công Tằng Tôn Nữ Thị Ngọc Bích Hương"
    assert _name_level(name, name.upper()) == "same"
    assert _name_level(name, f"{name} Lan") == "family_only"


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("5/3/1978", "5/3/1978", "same"),
        ("1978", "1978", "same"),
        ("5/3/1978", "3/5/1978", "swapped"),
        ("5/3/1978", "3/1978", "month_only"),
        ("5/3/1978", "4/1978", "same_year"),
        ("5/3/1978", "1978", "year_only"),
        ("5/3/1978", "1/1/1978", "year_only"),
        ("5/3/1978", "6/3/1978", "day_differs"),
        ("5/3/1978", "5/4/1978", "month_differs"),
        ("5/3/1978", "5/3/1979", "year_slip"),
        ("5/3/1978", "5/3/1988", "year_slip"),
        ("5/3/1978", "5/3/1987", "year_slip"),
        ("5/3/1978", "5/3/1955", "year_differs"),
        ("5/3/1978", "20/11/1978", "same_year"),
        ("5/3/1978", "20/11/1979", "near_year"),
        ("1/1/1978", "1/1/1979", "near_year"),
        ("1978", "1990", "different"),
        ("5/3/1978", "", "unknown"),
    ],
)
def test_dates_agree(left: str, right: str, level: str) -> None:
    one, other = (np.array([day(text)], np.int32) for text in (left, right))
    for found in (levels.compare_births(one, other), levels.compare_births(other, one)):
        assert ("unknown" if found[0] < 0 else levels.BIRTH[found[0]]) == level


@pytest.mark.parametrize(
    ("left", "right", "differ"),
    [
        ("5/3/1978", "5/3/1978", False),
        ("5/3/1978", "3/1978", False),
        ("5/3/1978", "1978", False),
        ("5/3/1978", "", False),
        ("5/3/1978", "5/4/1978", True),
        ("3/1978", "4/1978", True),
        ("1978", "1979", True),
    ],
)
def test_dates_differ_in_what_both_know(left: str, right: str, differ: bool) -> None:
    one, other = (np.array([day(text)], np.int32) for text in (left, right))
    assert levels.different_births(one, other)[0] == differ


@pytest.mark.parametrize(
    ("pid", "birth", "sex", "invalid", "borrowed"),
    [
        ("012078000111", 19780305, 1, False, False),
        ("012178000111", 19780305, 1, True, False),  # a woman's digit
        ("012079000111", 19780305, 1, True, False),
        ("012078000111", 20090902, 1, True, True),  # a father's number on a child
        ("012209000111", 20090902, 1, False, False),
        ("012078000111", 0, 0, False, False),
        ("", 19780305, 1, False, False),
    ],
)
def test_a_number_may_gainsay_its_row(
    pid: str, birth: int, sex: int, invalid: bool, borrowed: bool
) -> None:
    row = Entries.from_rows([{"pid": pid, "birth": birth, "sex": sex}])
    found = levels.doubtful_pids(row.numbers.pid, row.birth, row.sex)
    assert (found[0][0], found[1][0]) == (invalid, borrowed)


def test_numbers_agree_but_for_one_slip() -> None:
    one = Entries.from_columns(pid=["012078000111"] * 4)
    other = Entries.from_columns(
        pid=["012078000111", "012078000171", "012087000111", "036185000222"]
    )
    found = levels.compare_numbers(one.numbers.pid, other.numbers.pid)
    assert [levels.NUMBER[level] for level in found] == ["same", "slip", "slip", "different"]


def test_what_is_no_number_is_comparable_all_the_same() -> None:
    odd = Entries.from_columns(pid=["B1234567", "B1234567", "C7", ""])
    one = odd.numbers.pid
    assert one[0] == one[1] != one[2]
    assert one[3] == 0


def test_entries_refuse_what_is_not_a_table() -> None:
    with pytest.raises(ValueError, match="different lengths"):
        Entries.from_columns(name=["Páo"], birth=[0, 0])
    with pytest.raises(TypeError, match="no such columns"):
        Entries.from_columns(nickname=["Páo"])
    assert len(Entries.from_rows([])) == 0
    assert len(Entries.from_columns(name=["Páo"]).prepare()) == 1


def test_a_join_pairs_equal_keys_of_those_who_ask() -> None:
    keys = np.array([7, 9, 7, 0, 7, 0], np.int64)
    left, right = join(keys, np.array([False, False, False, True, True, True]), widest=0)
    assert sorted(zip(left.tolist(), right.tolist(), strict=True)) == [(4, 0), (4, 2)]
    assert len(join(keys, np.ones(6, bool), widest=5)[0]) == 0
    assert counts(keys).tolist() == [3, 1, 3, 0, 3, 0]


def test_a_key_of_columns_needs_all_of_them() -> None:
    keys = mix(np.array([1, 1, 0, 1]), np.array([5, 5, 5, 0]))
    assert keys[0] == keys[1] != 0
    assert keys[2:].tolist() == [0, 0]
