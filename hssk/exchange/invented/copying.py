"""Dirty copies of people: one row for each index, spoilt by the rates of one kind of file."""

from typing import Any

import numpy as np

from . import numbers, spoil
from .dirt import Faults
from .population import Population, communes_of

Table = dict[str, Any]  # a list or an array, one value a row


def copy_people(
    population: Population, who: np.ndarray, faults: Faults, rng: np.random.Generator
) -> Table:
    """Columns of the rows that one clerk writes about the people with indices `who`.

    name list[str]; birth int32 yyyymmdd; sex; pid, cmnd, bhxh, phone int64 (0 = none);
    commune, hamlet int32 (hamlet -1 = not written); hamlet_text list[str].
    """
    table: Table = {
        "name": _copy_names([population.name[i] for i in who.tolist()], faults, rng),
        "birth": _copy_births(population.birth[who], faults, rng, population),
        "sex": _copy_sex(population.sex[who], faults, rng),
        "bhxh": _copy_cards(population, who, faults, rng),
        "phone": _copy_phones(population, who, faults, rng),
    }
    table["pid"], table["cmnd"] = _copy_pids(population, who, faults, rng)
    bare = rng.random(len(who)) < faults.bare
    for column in ("pid", "cmnd", "bhxh", "phone"):
        table[column][bare] = 0
    table.update(_copy_places(population, who, faults, rng))
    return table


def struck(count: int, rate: float, rng: np.random.Generator) -> np.ndarray:
    """Indices of the rows that a fault of this rate strikes."""
    return np.flatnonzero(rng.random(count) < rate)


def _copy_names(names: list[str], faults: Faults, rng: np.random.Generator) -> list[str]:
    for fault, spoil_name in spoil.NAME_FAULTS.items():
        rows = struck(len(names), getattr(faults, fault), rng).tolist()
        dice = rng.integers(0, 1 << 30, len(rows)).tolist()
        for row, die in zip(rows, dice, strict=True):
            names[row] = spoil_name(names[row], die)
    return names


def _copy_births(
    birth: np.ndarray, faults: Faults, rng: np.random.Generator, population: Population
) -> np.ndarray:
    true, birth, count = birth, birth.copy(), len(birth)
    latest = int(population.birth.max()) // 10000
    rows = struck(count, faults.wrong_day, rng)
    birth[rows] = spoil.shift_day(birth[rows], rng.integers(0, 1 << 20, len(rows)))
    rows = struck(count, faults.wrong_year, rng)
    birth[rows] = spoil.shift_year(birth[rows], rng.integers(0, 1 << 20, len(rows)), latest)
    # a rate is of all rows, but only days up to 12 can be read as months
    rows = struck(count, min(1, faults.swapped_day_month * 2.5), rng)
    birth[rows] = spoil.swap_day_month(birth[rows])
    # no software takes a day to come
    future = birth > population.birth.max()
    birth[future] = true[future]
    grown = birth < (latest - 10) * 10000
    for rate, written in ((faults.first_january, 101), (faults.year_only, 0)):
        rows = struck(count, rate, rng)
        rows = rows[grown[rows]]
        birth[rows] = birth[rows] // 10000 * 10000 + written
    return birth


def _copy_sex(sex: np.ndarray, faults: Faults, rng: np.random.Generator) -> np.ndarray:
    sex = sex.copy()
    rows = struck(len(sex), faults.wrong_sex, rng)
    sex[rows] = 3 - sex[rows]
    return sex


def _copy_pids(
    population: Population, who: np.ndarray, faults: Faults, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """(pid, cmnd) as written: one of them, or none."""
    pid = population.pid[who]
    cmnd = np.zeros(len(who), np.int64)
    rows = struck(len(who), faults.wrong_digit, rng)
    pid[rows] = numbers.change_digit(pid[rows], 12, rng)
    latest = int(population.birth.max())
    parent = np.where(population.mother[who] >= 0, population.mother[who], population.father[who])
    young = (population.birth[who] > latest - 160000) & (parent >= 0)
    rows = np.flatnonzero(young & (rng.random(len(who)) < faults.parents_pid))
    pid[rows] = population.pid[parent[rows]]
    rows = struck(len(who), faults.others_pid, rng)
    other = (who[rows] + 1) % len(population)
    at_home = population.household[other] == population.household[who[rows]]
    pid[rows[at_home]] = population.pid[other[at_home]]
    rows = struck(len(who), faults.cmnd_instead, rng)
    rows = rows[population.cmnd[who[rows]] > 0]
    cmnd[rows] = population.cmnd[who[rows]]
    pid[rows] = 0
    # newborns wait for their number
    newborn = population.birth[who] > latest - 10000
    without = rng.random(len(who)) < np.where(newborn, min(1, faults.no_pid * 6), faults.no_pid)
    pid[without] = 0
    cmnd[without] = 0
    return pid, cmnd


def _copy_cards(
    population: Population, who: np.ndarray, faults: Faults, rng: np.random.Generator
) -> np.ndarray:
    bhxh = population.bhxh[who]
    rows = struck(len(who), faults.others_card, rng)
    # most often of the household or next door: the line above or below on some list
    step = rng.integers(1, 6, len(rows)) * rng.choice([-1, 1], len(rows))
    bhxh[rows] = population.bhxh[(who[rows] + step) % len(population)]
    bhxh[struck(len(who), faults.no_bhxh, rng)] = 0
    return bhxh


def _copy_phones(
    population: Population, who: np.ndarray, faults: Faults, rng: np.random.Generator
) -> np.ndarray:
    phone = population.phone[who]
    rows = struck(len(who), faults.stale_phone, rng)
    phone[rows] = numbers.draw_phones(len(rows), rng)
    # the health worker of some hamlets left her own number for those without a telephone
    workers = numbers.draw_phones(len(population.hamlets), rng)
    rows = struck(len(who), faults.shared_phone, rng)
    phone[rows] = workers[population.hamlet[who[rows]] // 3]
    phone[struck(len(who), faults.no_phone, rng)] = 0
    return phone


def _copy_places(
    population: Population, who: np.ndarray, faults: Faults, rng: np.random.Generator
) -> Table:
    hamlets = population.hamlets
    commune_of = communes_of(hamlets)
    first = np.searchsorted(commune_of, np.arange(commune_of[-1] + 2))
    hamlet = population.hamlet[who].astype(np.int32)
    commune = commune_of[hamlet]
    rows = struck(len(who), faults.wrong_commune, rng)
    commune[rows] = rng.integers(0, commune_of[-1] + 1, len(rows))
    moved = struck(len(who), faults.wrong_hamlet, rng)
    rows = np.union1d(rows, moved)
    start, end = first[commune[rows]], first[commune[rows] + 1]
    hamlet[rows] = start + (rng.random(len(rows)) * (end - start)).astype(np.int32)
    hamlet[struck(len(who), faults.no_hamlet, rng)] = -1
    variant = np.where(
        rng.random(len(who)) < faults.hamlet_variant, rng.integers(0, 4, len(who)), -1
    )
    ways = [(*h.variants, h.name) for h in hamlets]
    text = [
        "" if h < 0 else ways[h][-1] if v < 0 else ways[h][v % (len(ways[h]) - 1)]
        for h, v in zip(hamlet.tolist(), variant.tolist(), strict=True)
    ]
    return {"commune": commune, "hamlet": hamlet, "hamlet_text": text}
