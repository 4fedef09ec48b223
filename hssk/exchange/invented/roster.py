"""The population roster: residents by commune, hamlet and household, some listed twice."""

import numpy as np

from .copying import Table, copy_people, struck
from .dirt import Dirt
from .households import RELATIONS
from .peoples import PEOPLES
from .population import RESIDENT, Population, communes_of

NOTES = (
    "",
    "tạm trú",
    "học nội trú",
    "mới chuyển đến",
    "đi làm ăn xa",
    "Tạm vắng",
    "đi lao động nơi khác",
)
_NOTE_SHARES = np.array([0.987, 0.003, 0.003, 0.002, 0.003, 0.001, 0.001])
HOSPITALS = ("12001", "12002", "12050")


def make_roster(
    population: Population, communes: list[tuple[str, str]], dirt: Dirt, rng: np.random.Generator
) -> tuple[Table, np.ndarray]:
    """(columns, true person of each row), in the order of the sheets."""
    who = np.flatnonzero(population.state == RESIDENT)
    twice = who[struck(len(who), dirt.listed_twice, rng)]
    hosts = _hosts(population, twice, rng)
    household = np.concatenate([population.household[who], population.household[hosts]])
    guest = np.concatenate([np.zeros(len(who), bool), np.ones(len(twice), bool)])
    who = np.concatenate([who, twice])
    order = np.lexsort((guest, household))
    who, household, guest = who[order], household[order], guest[order]
    table = copy_people(population, who, dirt.roster, rng)
    _host_places(table, population, household, guest)
    table["household"] = household
    table["household_no"] = _household_numbers(population.household_hamlet[household], household)
    table["relation"] = _relations(population, who, household, guest, rng)
    table["ethnicity"] = _ethnicities(population, who, rng)
    table["insurance_place"] = insurance_places(table["commune"], communes, rng)
    note = rng.choice(len(NOTES), len(who), p=_NOTE_SHARES)
    note[guest] = rng.choice([0, 1, 2, 3], int(guest.sum()), p=[0.5, 0.2, 0.15, 0.15])
    table["note"] = [NOTES[n] for n in note.tolist()]
    return table, who.astype(np.int32)


def _hosts(population: Population, twice: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """For each of these people somebody of another commune (if there is one) who houses them."""
    residents = np.flatnonzero(population.state == RESIDENT)
    hosts = rng.choice(residents, len(twice))
    for _ in range(20):
        near = population.commune[hosts] == population.commune[twice]
        if not near.any():
            break
        hosts[near] = rng.choice(residents, int(near.sum()))
    return hosts


def _host_places(
    table: Table, population: Population, household: np.ndarray, guest: np.ndarray
) -> None:
    """A roster is kept by place: rows stand in the commune of their household."""
    home = population.household_hamlet[household]
    table["commune"] = communes_of(population.hamlets)[home]
    table["hamlet"][guest] = home[guest]
    for row in np.flatnonzero(guest).tolist():
        table["hamlet_text"][row] = population.hamlets[home[row]].name


def _household_numbers(hamlet: np.ndarray, household: np.ndarray) -> np.ndarray:
    """1, 2, 3 … within each hamlet, in order of appearance."""
    begins = np.ones(len(household), bool)
    begins[1:] = household[1:] != household[:-1]
    running = np.cumsum(begins)
    first_of_hamlet = np.ones(len(hamlet), bool)
    first_of_hamlet[1:] = hamlet[1:] != hamlet[:-1]
    start = np.maximum.accumulate(np.where(first_of_hamlet, running, 0))
    return (running - start + 1).astype(np.int32)


def _relations(
    population: Population,
    who: np.ndarray,
    household: np.ndarray,
    guest: np.ndarray,
    rng: np.random.Generator,
) -> list[str]:
    relation = population.relation[who].copy()
    kin = [RELATIONS.index(name) for name in ("Em", "Cháu", "Con")]
    relation[guest] = rng.choice(kin, int(guest.sum()))
    # where the head is gone, the next in line heads the list
    first = np.ones(len(who), bool)
    first[1:] = household[1:] != household[:-1]
    relation[first] = 0
    words = [RELATIONS[code] for code in relation.tolist()]
    other = {"Con": "Con đẻ", "Cháu": "Cháu nội", "Bố": "Bố đẻ", "Mẹ": "Mẹ đẻ", "Em": "Em ruột"}
    for row in struck(len(words), 0.03, rng).tolist():
        words[row] = other.get(words[row], words[row])
    return words


def _ethnicities(population: Population, who: np.ndarray, rng: np.random.Generator) -> list[str]:
    ways = [p.written for p in PEOPLES]
    dice = np.where(rng.random(len(who)) < 0.12, rng.integers(0, 12, len(who)), 0).tolist()
    return [
        ways[people][die % len(ways[people])]
        for people, die in zip(population.people[who].tolist(), dice, strict=True)
    ]


def insurance_places(
    commune: np.ndarray, communes: list[tuple[str, str]], rng: np.random.Generator
) -> list[str]:
    """Facility of first registration: the commune's own station, or one of the city's hospitals."""
    stations = [f"12{int(code) % 1000:03d}" for code, _ in communes]
    dice = rng.choice(4, len(commune), p=[0.55, 0.28, 0.12, 0.05])
    return [
        stations[c] if not die else HOSPITALS[die - 1]
        for c, die in zip(commune.tolist(), dice.tolist(), strict=True)
    ]
