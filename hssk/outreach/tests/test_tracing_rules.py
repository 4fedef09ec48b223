"""Which copy a few rows can be of, and how sure that is: without a database."""

import random
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hssk.outreach.rules import Holder, Resident, compose
from hssk.outreach.rules.copies import Mark, marks_of
from hssk.outreach.rules.tracing import (
    SURE,
    Issued,
    Seen,
    chance_of_marks,
    chance_of_order,
    is_sure,
    matches,
    rows_seen,
)

# households of 1, 2, 3, 3: nine people
SMALL = [Resident(UUID(int=n), home, f"Người {chr(65 + n)}", None, "", True)
         for n, home in enumerate((1, 2, 2, 3, 3, 3, 4, 4, 4))]  # fmt: skip


def copy_of(residents, seed):
    people = compose(residents, (), Holder.HEALTH_WORKER, hamlet=0, task="", seed=seed).people
    known = {one.person: one for one in residents}
    return Issued(
        seed, [known[who].name for who in people], [known[who].household for who in people]
    )


def large(count=40):
    return [Resident(UUID(int=n), n // 4, f"Người {chr(65 + n // 26)}{chr(65 + n % 26)}", None, "", True)
            for n in range(count)]  # fmt: skip


def test_a_line_is_read_as_people_type_it():
    rows, unread = rows_seen("1. Lò Thị Mơ 2 3\n\n Vàng A Phủ; 0, ?\n12 Hù Cố Xuân\nTẩn A Lý ? ?\n")
    assert unread is None
    assert rows == [
        Seen("Lò Thị Mơ", Mark(2, 3)), Seen("Vàng A Phủ", Mark(0, None)), Seen("Hù Cố Xuân"),
        Seen("Tẩn A Lý"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "line", ["Lò Thị Mơ 2", "Lò Thị Mơ 4 1", "Lò Thị Mơ 1 2 3", "12", "012184000123 0 1"]
)
def test_a_line_that_cannot_be_read_is_told_by_its_number(line):
    assert rows_seen(f"Lò Thị Mơ\n{line}\nVàng A Phủ")[1] == 2


@pytest.mark.parametrize(("first", "count"), [(0, 3), (2, 4), (1, 2), (0, 9), (5, 4), (3, 3)])
def test_the_chance_of_an_order_is_how_often_it_comes_by_itself(first, count):
    wanted = copy_of(SMALL, bytes(16))
    seen = [Seen(name) for name in wanted.names[first : first + count]]
    drawn, dice = 40_000, random.Random(5)
    expected = chance_of_order(wanted.homes, first, count)
    shown = sum(
        any(names[at : at + count] == [row.name for row in seen] for at in range(10 - count))
        for names in (shuffled(dice) for _each in range(drawn))
    )
    assert shown / drawn == pytest.approx(expected, rel=0.25, abs=2e-4)


def shuffled(dice):
    """Another order of the same households, drawn as one likes and not by the code that is tested."""
    homes = {}
    for one in SMALL:
        homes.setdefault(one.household, []).append(one.name)
    order = list(homes.values())
    dice.shuffle(order)
    for people in order:
        dice.shuffle(people)
    return [name for people in order for name in people]


def test_the_chance_of_marks_is_that_of_dice():
    assert chance_of_marks(0, 0) == 1
    assert chance_of_marks(2, 0) == 1 / 16
    assert chance_of_marks(2, 1) == 7 / 16
    assert chance_of_marks(3, 3) == 1


@given(st.binary(min_size=16, max_size=16), st.integers(0, 35), st.integers(5, 20))
def test_any_rows_of_any_copy_are_found_in_it(seed, first, count):
    copy = copy_of(large(), seed)
    marks = marks_of(seed, 40)
    rows = [Seen(name.upper(), mark) for name, mark in zip(copy.names, marks, strict=True)]
    [found, *_others] = matches(rows[first : first + count], copy)
    assert (found.first, found.wrong) == (first + 1, 0)
    assert found.read == 2 * len(rows[first : first + count])


def test_a_few_rows_with_their_marks_name_one_of_two_thousand_copies():
    copies = [copy_of(large(), n.to_bytes(16, "big")) for n in range(2000)]
    wanted = copies[1234]
    marks = marks_of(wanted.seed, 40)
    for first in (0, 7, 35):
        seen = [Seen(wanted.names[at], marks[at]) for at in range(first, first + 5)]
        found = {at: hits[0] for at, copy in enumerate(copies) if (hits := matches(seen, copy))}
        best = found.pop(1234)
        assert is_sure(best.chance, [one.chance for one in found.values()], len(copies))


def test_order_alone_of_one_household_names_nobody_and_marks_that_disagree_do_not_either():
    copy = copy_of(large(), bytes(16))
    alone = [Seen(name) for name in copy.names[:4]]
    [match] = matches(alone, copy)
    assert match.chance == 1 / 24
    assert not is_sure(match.chance, [], 1)
    marks = marks_of(copy.seed, 40)
    wrong = [Seen(copy.names[at], Mark((marks[at].space + 1) % 4, (marks[at].place + 1) % 4))
             for at in range(6)]  # fmt: skip
    [match] = matches(wrong, copy)
    assert (match.read, match.wrong) == (12, 12)
    assert match.chance == pytest.approx(chance_of_order(copy.homes, 0, 6))


def test_a_copy_is_not_named_where_another_shows_nearly_the_same():
    assert is_sure(SURE / 50, [], 50)
    assert not is_sure(SURE / 50, [], 51)
    assert not is_sure(1e-9, [1e-8], 2)
    assert is_sure(1e-9, [1e-5], 2)
