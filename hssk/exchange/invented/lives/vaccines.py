"""Doses of the national programme by its schedule, with those who miss them."""

from datetime import date, timedelta

from .births import delivery_of
from .chance import dice
from .folk import Folk, Person
from .shapes import Vaccination

# Vaccine, antigens, dose, age in days. Source: domain.md 1C and 6.8 (national schedule).
_PENTA = ("bạch hầu", "ho gà", "uốn ván", "viêm gan B", "Hib")
_SCHEDULE: tuple[tuple[str, tuple[str, ...], int, int], ...] = (
    ("Viêm gan B sơ sinh", ("viêm gan B",), 1, 0),
    ("BCG", ("lao",), 1, 3),
    ("DPT-VGB-Hib", _PENTA, 1, 61),
    ("bOPV", ("bại liệt",), 1, 61),
    ("DPT-VGB-Hib", _PENTA, 2, 92),
    ("bOPV", ("bại liệt",), 2, 92),
    ("DPT-VGB-Hib", _PENTA, 3, 122),
    ("bOPV", ("bại liệt",), 3, 122),
    ("IPV", ("bại liệt",), 1, 153),
    ("Sởi", ("sởi",), 1, 275),
    ("VNNB", ("viêm não Nhật Bản",), 1, 366),
    ("VNNB", ("viêm não Nhật Bản",), 2, 380),
    ("Sởi - Rubella", ("sởi", "rubella"), 1, 548),
    ("DPT", ("bạch hầu", "ho gà", "uốn ván"), 4, 548),
    ("VNNB", ("viêm não Nhật Bản",), 3, 745),
)
_FIRST_YEAR = {"DPT-VGB-Hib": 2010, "IPV": 2018, "Sởi - Rubella": 2014, "Viêm gan B sơ sinh": 2003}
_REACTIONS = ("", "", "", "", "", "", "", "Sốt nhẹ dưới 39 °C", "Sưng đau chỗ tiêm")


def vaccinations(person: Person, folk: Folk, until: date) -> tuple[Vaccination, ...]:
    """Doses up to the day, none after death; adults have what came after the programme began."""
    last = min(until, person.died or until)
    rng = dice(folk.seed, person.index, "vaccines")
    reached = rng.choices((0.25, 0.75, 0.97), (6, 22, 72))[0]
    given = []
    own = delivery_of(person, folk) if person.born.year >= 2000 else None
    for vaccine, antigens, dose, age in _SCHEDULE:
        late = 0 if age == 0 else max(0, round(rng.gauss(9, 16)))
        chance, lot = rng.random(), f"{vaccine[:2].upper()}{rng.randrange(10**5):05d}B"
        day = person.born + timedelta(age + late)
        begun = day.year >= max(1990, _FIRST_YEAR.get(vaccine, 1990))
        # only a birth in a facility has its first dose within a day
        at_home = age == 0 and (own is None or own.place is None)
        if begun and day <= last and chance < reached and not at_home:
            place = own.place.code if age == 0 and own and own.place else person.station.code
            reaction = rng.choice(_REACTIONS)
            given.append(Vaccination(vaccine, antigens, dose, day, place, lot, reaction))
    return tuple(sorted([*given, *_later(person, folk.seed, last)], key=lambda v: v.on))


def _later(person: Person, seed: int, last: date) -> list[Vaccination]:
    """Against COVID-19 from 2021, for whom it was meant."""
    rng = dice(seed, person.index, "covid")
    doses = rng.choices((0, 1, 2, 3, 4), (7, 4, 24, 45, 20))[0]
    day, given = date(2021, 7, 1) + timedelta(rng.randrange(160)), []
    for dose in range(1, doses + 1):
        if day <= last and person.age_on(day) >= 12:
            station, lot = person.station.code, f"CV{rng.randrange(10**5):05d}B"
            given.append(Vaccination("COVID-19", ("SARS-CoV-2",), dose, day, station, lot))
        day += timedelta(rng.randrange(28, 150))
    return given
