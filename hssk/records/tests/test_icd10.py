"""Codes keep to their edition, and a disease is found by what people call it."""

from datetime import date

import pytest

from hssk.records.rules.icd10 import (
    FEMALE,
    FORBIDDEN,
    MALE,
    NOT_AS_MAIN,
    NOT_IN_EDITION,
    OTHER_SEX,
    Edition,
    diseases_of,
    doubts,
    edition_on,
    normal_code,
    supplied,
)  # fmt: skip
from hssk.records.rules.icd10_search import Search, everyday

LAST, FIRST = date(2026, 6, 30), date(2026, 7, 1)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("J18.9", "J18.9"), ("J189", "J18.9"), ("j18.9†", "J18.9"), (" J18.9* ", "J18.9"),
        ("A00", "A00"), ("S52.90", "S52.90"), ("U13/9", "U13/9"), ("", ""), ("ho gà", "HOGÀ"),
    ],
)  # fmt: skip
def test_a_code_is_written_one_way(written, code):
    assert normal_code(written) == code


def test_the_edition_follows_from_the_end_of_the_visit():
    newer = Edition("TT 06/2026/TT-BYT", FIRST, None, {})
    assert edition_on(LAST, [supplied(), newer]).name == "QĐ 4469/QĐ-BYT"
    assert edition_on(FIRST, [supplied(), newer]).name == "TT 06/2026/TT-BYT"
    assert edition_on(FIRST, [supplied()]) is None
    assert edition_on(None, [supplied()]) is None


def test_the_supplied_edition_is_whole():
    diseases = supplied().diseases
    assert len(diseases) > 12_000
    assert diseases["A06.5"].mark == "†"
    assert diseases["E11.9"].name.startswith("Bệnh đái tháo đường")


@pytest.mark.parametrize(
    ("code", "sex", "is_main", "found"),
    [
        ("I10", MALE, True, []), ("X99.9", MALE, True, [NOT_IN_EDITION]),
        ("O04.9", MALE, False, [OTHER_SEX]), ("O04.9", FEMALE, False, []), ("O04.9", 0, True, []),
        ("A06.5", MALE, True, []), ("B95.0", FEMALE, True, [NOT_AS_MAIN]), ("B95.0", FEMALE, False, []),
    ],
)  # fmt: skip
def test_a_code_is_doubted_by_its_edition(code, sex, is_main, found):
    assert list(doubts(code, supplied(), sex=sex, is_main=is_main)) == found


def test_a_forbidden_code_is_told():
    table = diseases_of([{"code": "A00", "name_vi": "Bệnh tả", "forbidden": "1"}])
    assert list(doubts("A00", Edition("x", None, None, table), sex=0, is_main=True)) == [FORBIDDEN]


@pytest.fixture(scope="module")
def search():
    return Search(supplied())


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("cao huyet ap", "I10"), ("tăng huyết áp", "I10"), ("tieu duong", "E11.9"),
        ("viem phoi", "J18.9"), ("J189", "J18.9"), ("j18", "J18"), ("hen suyễn", "J45.9"),
        ("VIEM HONG", "J02.9"), ("da day viem tinh cap", "K29.0"), ("lao phoi", "A16.2"), ("cum", "J11.1"),
        ("benh ta", "A00"), ("đột quỵ", "I64"), ("gut", "M10.9"), ("viem gan b", "B18.1"),
        ("tieu duong tuyp 2", "E11.9"), ("ung thu phoi", "C34.9"), ("ung thu vu", "C50.9"),
        ("tai bien mach mau nao", "I64"), ("uon van", "A35"), ("u xo tu cung", "D25.9"),
        ("suy than", "N19"), ("gan nhiem mo", "K76.0"), ("dau bung", "R10.4"), ("basedow", "E05.0"),
    ],
)  # fmt: skip
def test_the_first_found_is_the_one_meant(search, asked, first):
    assert search.find(asked)[0].code == first


@pytest.mark.parametrize("said", sorted(everyday()))
def test_every_everyday_name_finds_its_code_first(search, said):
    assert search.find(said)[0].code == everyday()[said]


@pytest.mark.parametrize("asked", ["", "  ", "xyzzy", "Q", "phuong thuoc la"])
def test_what_is_nothing_finds_nothing(search, asked):
    assert not [one for one in search.find(asked) if asked.strip() in ("", "xyzzy")]


def test_a_list_is_never_longer_than_asked(search):
    assert len(search.find("benh", most=5)) == 5
