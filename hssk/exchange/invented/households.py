"""Households of invented people: who lives together, of what sex and age, and who is whose child.

A household is one row of a matrix of slots; a slot is empty or one person. Everything is drawn for
all households at once.
"""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np

HEAD, SPOUSE, FATHER, MOTHER = 0, 1, 2, 3
CHILDREN = range(4, 9)
IN_LAW, GRANDCHILDREN, SIBLING = 9, range(10, 13), 13
SLOTS = 14
MEAN_SIZE = 3.9
LARGEST = 9
NOBODY = -1
MALE, FEMALE = 1, 2

RELATIONS = [
    "Chủ hộ",
    "Vợ",
    "Chồng",
    "Con",
    "Cháu",
    "Bố",
    "Mẹ",
    "Con dâu",
    "Con rể",
    "Anh",
    "Em",
    "Chị",
]
_RELATION = {name: code for code, name in enumerate(RELATIONS)}


@dataclass
class Households:
    """Matrices [household, slot]: whether somebody is there, sex, and days lived on the day."""

    present: np.ndarray
    sex: np.ndarray
    age: np.ndarray  # in years, with fraction

    @property
    def count(self) -> int:
        return len(self.present)


def draw(count: int, children: np.ndarray, rng: np.random.Generator) -> Households:
    """`count` households; `children` is the mean number of births of each one's people."""
    present = np.zeros((count, SLOTS), bool)
    sex = rng.integers(MALE, FEMALE + 1, (count, SLOTS)).astype(np.int8)
    age = np.full((count, SLOTS), 30.0, np.float32)
    households = Households(present, sex, age)
    _draw_couple(households, rng)
    _draw_children(households, children, rng)
    _draw_young_couple(households, rng)
    _draw_elders(households, rng)
    _set_twins(households, rng)
    crowded = np.cumsum(present, axis=1) > LARGEST
    present[crowded] = False
    return households


def _draw_couple(households: Households, rng: np.random.Generator) -> None:
    count, age, sex = households.count, households.age, households.sex
    age[:, HEAD] = np.clip(rng.normal(43, 14, count), 19, 92)
    sex[:, HEAD] = np.where(rng.random(count) < 0.72, MALE, FEMALE)
    sex[:, SPOUSE] = 3 - sex[:, HEAD]
    younger = np.where(sex[:, HEAD] == MALE, 1, -1) * rng.normal(2.5, 3, count)
    age[:, SPOUSE] = np.clip(age[:, HEAD] - younger, 17, 95)
    married = np.interp(age[:, HEAD], [19, 25, 35, 60, 80], [0.45, 0.8, 0.9, 0.78, 0.4])
    households.present[:, HEAD] = True
    households.present[:, SPOUSE] = rng.random(count) < married


def mothers_age(households: Households) -> np.ndarray:
    """Age of the woman of the couple, or of the head who lives alone."""
    head_is_mother = (households.sex[:, HEAD] == FEMALE) | ~households.present[:, SPOUSE]
    return np.where(head_is_mother, households.age[:, HEAD], households.age[:, SPOUSE])


def _draw_children(households: Households, children: np.ndarray, rng: np.random.Generator) -> None:
    count = households.count
    births = rng.poisson(children)
    at_birth = np.clip(rng.normal(22.5, 3.2, count), 16, 40)
    mother = mothers_age(households)
    for order, slot in enumerate(CHILDREN):
        if order:
            at_birth = at_birth + 1.1 + rng.gamma(2.0, 1.6, count)
        age = mother - at_birth
        left_home = rng.random(count) < np.interp(age, [17, 20, 30], [0.02, 0.25, 0.62])
        households.age[:, slot] = np.clip(age, 0, None)
        households.present[:, slot] = (births > order) & (age > 0) & (at_birth < 46) & ~left_home


