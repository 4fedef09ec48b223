"""The cases that decide whether a list of the missing can be believed, one table each.

All people, numbers and telephones are made up.
"""

import pytest

from hssk.exchange.linkage.tests.village import decided, entries

# A hamlet of Sùng Phài: two families, twins, namesakes, a baby.
VILLAGE = """
    Giàng A Páo      | 5/3/1978   | nam | 012078000111 | 8000000001 | 0900000001 | 1.1 | 1 | Chủ hộ
    Vàng Thị Mỷ      | 17/8/1981  | nữ  | 012181000222 | 8000000002 | 0900000001 | 1.1 | 1 | Vợ
    Giàng A Sình     | 2/9/2009   | nam | 012209000333 | 8000000003 | -          | 1.1 | 1 | Con
    Giàng A Sùng     | 2/9/2009   | nam | 012209000444 | -          | -          | 1.1 | 1 | Con
    Giàng Thị Dở     | 11/12/2023 | nữ  | -            | -          | -          | 1.1 | 1 | Con
    Lò Văn Hặc       | 20/10/1960 | nam | 012060000555 | 8000000005 | 0900000005 | 1.2 | 2 | Chủ hộ
    Lò Thị Thủy      | 6/6/1990   | nữ  | 012190000666 | -          | 0900000005 | 1.2 | 2 | Con
    Lò Thị Thúy      | 9/1/1993   | nữ  | 012193000777 | -          | 0900000005 | 1.2 | 2 | Con
    Nguyễn Văn Hùng  | 12/4/1985  | nam | 012085000888 | -          | 0900000008 | 1.3 | 3 | Chủ hộ
    Nguyễn Văn Hùng  | 30/11/1985 | nam | 012085000999 | -          | 0900000009 | 1.3 | 4 | Chủ hộ
"""

CASES = {
    "the same row again": (
        "Giàng A Páo | 5/3/1978 | nam | 012078000111 | 8000000001 | 0900000001 | 1.1",
        "same Giàng A Páo",
    ),
    "capitals without marks": ("VANG THI MY | 17/8/1981 | nữ", "same Vàng Thị Mỷ"),
    "the number alone with a name": ("GIÀNG A PÁO | - | - | 012078000111", "same Giàng A Páo"),
    "day and month swapped": (
        "Giàng A Páo | 3/5/1978 | nam | - | - | 0900000001 | 1",
        "same Giàng A Páo",
    ),
    "a middle word dropped": ("VÀNG MỶ | 17/8/1981 | nữ | - | - | - | 1.1", "same Vàng Thị Mỷ"),
    "words swapped": ("MỶ VÀNG THỊ | 17/8/1981 | nữ | - | - | - | 1.1", "same Vàng Thị Mỷ"),
    "a slip of the pen in name and number": (
        "Lò Văn Hặcc | 20/10/1960 | nam | 012060000565 | - | - | 1.2",
        "same Lò Văn Hặc",
    ),
    "spelt as it sounds": ("Giàng A Xình | 2/9/2009 | nam | - | - | - | 1.1", "same Giàng A Sình"),
    "only the year, with the number": (
        "Lò Văn Hặc | 1960 | nam | 012060000555",
        "same Lò Văn Hặc",
    ),
    "another hamlet, an old telephone": (
        "LÒ VĂN HẶC | 20/10/1960 | nam | 012060000555 | - | 0911111111 | 2.1",
        "same Lò Văn Hặc",
    ),
    "one twin": ("GIÀNG A SÙNG | 2/9/2009 | nam | - | - | 0900000001 | 1.1", "same Giàng A Sùng"),
    "the other twin": ("GIANG A SINH | 2/9/2009 | nam | - | - | - | 1", "same Giàng A Sình"),
    "a third child of the day is no twin": (
        "Giàng Thị Say | 2/9/2009 | nữ | 012309000123 | - | - | 1.1",
        "new",
    ),
    "one namesake by the day": ("Nguyễn Văn Hùng | 30/11/1985 | nam", "same Nguyễn Văn Hùng"),
    "a namesake of another day and number": (
        "Nguyễn Văn Hùng | 7/7/1985 | nam | 012085123123 | - | - | 1.3",
        "new",
    ),
    "sisters whose names differ by a tone": (
        "LÒ THỊ THÚY | 9/1/1993 | nữ | - | - | 0900000005 | 1.2",
        "same Lò Thị Thúy",
    ),
    "a parent's number on a child": (
        "GIÀNG A SÌNH | 2/9/2009 | nam | 012078000111 | - | 0900000001 | 1.1",
        "same Giàng A Sình",
    ),
    "a mother's number on an unknown child": (
        "Vàng Seo Lử | 4/4/2015 | nam | 012181000222 | - | - | 2.1",
        "new",
    ),
    "somebody else's card": (
        "LÒ THỊ THỦY | 6/6/1990 | nữ | 012190000666 | 8000000002 | - | 1.2",
        "same Lò Thị Thủy",
    ),
    "a stranger with somebody's card": (
        "Quàng Văn Én | 3/1/1934 | nam | 012034000321 | 8000000005 | - | 2.2",
        "new",
    ),
    "a stranger with a shared telephone": (
        "Quàng Thị Én | 3/1/1994 | nữ | - | - | 0900000005 | 1.2",
        "new",
    ),
    "nobody like it": ("Phạm Gia Long | 5/2/1993 | nam | 012093111222", "new"),
}


