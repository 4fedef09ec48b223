"""Who belongs from when to when, as lists say it one after the other: a table."""

from datetime import date
from uuid import UUID

import pytest

from hssk.people.rules.memberships import MemberList, spells

ANH, BINH, CHI = (UUID(int=number) for number in (1, 2, 3))
JANUARY, MARCH, JUNE = (date(2024, month, 1) for month in (1, 3, 6))


def said(key, on, *people, whole=True):
    return MemberList(key, on, whole, {one: key * 10 + n for n, one in enumerate(people)})


@pytest.mark.parametrize(
    ("lists", "expected"),
    [
        ([], []),
        ([said(1, JANUARY, ANH)], [(ANH, JANUARY, None, 1, None)]),
        # a newer whole list ends who is not on it, and leaves who is as they were
        (
            [said(1, JANUARY, ANH, BINH), said(2, MARCH, BINH, CHI)],
            [(ANH, JANUARY, MARCH, 1, 2), (BINH, JANUARY, None, 1, None),
             (CHI, MARCH, None, 2, None)],
        ),
        # a part ends nobody
        (
            [said(1, JANUARY, ANH), said(2, MARCH, BINH, whole=False)],
            [(ANH, JANUARY, None, 1, None), (BINH, MARCH, None, 2, None)],
        ),
        # who comes back is a member anew
        (
            [said(1, JANUARY, ANH), said(2, MARCH, BINH), said(3, JUNE, ANH, BINH)],
            [(ANH, JANUARY, MARCH, 1, 2), (BINH, MARCH, None, 2, None), (ANH, JUNE, None, 3, None)],
        ),
        # what would end on the day on which it began never was
        (
            [said(1, MARCH, ANH), said(2, MARCH, BINH)],
            [(BINH, MARCH, None, 2, None)],
        ),
        # an empty whole list ends everybody
        ([said(1, JANUARY, ANH), said(2, MARCH)], [(ANH, JANUARY, MARCH, 1, 2)]),
    ],
)  # fmt: skip
def test_memberships_follow_from_the_lists_in_the_order_of_their_days(lists, expected):
    for order in (lists, lists[::-1]):  # a list that comes late leaves the same
        found = [(s.person, s.since, s.until, s.source, s.ended_by) for s in spells(order)]
        assert found == expected
