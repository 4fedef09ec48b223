"""Which looking is unusual: one table a rule."""

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from hssk.access.rules import Finding, Known, Seen, unusual

DAY = date(2026, 11, 10)
ME, MATE = 1, 2
SELF, WIFE, COLLEAGUE = UUID(int=1), UUID(int=2), UUID(int=3)
NEAR_BY = [UUID(int=100 + n) for n in range(5)]
FAR_OFF = [UUID(int=200 + n) for n in range(40)]
HOMES = {
    SELF: (7, 70), WIFE: (7, 70), COLLEAGUE: (8, 80),
    **dict.fromkeys(NEAR_BY, (7, 71)), **dict.fromkeys(FAR_OFF, (9, 90)),
}  # fmt: skip


def known(**more):
    facts = {
        "homes": HOMES, "selves": {ME: SELF, MATE: COLLEAGUE},
        "roles": {n: frozenset({"clerk"}) for n in range(1, 9)}, "acts": {},
    }  # fmt: skip
    return Known(**{**facts, **more})


def opened(*people, at="09:00", user=ME, on=DAY, refused=False):
    moment = datetime.fromisoformat(f"{on}T{at}:00")
    return Seen(user, moment, len(people), frozenset(people), refused)


def listed(count, user=ME, at="09:00", on=DAY):
    return Seen(user, datetime.fromisoformat(f"{on}T{at}:00"), count)


def told(looks, **more):
    return [(one.kind, one.looks, one.people) for one in unusual(looks, known(**more))]


@pytest.mark.parametrize(
    ("looks", "findings"),
    [
        ([], []),
        ([opened(WIFE)], [("family", 1, 1)]),
        ([opened(SELF), opened(SELF, WIFE)], [("family", 2, 2)]),
        ([opened(WIFE, refused=True)], []),
        ([opened(COLLEAGUE)], [("colleagues", 1, 1)]),
        ([opened(COLLEAGUE, user=MATE)], [("family", 1, 1)]),
        ([opened(*NEAR_BY[:2])], []),
        ([opened(*NEAR_BY[:2]), opened(NEAR_BY[2])], [("neighbours", 2, 3)]),
        ([opened(NEAR_BY[0])] * 9, []),
        ([opened(one) for one in FAR_OFF[:19]], []),
        ([opened(one) for one in FAR_OFF[:20]], [("far", 20, 20)]),
        ([listed(3, at="22:00")] * 4, []),
        ([listed(3, at="22:00")] * 5, [("night", 5, 15)]),
        ([listed(3, at="21:59")] * 5 + [listed(3, at="05:00")] * 5, []),
        ([opened(refused=True)] * 4, []),
        ([opened(refused=True)] * 5, [("refused", 5, 0)]),
    ],
)
def test_what_is_asked_about_and_what_is_not(looks, findings):
    assert told(looks) == findings


def test_after_midnight_is_still_the_evening_before():
    night = [listed(1, at="23:30")] * 3 + [listed(1, at="01:30", on=DAY + timedelta(days=1))] * 2
    assert unusual(night, known()) == [Finding(DAY, "night", ME, 5, 5)]


@pytest.mark.parametrize(
    ("apart", "far"), [(0, False), (30, False), (31, True), (-30, False), (-31, True)]
)
def test_what_was_done_with_people_within_thirty_days_explains_opening_them(apart, far):
    acts = {one: frozenset({DAY + timedelta(days=apart)}) for one in FAR_OFF}
    looks = [opened(one) for one in FAR_OFF[:20]]
    assert bool(told(looks, acts=acts)) is far


def test_whoever_is_tied_to_nobody_has_no_family_and_no_neighbours():
    assert told([opened(WIFE), opened(*NEAR_BY)], selves={}) == []


def test_a_household_nobody_knows_is_no_family():
    homes = {SELF: (7, None), WIFE: (7, None)}
    assert told([opened(WIFE)], homes=homes) == []


@pytest.mark.parametrize(
    ("mine", "peers", "is_many"),
    [
        (1000, [100, 100, 100], True),
        (500, [100, 100, 100], False),
        (501, [100, 100, 100], True),
        (199, [10, 10, 10], False),
        (1000, [100, 100], False),
        (1000, [0, 0, 0, 100, 100, 100], True),
    ],
)
def test_many_is_beside_peers_of_the_same_role(mine, peers, is_many):
    looks = [listed(mine), *(listed(n, user=3 + i) for i, n in enumerate(peers))]
    found = told(looks)
    assert found == ([("many", 1, mine)] if is_many else [])
    other = {1: frozenset({"officer"}), **{n: frozenset({"clerk"}) for n in range(2, 9)}}
    assert told(looks, roles=other) == []
