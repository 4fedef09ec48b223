"""The invented people of a city, one at a time, as lives and claims look at them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from ..cells import written
from ..city import City
from ..population import DIED, RESIDENT
from .catalogue import Facility, facilities, stations
from .chance import dice

# QĐ 121-TCTK/PPCĐ, in the order of peoples.PEOPLES
ETHNICITIES = ("01", "03", "08", "09", "25", "35", "41", "42", "45", "48", "50", "29")
_GROWN_HEADS = ("DT2", "HN2", "GD4", "DN4", "DK2", "CN3", "HT3")
_HEAD_SHARES = (40, 12, 24, 11, 6, 4, 3)
_YEARLY_DEATHS = ((0, 0.012), (1, 0.002), (15, 0.001), (45, 0.004), (65, 0.018), (80, 0.08))
BLOODS = ("O+", "B+", "A+", "AB+", "O-", "B-")
_BLOOD_SHARES = (45, 29, 20, 5, 0.5, 0.5)


@dataclass(frozen=True, slots=True)
class Person:
    """One invented person, as true as it gets.

    `code` is how truth files name them. `birth` is what their papers know (yyyymmdd, 00 for the
    unknown), `born` the day itself. Numbers are text, "" for none; `old_bhxh` is the number on
    the card before it was issued anew on `reissued`. Parents, head and children are indices.
    """

    index: int
    code: str
    name: str
    birth: int
    born: date
    sex: int
    ethnicity: str
    pid: str
    cmnd: str
    bhxh: str
    old_bhxh: str
    reissued: date | None
    head_letters: str
    phone: str
    household: int
    father: int | None
    mother: int | None
    children: tuple[int, ...]
    twin: bool
    hamlet: str
    commune: str
    commune_name: str
    station: Facility
    registered: str
    listed: bool
    died: date | None
    blood: str
    frailty: float

    def age_on(self, day: date) -> float:
        """Years lived, with fraction."""
        return (day - self.born).days / 365.2425

    def card_on(self, day: date) -> str:
        """The 15 characters of the card in force that day, "" for who has none."""
        number = self.bhxh
        if self.reissued and day < self.reissued:
            number = self.old_bhxh
        if not number or not self.head_letters:
            return ""
        age = self.age_on(day)
        head = "TE1" if age < 6 else "HS4" if age < 18 else self.head_letters
        return f"{head}12{number}"


class Folk:
    """All people of a city as `Person`; nothing is kept, so a nation costs no memory."""

    def __init__(self, city: City, seed: int = 1) -> None:
        self.city, self.seed = city, seed
        self._children: dict[int, list[int]] = {}
        for child, mother in enumerate(city.population.mother.tolist()):
            if mother >= 0:
                self._children.setdefault(mother, []).append(child)
        self._stations = [_station_of(code) for code, _ in city.communes]

    def __len__(self) -> int:
        return len(self.city.population)

    def __iter__(self) -> Iterator[Person]:
        return (self[index] for index in range(len(self)))

    def __getitem__(self, index: int) -> Person:
        if not 0 <= index < len(self):
            raise IndexError(index)
        people, rng = self.city.population, dice(self.seed, index, "self")
        birth, sex = int(people.birth[index]), int(people.sex[index])
        born = _true_day(birth, rng)
        hamlet, commune = people.hamlets[int(people.hamlet[index])], int(people.commune[index])
        bhxh = written(int(people.bhxh[index]), 10)
        again = rng.random() < 0.04
        station = self._stations[commune]
        return Person(
            index=index,
            code=f"P{index:07d}",
            name=people.name[index],
            birth=birth,
            born=born,
            sex=sex,
            ethnicity=ETHNICITIES[int(people.people[index])],
            pid=written(int(people.pid[index]), 12),
            cmnd=written(int(people.cmnd[index]), 9),
            bhxh=bhxh,
            old_bhxh=f"12{rng.randrange(10**8):08d}" if again else "",
            reissued=self.city.on - timedelta(rng.randrange(-300, 700)) if again else None,
            head_letters=rng.choices(_GROWN_HEADS, _HEAD_SHARES)[0] if rng.random() < 0.95 else "",
            phone=written(int(people.phone[index]), 10),
            household=int(people.household[index]),
            father=_index(int(people.father[index])),
            mother=_index(int(people.mother[index])),
            children=tuple(self._children.get(index, ())),
            twin=bool(people.twin[index]),
            hamlet=hamlet.name,
            commune=self.city.communes[commune][0],
            commune_name=self.city.communes[commune][1],
            station=station,
            registered=rng.choices((station.code, "12002", "12001"), (66, 20, 14))[0],
            listed=int(people.state[index]) == RESIDENT,
            died=_death(born, int(people.state[index]) == DIED, self.city.on, rng),
            blood=rng.choices(BLOODS, _BLOOD_SHARES)[0],
            frailty=0.08 if rng.random() < 0.12 else 0.25 + rng.gammavariate(2.2, 0.36),
        )


def _index(number: int) -> int | None:
    return number if number >= 0 else None


def _station_of(commune: str) -> Facility:
    """The station of a commune; beyond the city one of the same stations stands in."""
    own = [f for f in facilities().values() if f.commune == commune]
    return own[0] if own else stations()[int(commune) % len(stations())]


def _true_day(birth: int, rng: Random) -> date:
    """The day itself, drawn where even the papers know the year or month only."""
    month, day = rng.randrange(1, 13), rng.randrange(1, 29)
    return date(birth // 10000, birth // 100 % 100 or month, birth % 100 or day)


def _death(born: date, before: bool, on: date, rng: Random) -> date | None:
    """When somebody died: before the roster was drawn up, or in the ten years that follow."""
    ago = rng.randrange(20, 900)
    if before:
        return max(born + timedelta(2), on - timedelta(ago))
    for year in range(10):
        age = (on - born).days / 365.2425 + year
        chance = next(share for begin, share in reversed(_YEARLY_DEATHS) if age >= begin)
        if rng.random() < chance:
            return on + timedelta(year * 365 + rng.randrange(1, 365))
    return None
