"""Who sees figures and no row cannot work out those of a small place, by any sum of what is told."""

import random
from datetime import date

import pytest

from hssk.coverage.reports import parting
from hssk.coverage.reports.parting import LEAST_OPEN, together
from hssk.coverage.services.lines import Lines
from hssk.coverage.services.reporting import PROGRESS, Before
from hssk.coverage.services.shapes import Child, Counts, Figures
from hssk.coverage.services.small import TOLD, rolled_up
from hssk.coverage.tests.solver import interval

DAYS = [date(2024, month, 1) for month in (1, 2, 3, 4)]


def place(key, people, found=0, to_decide=0, app_opened=0):
    return Child("hamlet", key, key, Counts(people, found, to_decide, app_opened=app_opened))


def whole(children):
    return Figures(
        "commune", "SP", "SP", Counts.total(c.counts for c in children), children=children
    )


def random_place(dice, key, size):
    found = dice.choice([0, size, dice.randint(0, size), round(size * 0.9)])
    wait = dice.choice([0, min(2, size - found), dice.randint(0, size - found)])
    return place(key, size, found, wait, dice.choice([0, found, dice.randint(0, found)]))


def grown(dice, children):
    """The same places a month later: some have grown, some have nobody any more, some are new."""
    later = []
    for child in children:
        size = child.counts.expected + dice.choice([0, 0, 1, 3, -2, -child.counts.expected])
        if size > 0:
            later.append(random_place(dice, child.key, size))
    if dice.random() < 0.3:
        later.append(random_place(dice, f"new{dice.random()}", dice.randint(1, 60)))
    return later or [random_place(dice, "z", 40)]


def publish(worlds):
    """Every table that somebody without rows may see of these days: (day, keys, numbers told).

    The page of each day, a report against the day before by the ledger, and one against the report
    that was sent before.
    """
    told, sent = [], None
    for number, (day, children) in enumerate(zip(DAYS, worlds, strict=False)):
        it = whole(children)
        told.append((number, {c.key for c in children}, numbers(it)))
        alone = {c.key for c in rolled_up(children)}
        shared = {c.key for c in children} - alone
        told += [(number, {c.key} if c.key else shared, numbers(c)) for c in rolled_up(children)]
        earlier = whole(worlds[number - 1]) if number else None
        for last, against in ((None, earlier), (sent, None)):
            lines = Lines(PROGRESS, last).of_parts(it, against)
            for line in lines:
                told.append((number, set(line["keys"]), line["now"]))
                if line["before"]:
                    told.append((number - 1, set(line["keys"]), line["before"]))
        whole_line = Lines(PROGRESS, None).line(it, ["SP"], None)
        sent = {"counts": list(PROGRESS.counts), "whole": whole_line, "lines": lines}
        assert Before(day, content=sent)
    return told


def numbers(child):
    return [getattr(child.counts, count) for count in TOLD]


def equations(told, day, children):
    """What the attacker knows of a day: the tables, and how many people each place has."""
    known = []
    for key, people in ((c.key, c.counts.expected) for c in children):
        found, wait, none, opened = (f"{key}.{count}" for count in TOLD[1:])
        known.append(({found: 1, wait: 1, none: 1}, people))
        known.append(({opened: 1, f"{key}.closed": 1, found: -1}, 0))
    here = {c.key for c in children}
    for of, keys, values in told:
        if of == day:
            for count, value in list(zip(TOLD, values, strict=False))[1:]:
                known.append(({f"{key}.{count}": 1 for key in keys & here}, value))
    return known


def found_out(told, worlds):
    """Figures of small places that somebody can work out nearer than they may."""
    for day, children in enumerate(worlds):
        sums = [one for one in told if one[1] >= {c.key for c in children} and one[0] == day][:1]
        asked, alone = equations(told, day, children), equations(sums, day, children)
        for child in children:
            if child.counts.expected >= 30:
                continue
            for count in TOLD[1:]:
                least, most = interval(f"{child.key}.{count}", asked)
                if most - least < min(LEAST_OPEN, child.counts.expected):
                    first, last = interval(f"{child.key}.{count}", alone)
                    if most - least < last - first:
                        yield f"day {day}: {child.key} has {least} to {most} {count}"


def world(seed):
    dice = random.Random(seed)
    sizes = [
        dice.choice([dice.randint(1, 29), dice.randint(30, 45)]) for _n in range(dice.randint(3, 5))
    ]
    worlds = [[random_place(dice, f"h{n}", size) for n, size in enumerate(sizes)]]
    for _month in DAYS[1:3]:
        worlds.append(grown(dice, worlds[-1]))
    return worlds


@pytest.mark.parametrize("seed", range(24))
def test_no_figure_of_a_small_place_is_found_out_from_pages_and_reports_of_three_months(seed):
    worlds = world(seed)
    assert list(found_out(publish(worlds), worlds)) == []


@pytest.mark.parametrize("weaker", ["alone", "no 5 open", "each day by itself"])
def test_an_attacker_finds_out_what_a_weaker_rule_tells(monkeypatch, weaker):
    if weaker == "alone":

        def small(places, _start=frozenset()):
            return frozenset(key for key, held in places.items() if held[0] < 30)

        monkeypatch.setattr("hssk.coverage.services.small.together", small)
    elif weaker == "no 5 open":
        monkeypatch.setattr(parting, "LEAST_OPEN", 0)
    else:
        monkeypatch.setattr(Lines, "_few", lambda _self, children, earlier: together(
            {c.key: numbers(c) for c in (earlier.children if earlier else children)}))  # fmt: skip
    assert any(any(found_out(publish(worlds), worlds)) for worlds in map(world, range(40)))


def test_a_small_place_is_told_with_the_smallest_that_covers_it():
    places = {"a": (12, 6), "b": (40, 20), "c": (400, 300)}
    assert together(places) == {"a", "b"}


def test_who_adds_up_cannot_tell_that_everybody_of_a_small_place_lacks_a_record():
    places = {"a": (12, 0), "b": (40, 1), "c": (60, 30), "d": (80, 79)}
    assert together(places) == {"a", "b", "c"}


def test_two_small_places_that_fill_the_line_are_joined_by_a_third():
    """29 and 28 people make 57: both would be told but for one."""
    places = {"a": (29, 10), "b": (28, 10), "c": (90, 40), "d": (95, 40)}
    assert together(places) == {"a", "b", "c"}


def test_large_places_are_told_each_by_itself():
    assert together({"a": (30, 0), "b": (31, 31)}) == frozenset()
