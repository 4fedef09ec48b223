"""Reports that tell more of a place than every table does open no figure of a small one either."""

import random
from dataclasses import replace

import pytest

from hssk.coverage.reports.parting import LEAST_OPEN
from hssk.coverage.services.lines import Lines, Shape
from hssk.coverage.services.quality import QUALITY
from hssk.coverage.services.shapes import Child, Counts
from hssk.coverage.services.small import OWN, TOLD, few_of, parted, rolled_up
from hssk.coverage.tests.solver import interval
from hssk.coverage.tests.test_parting import grown, whole, world

# a report of reasons, as the room above counts them: parts of the missing, and of who has no book
OF_MISSING, OF_DEVICES = ("nobody_went", "absent", "refused"), ("no_phone", "device_unknown")
LEFT = Shape("left", ("expected", "missing", *OF_MISSING, "app_opened", *OF_DEVICES),
             ("expected", "missing"), ((*OF_MISSING, *OF_DEVICES),))  # fmt: skip
# numbers that say something of each other, and so are solved together
FAMILIES = [
    ("verified",), ("content", "complete"), ("updated",), ("unlisted",),
    ("flawed", "no_number", "wrong_number", "odd_age"),
    (*TOLD[1:], *OF_MISSING, *OF_DEVICES),
]  # fmt: skip


def furnished(dice, child):
    """The same place with numbers that few or many, none or all of its people have."""

    def some(of):
        return dice.choice([0, of, dice.randint(0, of), min(of, 2)])

    it, people = child.counts, child.counts.expected
    it.verified, it.updated, it.unlisted, it.content = (some(people) for _n in range(4))
    it.complete = some(it.content)
    flawed = some(people)
    no_number = some(flawed)
    wrong = some(flawed - no_number)
    nobody = some(it.missing)
    absent = some(it.missing - nobody)
    no_phone = some(people - it.app_opened)
    child.more.update(
        flawed=flawed, no_number=no_number, wrong_number=wrong, odd_age=some(flawed),
        nobody_went=nobody, absent=absent, refused=it.missing - nobody - absent,
        no_phone=no_phone, device_unknown=people - it.app_opened - no_phone,
    )  # fmt: skip
    return child


def two_months(seed):
    dice = random.Random(seed)
    first = [furnished(dice, child) for child in world(seed)[0]]
    return [first, [furnished(dice, child) for child in grown(dice, first)]]


def numbers(child, names):
    return {name: child.number(name) for name in names}


def summed(children):
    """A place of these parts, with their further numbers."""
    it = whole(children)
    for child in children:
        it.more.update(child.more)
    return it


def publish(worlds, levels=(OWN,)):
    """Every table of these days: (day, keys, name of a number → number told).

    The page of each day; each place's own page; and of each kind a report of that day, one against
    the day before, and one against what was sent then. `levels` are those of pages of one place.
    """
    told, sent = [], {}
    for day, children in enumerate(worlds):
        it, every = summed(children), {c.key for c in children}
        everything = (*TOLD, *OWN, *QUALITY.counts, *LEFT.counts)
        told.append((day, every, numbers(it, everything)))
        told += [(day, {c.key}, numbers(c, TOLD)) for c in rolled_up(children) if c.key]
        alone = every - parted(children, levels)
        told += [(day, {c.key}, numbers(c, OWN)) for c in children if c.key in alone]
        earlier = summed(worlds[day - 1]) if day else None
        for shape in (QUALITY, LEFT):
            for last, against in ((None, None), (None, earlier), (sent.get(shape.kind), None)):
                lines = Lines(shape, last).of_parts(it, against)
                for line in lines:
                    told.append((day, set(line["keys"]), said(shape.counts, line["now"])))
                    if line["before"]:
                        told.append(
                            (day - 1, set(line["keys"]), said(shape.compared, line["before"]))
                        )
            head = Lines(shape, None).line(it, ["SP"], None)
            sent[shape.kind] = {"counts": list(shape.counts), "whole": head, "lines": lines}
    return told


def said(names, values):
    return {name: value for name, value in zip(names, values, strict=True) if value is not None}


def related(key, people, family):
    """What holds of the numbers of a family in any place."""
    of = {name: f"{key}.{name}" for name in (*family, "spare")}
    if "found" in family:
        yield {of["found"]: 1, of["to_decide"]: 1, of["missing"]: 1}, people
        yield {of["app_opened"]: 1, of["spare"]: 1, of["found"]: -1}, 0
        yield {**{of[name]: 1 for name in OF_MISSING}, of["missing"]: -1}, 0
        yield {**{of[name]: 1 for name in OF_DEVICES}, of["app_opened"]: 1}, people
        return
    yield {of[family[0]]: 1, of["spare"]: 1}, people
    for name in family[1:]:  # each is a part of the first
        yield {of[name]: 1, f"{key}.not_{name}": 1, of[family[0]]: -1}, 0
    if "no_number" in family:
        yield {of["no_number"]: 1, of["wrong_number"]: 1, f"{key}.numbered": 1, of["flawed"]: -1}, 0


