"""The extract of the health-record software: who has a record, doubles, and records on nobody."""

from datetime import date

import numpy as np

from .copying import Table, copy_people, struck
from .dirt import Dirt
from .population import DIED, MOVED, RESIDENT, Population
from .roster import insurance_places

CARD_HEADS = ("DT2", "HN2", "GD4", "DN4", "TE1", "HS4", "DK2", "CN3", "HT3", "TC3")
_FIRST_DAY = date(2021, 1, 4)
MANAGED, DEAD, MOVED_AWAY = "Đang quản lý", "Đã chết", "Chuyển đi"


def make_records(
    population: Population,
    communes: list[tuple[str, str]],
    dirt: Dirt,
    on: date,
    rng: np.random.Generator,
) -> tuple[Table, np.ndarray]:
    """(columns, true person of each row), in the software's own order, which tells nothing."""
    has = _who_has_one(population, dirt, rng)
    first = np.flatnonzero(has)
    residents = first[population.state[first] == RESIDENT]
    again = residents[struck(len(residents), dirt.duplicates, rng)]
    who = rng.permutation(np.concatenate([first, again]))
    table = copy_people(population, who, dirt.records, rng)
    table["card_head"] = _card_heads(population.birth[who], on, rng)
    _name_newborns_by_mother(table, population, who, dirt=dirt, on=on, rng=rng)
    table["insurance_place"] = insurance_places(population.commune[who], communes, rng)
    _add_use(table, population, who, dirt=dirt, on=on, rng=rng)
    count = len(who)
    serial = np.cumsum(rng.integers(1, 12, count)) + 100_000
    table["system_number"] = [f"LC12-{number:07d}" for number in serial.tolist()]
    return table, who.astype(np.int32)


def _who_has_one(population: Population, dirt: Dirt, rng: np.random.Generator) -> np.ndarray:
    """Records follow hamlets (where the campaign went) and households (who was at home)."""
    count = len(population)
    hamlet = rng.normal(0, 0.14, len(population.hamlets))[population.hamlet]
    households = len(population.household_hamlet)
    absent = (rng.random(households) < dirt.household_without)[population.household]
    age = np.clip(int(population.birth.max()) // 10000 - population.birth // 10000, 0, 100)
    by_age = np.interp(
        age, [0, 1, 6, 18, 30, 60, 80], [-0.35, -0.05, 0.06, -0.05, -0.04, 0.1, 0.05]
    )
    wanted = dirt.has_record / max(0.01, 1 - dirt.household_without)
    chance = np.clip(wanted + hamlet + by_age, 0.03, 0.99)
    has = (rng.random(count) < chance) & ~absent
    # those who left or died stay in the software; the unlisted are known by it alone
    gone = population.state != RESIDENT
    has[gone] = rng.random(int(gone.sum())) < 0.9
    return has


def _card_heads(birth: np.ndarray, on: date, rng: np.random.Generator) -> list[str]:
    age = on.year - birth // 10000
    grown = rng.choice(
        len(CARD_HEADS), len(birth), p=[0.4, 0.1, 0.25, 0.12, 0, 0, 0.06, 0.03, 0.03, 0.01]
    )
    child, pupil = CARD_HEADS.index("TE1"), CARD_HEADS.index("HS4")
    head = np.where(age < 6, child, np.where((age < 18) & (grown > 1), pupil, grown))
    # cards printed since April 2021 show the ten digits only
    newer = rng.random(len(birth)) < 0.25
    return ["" if n else CARD_HEADS[h] for h, n in zip(head.tolist(), newer.tolist(), strict=True)]


def _name_newborns_by_mother(
    table: Table,
    population: Population,
    who: np.ndarray,
    *,
    dirt: Dirt,
    on: date,
    rng: np.random.Generator,
) -> None:
    """A record made at birth stands under the mother's name until the child has its own."""
    year_ago = (on.year - 1) * 10000 + on.month * 100 + on.day
    newborn = (population.birth[who] > year_ago) & (population.mother[who] >= 0)
    rows = np.flatnonzero(newborn & (rng.random(len(who)) < dirt.mothers_name))
    ways = ("{}", "CON BÀ {}", "{} (CON)", "CB {}")
    names = table["name"]
    for row, die in zip(rows.tolist(), rng.integers(0, len(ways), len(rows)).tolist(), strict=True):
        mother = population.name[int(population.mother[who[row]])]
        names[row] = ways[die].format(mother.upper())
    table["pid"][rows] = 0


def _add_use(
    table: Table,
    population: Population,
    who: np.ndarray,
    *,
    dirt: Dirt,
    on: date,
    rng: np.random.Generator,
) -> None:
    """Days of creation and update (days since 1970), visits, whether the app is in use, status."""
    count = len(who)
    last = (on - date(1970, 1, 1)).days
    begin = (_FIRST_DAY - date(1970, 1, 1)).days
    # campaigns on Saturdays: most records were made on a few days
    campaigns = begin + np.sort(rng.integers(0, (last - begin) // 7, 60)) * 7 + 5
    any_day = rng.integers(begin, last + 1, count)
    created = np.where(rng.random(count) < 0.6, campaigns[rng.integers(0, 60, count)], any_day)
    created = np.minimum(created, last)
    updated = np.where(
        rng.random(count) < 0.5,
        created,
        created + (rng.random(count) * (last - created + 1)).astype(int),
    )
    table["created"], table["updated"] = created.astype(np.int32), updated.astype(np.int32)
    table["visits"] = rng.poisson(np.where(updated > created, 1.6, 0.25)).astype(np.int16)
    age = on.year - population.birth[who] // 10000
    table["app_opened"] = rng.random(count) < np.interp(
        age, [13, 18, 40, 70], [0.0, 0.35, 0.3, 0.03]
    )
    state = population.state[who]
    noted = rng.random(count) < dirt.known_dead
    status = np.where(
        (state == DIED) & noted, 1, np.where((state == MOVED) & noted & (created % 4 == 0), 2, 0)
    )
    table["status"] = [(MANAGED, DEAD, MOVED_AWAY)[s] for s in status.tolist()]
