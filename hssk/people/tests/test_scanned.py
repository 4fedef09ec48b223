"""Whatever a scanner makes of a card, the person on it is understood."""

import pytest

from hssk.kit.dates import PartialDate
from hssk.people.rules.scanned import scanned

BORN = PartialDate.of(1984, 8, 15)


@pytest.mark.parametrize(
    "raw",
    [
        "012184000123|012345678|Lò Thị Mơ|15081984|Nữ|Bản Tưởng Tượng, Sùng Phài|10052021",
        "012184000123||Lò Thị Mơ|15081984|Nữ|Bản Tưởng Tượng, Sùng Phài|10052021",
        "012184000123|Lò Thị Mơ|15081984|Nữ|Bản Tưởng Tượng|10052021",
        "012184000123|012345678|LÒ THỊ MƠ|15/08/1984|Nữ|Bản Tưởng Tượng|10/05/2021|||thêm",
        "012184000123~~Lo Thi Mo~15081984~Nu~Ban Tuong Tuong~10052021",
        "012184000123|012345678|L? Th? M?|15081984|N?|B?n T??ng|10052021\n",
        "\ufeff012184000123|012345678|Lò Thị Mơ|15081984|Nữ|Bản Tưởng Tượng|10052021",
        "]Q1012184000123|012345678|Lò Thị Mơ|15081984|Nữ|Bản Tưởng Tượng|10052021",
        "012184000123}012345678}Lo Thi Mo}15081984}Nu}Ban Tuong Tuong}10052021",
        r"012184000123\\Lò Thị Mơ\15081984\Nữ\Bản Tưởng Tượng\10052021",
        "‘012184000123|012345678|Lò Thị Mơ|15081984|Nữ|Bản Tưởng Tượng|10052021’",
        "#012184000123|012345678|Lò Thị Mơ|15081984|Nữ|Bản Tưởng Tượng|10052021#",
    ],
)
def test_an_identity_card_of_any_print_tells_number_name_and_birth(raw):
    found = scanned(raw)
    assert found.numbers[0] == ("pid", "012184000123")
    assert found.birth == BORN
    assert len(found.name.split()) == 3


@pytest.mark.parametrize("name", ["H’Len Niê", "H'Len Niê", "H`Len Rơ-Ông", "K‘Brếp"])
def test_a_name_with_an_apostrophe_of_any_kind_is_a_name(name):
    found = scanned(f"012184000123||{name} Êban|15081984|Nữ|Buôn Bịa|10052021")
    assert (found.name, found.birth) == (f"{name} Êban", BORN)


def test_the_old_number_on_the_card_is_a_second_one():
    raw = "012184000123|012345678|Lò Thị Mơ|15081984|Nữ|Bản|10052021"
    assert scanned(raw).numbers == (("pid", "012184000123"), ("cmnd", "012345678"))


def test_an_insurance_card_tells_its_number_and_a_name_in_hex():
    name = "Lò Thị Mơ".encode().hex()
    raw = f"DT2121212345678|{name}|15/08/1984|2|42e1baa36e|12001|01/01/2024|-|02/01/2024|1234|$"
    found = scanned(raw)
    assert found.numbers == (("card", "DT2121212345678"),)
    assert (found.name, found.birth) == ("Lò Thị Mơ", BORN)


@pytest.mark.parametrize("wrong", ["latin-1", "cp1252"])
def test_a_scanner_that_takes_each_byte_for_a_sign_is_understood(wrong):
    raw = "012184000123||Lò Thị Mơ|15081984|Nữ|Bản Tưởng Tượng|10052021"
    assert scanned(raw.encode().decode(wrong)).name == "Lò Thị Mơ"


@pytest.mark.parametrize(
    "raw",
    [
        f"GD4121212345678|{'Sùng A Phử'.encode().hex()}|1958|1|42e1baa36e|12001|01/01/2024|-|$",
        "012058000123||Sùng A Phử|00001958|Nam|Bản|10052021",
    ],
)
def test_whoever_has_no_birthday_was_not_born_when_the_card_was_made(raw):
    found = scanned(raw)
    assert found.birth == PartialDate.of(1958)
    assert found.words == "Sùng A Phử 1958"


@pytest.mark.parametrize(
    ("raw", "numbers", "words"),
    [
        ("012184000123", (("pid", "012184000123"),), "012184000123"),
        ("0121 8400 0123", (("pid", "012184000123"),), "0121 8400 0123"),
        ("lò thị mơ 1984", (), "lò thị mơ 1984"),
        ("", (), ""),
        ("|||", (), ""),
        ("9" * 5_000, (), "9" * 2_000),
    ],
)
def test_what_is_typed_instead_is_searched_for_as_it_is(raw, numbers, words):
    found = scanned(raw)
    assert (found.numbers, found.words) == (numbers, words)


def test_the_words_of_a_card_are_its_name_and_year():
    raw = "012184000123||Lò Thị Mơ|15081984|Nữ|Bản|10052021"
    assert scanned(raw).words == "Lò Thị Mơ 1984"


def test_a_date_that_is_none_is_passed_over():
    assert scanned("012184000123|Lò Thị Mơ|31021984|Nữ|Bản|10052021").birth == PartialDate.of(
        2021, 5, 10
    )
