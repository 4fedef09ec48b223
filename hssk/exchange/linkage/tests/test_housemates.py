"""Two people whom one list names side by side in one household are two, unless written alike.

All people and numbers are made up.
"""

import pytest

from hssk.exchange.linkage import Entries
from hssk.exchange.linkage.tests.village import decided, entries

# first row | second row, both of household 7 of hamlet 1.1 | what is decided of the second
TWO = {
    "twins whose numbers follow one another": (
        "Vàng A Páo | 2/9/2009 | nam | 012209000330",
        "Vàng A Sáo | 2/9/2009 | nam | 012209000331",
        "new",
    ),
    "twins without numbers": (
        "Lò Thị Hoa | 2/9/2009 | nữ | -",
        "Lò Thị Hồng | 2/9/2009 | nữ | -",
        "new",
    ),
    "twins with one middle word of their own": (
        "Tẩn Minh Anh | 2/9/2009 | nam | -",
        "Tẩn Mai Anh | 2/9/2009 | nam | 012209000331",
        "new",
    ),
    "twins told apart by a tone": (
        "Lê Hải Nam | 2/9/2009 | nam | -",
        "Lê Hải Năm | 2/9/2009 | nam | -",
        "new",
    ),
    "a father and his son of one name": (
        "Lý A Sỳ | 1960 | nam | -",
        "Lý A Sỳ | 1990 | nam | -",
        "new",
    ),
    "somebody written down twice": (
        "Vàng A Páo | 2/9/2009 | nam | 012209000330",
        "VÀNG A PÁO | 2/9/2009 | nam | 012209000330",
        "same",
    ),
    "somebody written down twice, once without marks or number": (
        "Vàng A Páo | 2/9/2009 | nam | 012209000330",
        "VANG A PAO | 2/9/2009 | nam | -",
        "same",
    ),
    "one name and two numbers": (
        "Vàng A Páo | 2/9/2009 | nam | 012209000330",
        "Vàng A Páo | 2/9/2009 | nam | 012209000331",
        "ask",
    ),
    "two names and one number": (
        "Vàng A Páo | 2/9/2009 | nam | 012209000330",
        "Vàng A Sáo | 2/9/2009 | nam | 012209000330",
        "ask",
    ),
}


@pytest.mark.parametrize(("first", "second", "expected"), TWO.values(), ids=TWO)
def test_two_rows_of_one_household(first: str, second: str, expected: str) -> None:
    rows = "\n".join(f"{row} | - | - | 1.1 | 7" for row in (first, second))
    assert decided(Entries.empty(), entries(rows)) == ["new", expected]


def test_the_same_two_rows_in_two_households_may_be_one_person() -> None:
    rows = """
        Tẩn Minh Anh | 2/9/2009 | nam | 012209000331 | - | - | 1.1 | 7
        Tẩn Mai Anh  | 2/9/2009 | nam | 012209000331 | - | - | 1.2 | 30
    """
    assert decided(Entries.empty(), entries(rows))[1] in {"same", "ask"}


def test_each_twin_finds_itself_in_a_list_of_both() -> None:
    twins = """
        Vàng A Páo | 2/9/2009 | nam | 012209000330 | - | - | 1.1 | 7
        Vàng A Sáo | 2/9/2009 | nam | 012209000331 | - | - | 1.1 | 7
    """
    found = decided(entries(twins, known=True), entries(twins))
    assert found == ["same Vàng A Páo", "same Vàng A Sáo"]