def _draw_young_couple(households: Households, rng: np.random.Generator) -> None:
    """The eldest child at home may have married and stayed, with children."""
    count, age, first = households.count, households.age, CHILDREN[0]
    grown = households.present[:, first] & (age[:, first] > 19)
    households.present[:, IN_LAW] = grown & (rng.random(count) < 0.55)
    households.sex[:, IN_LAW] = 3 - households.sex[:, first]
    age[:, IN_LAW] = np.clip(age[:, first] + rng.normal(0, 2.5, count), 17.5, None)
    births = rng.poisson(1.4, count)
    young = np.minimum(age[:, first], age[:, IN_LAW])
    at_birth = rng.normal(21, 2.2, count)
    for order, slot in enumerate(GRANDCHILDREN):
        if order:
            at_birth = at_birth + 1.1 + rng.gamma(2.0, 1.6, count)
        age[:, slot] = np.clip(young - at_birth, 0, None)
        households.present[:, slot] = (
            households.present[:, IN_LAW] & (births > order) & (young > at_birth)
        )


def _draw_elders(households: Households, rng: np.random.Generator) -> None:
    count, age = households.count, households.age
    head = age[:, HEAD]
    for slot, sex, share in ((FATHER, MALE, 0.09), (MOTHER, FEMALE, 0.16)):
        households.sex[:, slot] = sex
        age[:, slot] = head + np.clip(rng.normal(25, 4, count), 17, 42)
        households.present[:, slot] = (rng.random(count) < share) & (age[:, slot] < 99)
    age[:, SIBLING] = np.clip(head + rng.normal(-3, 5, count), 3, 90)
    households.present[:, SIBLING] = rng.random(count) < 0.045


def _set_twins(households: Households, rng: np.random.Generator) -> None:
    """Some neighbouring children were born on one day, more often than not of one sex."""
    for slots in (CHILDREN, GRANDCHILDREN):
        for elder, younger in pairwise(slots):
            twins = rng.random(households.count) < 0.022
            twins &= households.present[:, elder] & households.present[:, younger]
            households.age[twins, younger] = households.age[twins, elder]
            alike = twins & (rng.random(households.count) < 0.7)
            households.sex[alike, younger] = households.sex[alike, elder]


def relations(households: Households) -> np.ndarray:
    """Matrix of indices into RELATIONS: what each is to the head."""
    relation = np.empty((households.count, SLOTS), np.int8)
    male = households.sex == MALE
    relation[:] = _RELATION["Con"]
    relation[:, HEAD] = _RELATION["Chủ hộ"]
    relation[:, SPOUSE] = np.where(male[:, SPOUSE], _RELATION["Chồng"], _RELATION["Vợ"])
    relation[:, FATHER], relation[:, MOTHER] = _RELATION["Bố"], _RELATION["Mẹ"]
    relation[:, IN_LAW] = np.where(male[:, IN_LAW], _RELATION["Con rể"], _RELATION["Con dâu"])
    relation[:, list(GRANDCHILDREN)] = _RELATION["Cháu"]
    elder = np.where(male[:, SIBLING], _RELATION["Anh"], _RELATION["Chị"])
    younger = households.age[:, SIBLING] < households.age[:, HEAD]
    relation[:, SIBLING] = np.where(younger, _RELATION["Em"], elder)
    return relation


def parent_slots(households: Households) -> tuple[np.ndarray, np.ndarray]:
    """Matrices of the slot of father and of mother within the household, NOBODY if not there."""
    father = np.full((households.count, SLOTS), NOBODY, np.int8)
    mother = father.copy()
    couples = [
        (HEAD, SPOUSE, CHILDREN),
        (CHILDREN[0], IN_LAW, GRANDCHILDREN),
        (FATHER, MOTHER, (HEAD, SIBLING)),
    ]
    for one, other, children in couples:
        for parent in (one, other):
            here, male = households.present[:, parent], households.sex[:, parent] == MALE
            for child in children:
                father[here & male, child] = parent
                mother[here & ~male, child] = parent
    return father, mother


def births(age: np.ndarray, on: date) -> np.ndarray:
    """yyyymmdd of the birth of people of such ages (years with fraction) on the day."""
    days = np.datetime64(on, "D") - (age.astype(np.float64) * 365.2425).astype("timedelta64[D]")
    year = days.astype("datetime64[Y]").astype(np.int64) + 1970
    month = days.astype("datetime64[M]").astype(np.int64) % 12 + 1
    day = (days - days.astype("datetime64[M]")).astype(np.int64) + 1
    return (year * 10000 + month * 100 + day).astype(np.int32)
