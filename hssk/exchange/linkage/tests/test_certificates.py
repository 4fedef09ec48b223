"""Certificates of one birth, and the children who are there already."""

from uuid import UUID

import pytest

from hssk.exchange.linkage.certificates import OPEN, UNSURE, Certificate, Kid, match, once
from hssk.exchange.linkage.newborns import Baby, Met

VISIT, OTHER = UUID(int=1), UUID(int=2)
DAY = 20240402


def paper(sex=2, nth=1, act=VISIT, number="", own="", minute=None):
    parents = frozenset({"Giàng Thị Mỷ", "Giàng A Sình"})
    baby = Baby(DAY, sex, own, parents, frozenset({7}), frozenset({"N1"}), frozenset({3}))
    return Certificate(act, nth, baby, number, minute, "Giàng A Sình")


def kid(sex=2, name="", **met):
    return Kid(DAY, sex, name, (Met(DAY, sex, name, **met),))


def born(sex=2, nth=0, act=None, number="", minute=None):
    return Kid(DAY, sex, "", hers=True, act=act, nth=nth, paper=number, minute=minute)


NEAR = {"parent": "Giàng Thị Mỷ", "commune": 3}
FAR = {"parent": "Giàng Thị Mỷ", "commune": 4}


@pytest.mark.parametrize(
    ("papers", "kids", "told"),
    [
        ([paper()], [], [OPEN]),
        ([paper()], [kid(**NEAR)], [0]),
        ([paper()], [kid(sex=1, **NEAR)], [OPEN]),
        ([paper()], [kid(**FAR)], [UNSURE]),
        ([paper()], [kid(**FAR), kid(**NEAR)], [1]),
        ([paper()], [kid(**NEAR), kid(**NEAR)], [UNSURE]),
        ([paper()], [kid(parent="Giàng Thị Mỷ", number="N2", commune=3)], [OPEN]),
        # the number beside the father's name is his
        ([paper()], [kid(parent="Giàng A Sình", number="N9", commune=3)], [0]),
        ([paper()], [kid(name="Giàng Thị Sua", home=7)], [0]),
        ([paper(own="Giàng Thị Pà")], [kid(name="Giàng Thị Sua", home=7)], [OPEN]),
        ([paper(own="Giàng Thị Sua")], [kid(name="GIANG THI SUA", commune=3)], [0]),
        ([paper(own="Giàng Thị Sua")], [kid(name="Giàng Thị Sua", commune=4)], [UNSURE]),
        ([paper(1), paper(2, 2)], [kid(2, **NEAR), kid(1, **NEAR)], [1, 0]),
        ([paper(), paper(2, 2)], [kid(**NEAR), kid(**NEAR)], [0, 1]),
        ([paper(), paper(2, 2)], [kid(**NEAR)], [0, OPEN]),
        ([paper(), paper(2, 2)], [kid(**NEAR), kid(**FAR)], [0, UNSURE]),
        ([paper(0), paper(2, 2)], [kid(2, **NEAR)], [0, OPEN]),
        # two want one child, and one of them another as well
        ([paper(2), paper(1, 2)], [kid(2, **NEAR), kid(0, **NEAR)], [UNSURE, UNSURE]),
    ],
)
def test_who_is_tied_to_a_certificate_by_more_than_name_and_day_is_it(papers, kids, told):
    assert match(papers, kids) == told


@pytest.mark.parametrize(
    ("papers", "kids", "told"),
    [
        ([paper()], [born()], [0]),
        ([paper()], [born(1)], [OPEN]),
        ([paper(0), paper(1, 2)], [born(1), born(2)], [1, 0]),
        ([paper(1), paper(1, 2)], [born(1), born(1)], [0, 1]),
        ([paper(1), paper(1, 2)], [born(1)], [0, OPEN]),
        ([paper()], [born(), kid(**NEAR)], [0]),
        # sent again: by its line, by its sex where lines have changed places, or corrected
        ([paper(1, 1), paper(2, 2)], [born(2, 1, VISIT), born(1, 2, VISIT)], [1, 0]),
        ([paper(1)], [born(2, 1, VISIT)], [0]),
        ([paper(2, number="2")], [born(2, 1, VISIT, number="1")], [0]),
        ([paper(2, 2)], [born(2, 1, OTHER, number="")], [0]),
        # the other of two who were born that night
        ([paper(number="2")], [born(2, 1, OTHER, number="1")], [OPEN]),
        ([paper(minute=9)], [born(2, 1, OTHER, minute=8)], [OPEN]),
    ],
)
def test_births_that_are_written_down_are_not_born_again(papers, kids, told):
    assert match(papers, kids) == told


def test_a_certificate_that_is_told_again_is_one():
    assert once([paper(), paper(1)]) == [1]
    assert once([paper(), paper(2, 2)]) == [0, 1]
    assert once([paper(number="1"), paper(act=OTHER, number="1")]) == [1]
    assert once([paper(number="1"), paper(act=OTHER, number="2")]) == [0, 1]
    assert once([paper(), paper(2, 2), paper(act=OTHER), paper(2, 2, act=OTHER)]) == [2, 3]
