"""The truth: invented people in their households, in the order of commune, hamlet, household."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from . import households as house
from . import naming, numbers
from .namesakes import plant_namesakes
from .peoples import PEOPLES
from .territory import PEOPLE_A_HAMLET, Hamlet, is_urban, name_hamlets

RESIDENT, MOVED, DIED, UNLISTED = range(4)
HIS_OWN_PEOPLE = 0.86  # of the households of a hamlet, are of the people that leads it


@dataclass
class Population:
    """Columns, one value a person; a person's index is the truth that the copies hide."""

    name: list[str]
    birth: np.ndarray  # yyyymmdd, 00 where even the papers do not know
    sex: np.ndarray
    people: np.ndarray  # index into PEOPLES
    pid: np.ndarray
    cmnd: np.ndarray
    bhxh: np.ndarray
    phone: np.ndarray
    household: np.ndarray
    relation: np.ndarray
    father: np.ndarray  # index of a person, -1 if not in the household
    mother: np.ndarray
    head: np.ndarray
    twin: np.ndarray
    hamlet: np.ndarray
    commune: np.ndarray
    state: np.ndarray
    hamlets: list[Hamlet]
    household_hamlet: np.ndarray

    def __len__(self) -> int:
        return len(self.name)


def populate(
    people: int,
    *,
    gone: tuple[int, int, int],
    communes: list[tuple[str, str]],
    on: date,
    rng: np.random.Generator,
) -> Population:
    """Exactly `people` residents and, beside them, so many who moved, died, were never listed."""
    total = people + sum(gone)
    hamlet_of, hamlets, leading = _settle(total, communes, rng)
    flat = _draw_people(hamlet_of, leading, total, rng)
    birth = house.births(flat.pop("age"), on)
    twin, after_sibling = _siblings(flat.pop("row"), flat.pop("slot"), flat["sex"], birth)
    name = naming.full_names(
        household=flat["household"],
        surname=flat.pop("surname"),
        people=flat["people"],
        sex=flat["sex"],
        father=flat["father"],
        after_sibling=after_sibling,
        twin=twin,
        rng=rng,
    )
    hamlet = hamlet_of[flat["household"]]
    plant_namesakes(name, birth, hamlet, flat["sex"], rng)
    population = Population(
        name=name,
        birth=birth,
        twin=twin,
        hamlet=hamlet,
        commune=communes_of(hamlets)[hamlet],
        state=_states(flat["household"], birth, gone, rng),
        hamlets=hamlets,
        household_hamlet=hamlet_of,
        **flat,
        **_numbers(flat, birth, rng),
    )
    _blur_old_papers(population, rng)
    return population


def communes_of(hamlets: list[Hamlet]) -> np.ndarray:
    """The commune of each hamlet."""
    return np.array([h.commune for h in hamlets], np.int32)


def _draw_people(
    hamlet_of: np.ndarray, leading: np.ndarray, total: int, rng: np.random.Generator
) -> dict[str, np.ndarray]:
    """Exactly `total` people, household by household, as columns."""
    own_people = _choose_peoples(leading[hamlet_of], rng)
    children = np.array([p.children for p in PEOPLES])[own_people]
    households = house.draw(len(hamlet_of), children, rng)
    _stop_at(households.present, total)
    father_slot, mother_slot = house.parent_slots(households)
    peoples = np.repeat(own_people[:, None], house.SLOTS, axis=1)
    mixed = rng.random(len(hamlet_of)) < 0.08
    peoples[mixed, house.SPOUSE] = _choose_peoples(leading[hamlet_of[mixed]], rng)
    surnames, peoples = naming.draw_surnames(peoples, father_slot, mother_slot, rng)
    flat = _flatten(households, father_slot, mother_slot)
    rows, slots = flat["row"], flat["slot"]
    return flat | {
        "household": rows.astype(np.int32),
        "age": households.age[rows, slots],
        "sex": households.sex[rows, slots],
        "surname": surnames[rows, slots],
        "people": peoples[rows, slots].astype(np.int8),
        "relation": house.relations(households)[rows, slots],
    }


def _settle(
    total: int, communes: list[tuple[str, str]], rng: np.random.Generator
) -> tuple[np.ndarray, list[Hamlet], np.ndarray]:
    """Hamlet of each household (sorted), the hamlets, the people that leads each hamlet."""
    count = int(total / house.MEAN_SIZE * 1.2) + 20  # more than enough
    weight = rng.uniform(0.6, 1.9, len(communes))
    commune = np.sort(rng.choice(len(communes), count, p=weight / weight.sum()))
    size = np.bincount(commune, minlength=len(communes))
    hamlet_count = np.maximum(1, np.round(size * (total / count) / PEOPLE_A_HAMLET)).astype(int)
    hamlets = name_hamlets(communes, hamlet_count, rng)
    first = np.cumsum(hamlet_count) - hamlet_count
    place = rng.random(count)
    hamlet = np.sort(first[commune] + (place * hamlet_count[commune]).astype(int))
    in_town = [is_urban(communes[h.commune][1]) and h.name.startswith("Tổ") for h in hamlets]
    leading = np.where(
        in_town,
        _by_weight([p.ward for p in PEOPLES], len(hamlets), rng),
        _by_weight([p.commune for p in PEOPLES], len(hamlets), rng),
    )
    return hamlet.astype(np.int32), hamlets, leading


def _by_weight(weights: list[float], count: int, rng: np.random.Generator) -> np.ndarray:
    return rng.choice(len(weights), count, p=np.array(weights) / sum(weights))