def equations(told, day, children, family):
    here = {c.key for c in children}
    known = [one for c in children for one in related(c.key, c.counts.expected, family)]
    for of, keys, values in told:
        if of == day and keys & here:
            for name in family:
                if name in values:
                    known.append(({f"{key}.{name}": 1 for key in keys & here}, values[name]))
    return known


def found_out(told, worlds, family):
    """Figures of small places that somebody can work out nearer than they may."""
    for day, children in enumerate(worlds):
        every = {c.key for c in children}
        asked = equations(told, day, children, family)
        sums = equations([one for one in told if one[1] >= every], day, children, family)
        for child in children:
            people = child.counts.expected
            for name in family if people < 30 else ():
                least, most = interval(f"{child.key}.{name}", asked)
                if most - least < min(LEAST_OPEN, people):
                    first, last = interval(f"{child.key}.{name}", sums)
                    if most - least < last - first:
                        yield f"day {day}: {child.key} of {people} has {least} to {most} {name}"


@pytest.mark.parametrize("seed", range(5))
def test_no_figure_of_a_small_place_is_found_out_from_reports_of_several_kinds(seed):
    worlds = two_months(seed)
    told = publish(worlds)
    assert [line for family in FAMILIES for line in found_out(told, worlds, family)] == []


@pytest.mark.parametrize("weaker", ["lines of the usual numbers", "pages of the usual numbers"])
def test_an_attacker_finds_out_what_a_weaker_rule_tells(monkeypatch, weaker):
    levels = (OWN,)
    if weaker.startswith("pages"):
        levels = ()
    else:
        monkeypatch.setattr(
            "hssk.coverage.services.lines.parted",
            lambda children, _levels: few_of(children, frozenset()),
        )
        monkeypatch.setattr(
            "hssk.coverage.services.lines.few_of",
            lambda children, few, _more: few_of(children, few),
        )
    assert any(
        any(found_out(publish(worlds, levels), worlds, family))
        for worlds in map(two_months, range(30))
        for family in FAMILIES
    )


@pytest.mark.parametrize("seed", range(4))
def test_tables_by_facility_tell_of_a_small_hamlet_no_more_than_those_by_hamlet(seed):
    """Whoever does not know how many of each hamlet are registered where cannot combine the two."""
    dice = random.Random(seed)
    hamlets, facilities = ["a", "b", "c"], ["x", "y"]
    cells = {(h, f): dice.randint(1, 40) for h in hamlets for f in facilities}
    found = {cell: dice.randint(0, people) for cell, people in cells.items()}

    def over(keys, name):
        return {f"{h}{f}.{name}": 1 for h, f in keys}

    def rows(groups):
        for keys in groups:
            yield over(keys, "found"), sum(found[key] for key in keys)
            yield over(keys, "other"), sum(cells[key] - found[key] for key in keys)

    known = [
        (
            {**over(keys, "found"), **over(keys, "other"), f"{h}.found": 0},
            sum(cells[k] for k in keys),
        )
        for h in hamlets
        for keys in [[(h, f) for f in facilities]]
    ]
    known += [({**over([("a", f) for f in facilities], "found"), "a.found": -1}, 0)]
    together = [[(h, f) for h in ("a", "b") for f in facilities], [("c", f) for f in facilities]]
    by_hamlet = [*known, *rows(together)]
    by_both = [*by_hamlet, *rows([[(h, f) for h in hamlets] for f in facilities])]
    assert interval("a.found", by_both) == interval("a.found", by_hamlet)


def test_a_place_with_the_few_who_have_something_joins_the_line_of_the_small_one():
    """Three of a commune are on no list any more, all in one hamlet: a line without it tells that
    none of the small hamlet are."""
    children = [
        Child("hamlet", key, key, Counts(people, people // 2, 0, unlisted=odd))
        for key, people, odd in (("a", 12, 0), ("b", 40, 0), ("c", 60, 3), ("d", 80, 0))
    ]
    assert parted(children) == {"a", "b"}
    assert parted(children, [("unlisted",)]) == {"a", "b", "c"}


def communes(seed):
    """Two or three communes that become one ward, with their hamlets."""
    dice = random.Random(seed)
    every = [world(seed + 100 * n)[0] for n in range(dice.randint(2, 3))]
    return [
        [replace(furnished(dice, one), key=f"{n}.{one.key}", former=n) for one in hamlets]
        for n, hamlets in enumerate(every)
    ]


def told_by_the_ward_alone(seed, levels, *, remembers=True):
    """Hamlets that a ward tells by themselves, and that their commune told with others."""
    old = communes(seed)
    ward = [one if remembers else replace(one, former=None) for those in old for one in those]
    before = frozenset().union(*(parted(those, levels) for those in old))
    return before - parted(ward, levels)


@pytest.mark.parametrize("levels", [(), (OWN,), QUALITY.levels, LEFT.levels])
def test_what_a_commune_told_together_its_ward_tells_together(levels):
    """Else the sum of the last day of the one, and the lines of the first of the other, would tell
    of the hamlet that is not told."""
    assert not any(told_by_the_ward_alone(seed, levels) for seed in range(60))
    assert any(told_by_the_ward_alone(seed, levels, remembers=False) for seed in range(60))