@pytest.mark.parametrize(("row", "expected"), CASES.values(), ids=CASES)
def test_a_record_finds_its_person(row: str, expected: str) -> None:
    assert decided(entries(VILLAGE, known=True), entries(row, records=True)) == [expected]


def test_a_newborn_under_its_mothers_name_is_found_or_asked() -> None:
    rows = """
        VÀNG THỊ MỶ         | 11/12/2023 | nữ | - | - | 0900000001 | 1.1
        CB VÀNG THỊ MỶ      | 11/12/2023 | nữ | - | - | - | 1.1
        CON BÀ VÀNG THỊ MỶ  | 11/12/2023 | nữ | - | - | - | 1
        VÀNG THỊ MỶ (CON)   | 11/12/2023 | nữ | - | - | - | 1
    """
    for row in filter(None, map(str.strip, rows.splitlines())):
        [found] = decided(entries(VILLAGE, known=True), entries(row, records=True))
        assert found in {"same Giàng Thị Dở", "ask Giàng Thị Dở"}, row


def test_the_mother_is_not_her_newborn() -> None:
    row = "VÀNG THỊ MỶ | 17/8/1981 | nữ | - | - | 0900000001 | 1.1"
    assert decided(entries(VILLAGE, known=True), entries(row)) == ["same Vàng Thị Mỷ"]


def test_namesakes_of_one_year_in_one_hamlet_are_asked_when_only_the_year_is_known() -> None:
    row = "NGUYỄN VĂN HÙNG | 1985 | nam | - | - | - | 1.3"
    [found] = decided(entries(VILLAGE, known=True), entries(row, records=True))
    assert found.startswith("ask")


def test_different_numbers_and_different_days_are_never_one_person() -> None:
    row = "Giàng A Páo | 6/3/1978 | nam | 012078000112 | 8000000001 | 0900000001 | 1.1"
    assert decided(entries(VILLAGE, known=True), entries(row))[0] == "new"


def test_a_borrowed_number_with_another_day_is_asked_and_never_linked_unasked() -> None:
    row = "Giàng A Sình | 9/2/2009 | nam | 012078000111 | 8000000003 | 0900000001 | 1.1"
    assert decided(entries(VILLAGE, known=True), entries(row)) == ["ask Giàng A Sình"]


def test_a_number_that_fills_a_column_says_nothing() -> None:
    names = ("Hặc", "Páo", "Sình", "Chìa", "Dơ", "Lử", "Tỏa", "Vảng", "Xay", "Nhè", "Khai", "Ún")
    born = ("3/7/1980", "20/11/1996")
    rows = [f"Lò Văn {name} | {day} | nam | 111111111111" for name in names for day in born]
    known = entries("\n".join(rows[::2]), known=True)
    found = decided(known, entries("\n".join(rows[1::2]), records=True))
    assert found == ["new"] * 12


def test_two_records_of_one_person_are_both_found() -> None:
    rows = """
        GIÀNG A PÁO | 5/3/1978 | nam | 012078000111 | - | - | 1.1
        Giang A Pao | 5/3/1978 | nam | -            | 8000000001 | - | 1
    """
    assert decided(entries(VILLAGE, known=True), entries(rows)) == ["same Giàng A Páo"] * 2


def test_two_records_of_one_unknown_person_share_a_new_one() -> None:
    known = entries(VILLAGE, known=True)
    rows = """
        Phạm Gia Long | 5/2/1993  | nam | 012093111222 | - | 0922222222 | 1.3
        Trần Thị Hằng | 1/10/1984 | nữ  | 012184222333
        PHAM GIA LONG | 5/2/1993  | nam | 012093111222
    """
    from hssk.exchange.linkage import link

    assert link(known, entries(rows)).person.tolist() == [10, 11, 10]


def test_a_person_listed_in_two_communes_is_one() -> None:
    rows = """
        Phạm Gia Long | 5/2/1993  | nam | 012093111222 | - | - | 1.3 | 9
        Trần Thị Hằng | 1/10/1984 | nữ  | 012184222333 | - | - | 1.3 | 9
        Phạm Gia Long | 5/2/1993  | nam | 012093111222 | - | - | 2.1 | 30
    """
    from hssk.exchange.linkage import Entries

    assert decided(Entries.empty(), entries(rows)) == ["new", "new", "same"]


def test_a_restated_record_is_known_by_its_number_in_the_software() -> None:
    from dataclasses import replace

    known = entries("Lý Phù Sài | 1/1/1980 | nam | - | - | - | 1", known=True, records=True)
    known = replace(known, system_number=["LC-7"])
    again = entries("LÝ PHÙ SÀI | 13/3/1980 | nam | - | - | - | 2", records=True)
    again = replace(again, system_number=["LC-7"])
    assert decided(known, again) == ["same Lý Phù Sài"]


def test_a_common_name_and_a_year_alone_are_asked_and_with_a_telephone_they_are_linked() -> None:
    others = "\n".join(
        f"A {'Thung' if n < 20 else f'{letter}{vowel}n'} | {1930 + n % 50} | nam | - | - | - | 1.{n % 3}"
        for n in range(1, 400)
        for letter, vowel in ["BCDGHKLMNPRSTVX"[n % 15] + "aeiou"[n // 15 % 5]]
    )
    one = "A Thung | 1999 | nam | - | - | {} | 1.{}"
    known = entries(f"{one.format('0912345678', 0)}\n{others}", known=True)
    alone = entries(one.format("-", 1), records=True)
    reached = entries(one.format("0912345678", 1), records=True)
    assert decided(known, alone) == ["ask A Thung"]
    assert decided(known, reached) == ["same A Thung"]