def _choose_peoples(leading: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The people of each household, most often the one that leads its hamlet."""
    others = _by_weight([p.ward for p in PEOPLES], len(leading), rng)
    return np.where(rng.random(len(leading)) < HIS_OWN_PEOPLE, leading, others)


def _stop_at(present: np.ndarray, total: int) -> None:
    """Empty slots, spread over all households, until exactly `total` people are there."""
    there = np.flatnonzero(present.ravel())
    if len(there) < total:
        raise ValueError(f"only {len(there)} of {total} people were drawn")
    surplus = len(there) - total
    households = present.shape[0]
    size = present.sum(axis=1)
    # whole households first: evenly spaced ones
    order = np.argsort((np.arange(households) * 2654435761) % (1 << 32), kind="stable")
    dropped = order[np.cumsum(size[order]) <= surplus]
    present[dropped] = False
    rest = total - int(present.sum())
    if rest < 0:
        last = np.flatnonzero(present.ravel())
        members = last[last % house.SLOTS != house.HEAD]
        present.ravel()[members[rest:]] = False


def _flatten(
    households: house.Households, father_slot: np.ndarray, mother_slot: np.ndarray
) -> dict[str, np.ndarray]:
    """One entry a person: household row, slot, and the indices of head, father and mother."""
    rows, slots = np.nonzero(households.present)
    index = np.cumsum(households.present.ravel()).reshape(households.present.shape) - 1

    def person_in(slot: np.ndarray) -> np.ndarray:
        there = (slot != house.NOBODY) & households.present[rows, slot]
        return np.where(there, index[rows, slot], house.NOBODY).astype(np.int32)

    return {
        "row": rows,
        "slot": slots,
        "head": person_in(np.zeros(len(rows), np.int8)),
        "father": person_in(father_slot[rows, slots]),
        "mother": person_in(mother_slot[rows, slots]),
    }


def _siblings(
    row: np.ndarray, slot: np.ndarray, sex: np.ndarray, birth: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """(twin of the one before or after, follows a sibling of one sex)."""
    child = np.isin(slot, list(house.CHILDREN)) * 1 + np.isin(slot, list(house.GRANDCHILDREN)) * 2
    follows = np.zeros(len(row), bool)
    follows[1:] = (row[1:] == row[:-1]) & (child[1:] > 0) & (child[1:] == child[:-1])
    twin = np.zeros(len(row), bool)
    twin[1:] = follows[1:] & (birth[1:] == birth[:-1])
    alike = follows.copy()
    alike[1:] &= sex[1:] == sex[:-1]
    twin[:-1] |= twin[1:]
    return twin, alike


def _states(
    household: np.ndarray,
    birth: np.ndarray,
    gone: tuple[int, int, int],
    rng: np.random.Generator,
) -> np.ndarray:
    """Who lives here, moved away, died or was never listed: half of the movers as households."""
    state = np.zeros(len(household), np.int8)
    moved, died, unlisted = gone
    oldest = np.argsort(birth + rng.integers(-300_000, 300_000, len(birth)), kind="stable")
    state[oldest[:died]] = DIED
    size = np.bincount(household)
    order = rng.permutation(len(size))
    for wanted, mark in ((moved // 2, MOVED), (unlisted // 2, UNLISTED)):
        whole = order[np.cumsum(size[order]) <= wanted]
        chosen = np.flatnonzero(np.isin(household, whole) & (state == RESIDENT))
        state[chosen[:wanted]] = mark
        order = order[len(whole) :]
    for wanted, mark in ((moved, MOVED), (unlisted, UNLISTED)):
        missing = wanted - int((state == mark).sum())
        left = np.flatnonzero(state == RESIDENT)
        state[rng.choice(left, missing, replace=False)] = mark
    return state


def _numbers(
    columns: dict[str, np.ndarray], birth: np.ndarray, rng: np.random.Generator
) -> dict[str, np.ndarray]:
    share = np.array([p.from_elsewhere for p in PEOPLES])[columns["people"]]
    elsewhere = rng.random(len(birth)) < share * np.where(birth > 20050000, 0.25, 1)
    phone = numbers.draw_phones(len(birth), rng)
    newest = int(birth.max()) // 10000
    # children, some of the old and some others answer the head's telephone
    own = np.interp(newest - birth // 10000, [12, 16, 20, 55, 80], [0.0, 0.6, 0.9, 0.8, 0.2])
    without = rng.random(len(birth)) > own
    phone[without] = phone[columns["head"][without]]
    return {
        "pid": numbers.draw_pids(birth, columns["sex"], elsewhere, rng),
        "cmnd": numbers.draw_cmnds(birth, elsewhere, rng),
        "bhxh": numbers.draw_bhxhs(len(birth), elsewhere, rng),
        "phone": phone,
    }


def _blur_old_papers(population: Population, rng: np.random.Generator) -> None:
    """Papers of some older people know the year or the month only, or write 1 January for it."""
    year = population.birth // 10000
    older = np.interp(year, [1930, 1960, 1985, 1995], [0.16, 0.08, 0.02, 0.0])
    older *= np.where(population.people == 0, 0.4, 1.3)
    dice = rng.random(len(year))
    choices = [dice < older * 0.36, dice < older * 0.4, dice < older]
    blurred = [year * 10000, population.birth // 100 * 100, year * 10000 + 101]
    population.birth = np.select(choices, blurred, population.birth).astype(np.int32)
