"""Children whose birth was written down or certified, met again in a file: by mother or household,
and day.

A newborn has no name to be known by: a claim calls it after its mother, a list gives it a name that
nobody has heard. What stays is who bore it, where, and on which day; and twins share all of that.
Source: TT 30/2020/TT-BYT, article 10; domain.md, Top 15, fact 10.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from hssk.exchange.linkage.names import after_mother
from hssk.kit.text import fold


@dataclass(frozen=True, slots=True)
class Baby:
    """A child whose birth was written down: `own` its name, "" for none; `parents` the names of its
    mother and of whoever else it lives with, `numbers` the mother's personal numbers; `homes` its
    households, `communes` where they are; `cards` those that it had from its birth."""

    born: int
    sex: int
    own: str
    parents: frozenset[str]
    homes: frozenset[int]
    numbers: frozenset[str] = frozenset()
    communes: frozenset[int] = frozenset()
    cards: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Met:
    """A row about somebody born on a day: `parent` under whose name it stands and `number` the
    personal number that stands with it, `code` the number of the patient there, "" for none; `home`
    the household that it names and `commune` where it lies, -1 for none; `card` the patient's."""

    born: int
    sex: int
    name: str = ""
    parent: str = ""
    number: str = ""
    code: str = ""
    home: int = -1
    commune: int = -1
    card: str = ""


def recognise(babies: Sequence[Baby], rows: Sequence[Met]) -> dict[int, tuple[int, bool]]:
    """Row → (baby, whether that is beyond doubt), for the rows that may be about one of them.

    A row meets the babies born on its day whose mother it names, or in whose household it stands,
    unless either has a name of its own that the other gainsays. One that meets one baby, which
    no other row meets, is that baby if household, commune or a parent's number says so too, for
    mothers of one name are many; where there are several, sex tells them apart if it can. Else
    somebody is asked.
    """
    by_day: dict[int, list[int]] = defaultdict(list)
    for at, baby in enumerate(babies):
        by_day[baby.born].append(at)
    meets = {
        row: found for row, met in enumerate(rows)
        if (found := [at for at in by_day.get(met.born, ()) if may_be(babies[at], met)])
    }  # fmt: skip
    return dict(_assigned(babies, rows, meets))


def may_be(baby: Baby, met: Met) -> bool:
    """Whether a row that is about somebody born that day may be about this child."""
    if met.card and met.card in baby.cards:
        return True
    parents = {fold(name) for name in baby.parents}
    if met.parent:
        other = met.number and baby.numbers and met.number not in baby.numbers
        named = fold(met.parent)
        return bool({named, after_mother(named)} & parents) and not other
    if after_mother(fold(met.name)) in parents:
        return True
    gainsaid = baby.own and met.name and fold(baby.own) != fold(met.name)
    return met.home in baby.homes and not gainsaid


def _assigned(
    babies: Sequence[Baby], rows: Sequence[Met], meets: dict[int, list[int]]
) -> list[tuple[int, tuple[int, bool]]]:
    """Each row with the baby that it is, or is asked about."""
    told: list[tuple[int, tuple[int, bool]]] = []
    families: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for row, found in meets.items():
        families[tuple(found)].append(row)
    for family, theirs in families.items():
        for nth, row in enumerate(theirs):
            met = rows[row]
            alike = [at for at in family if same_sex(babies[at].sex, met.sex)]
            rivals = [
                other for other in theirs
                if other != row and same_sex(rows[other].sex, met.sex)
                and not _one_writing(rows[other], met)
            ]  # fmt: skip
            sure = len(alike) == 1 and not rivals and is_proven(babies[alike[0]], met)
            chosen = alike or list(family)
            told.append((row, (chosen[nth % len(chosen)], sure)))
    return told


def is_proven(baby: Baby, met: Met) -> bool:
    """Whether more than a name and a day ties a row to a baby."""
    if met.card and met.card in baby.cards:
        return True
    there = met.home in baby.homes or met.commune in baby.communes
    return there or (bool(met.number) and met.number in baby.numbers)


def same_sex(one: int, other: int) -> bool:
    """Whether two sexes, 0 for none told, may be of one child."""
    return one == other or not (one and other)


def _one_writing(one: Met, other: Met) -> bool:
    """Whether two rows may be visits of one child: they stand under one number of one patient."""
    return bool(one.code) and one.code == other.code
