"""Bodies: weight and height by age, and vital signs in health, fever and long illness."""

from datetime import date
from random import Random

from .chance import along, dice
from .folk import Person
from .shapes import Vitals

# Medians of the WHO growth standard, rounded, both sexes; grown people are drawn apart.
_WEIGHT = (
    (0.0, 3.2),
    (0.25, 5.9),
    (0.5, 7.6),
    (1.0, 9.3),
    (2.0, 11.8),
    (5.0, 17.5),
    (10.0, 29.0),
    (14.0, 43.0),
    (18.0, 52.0),
)
_HEIGHT = (
    (0.0, 49.5),
    (0.5, 66.0),
    (1.0, 75.0),
    (2.0, 86.0),
    (5.0, 108.0),
    (10.0, 134.0),
    (14.0, 153.0),
    (18.0, 159.0),
)
_PULSE = ((0.0, 140.0), (1.0, 120.0), (5.0, 100.0), (12.0, 85.0), (18.0, 78.0))
_BREATHS = ((0.0, 44.0), (1.0, 32.0), (5.0, 24.0), (12.0, 20.0), (18.0, 18.0))


def measures(person: Person, day: date, weeks: int = 0) -> tuple[float, float]:
    """(kg with one decimal, cm) that day; `weeks` of a pregnancy add to the weight."""
    own = dice(person.index, person.born, "body")
    thin, tall = own.gauss(0, 0.12), own.gauss(0, 0.035)
    age = person.age_on(day)
    weight, height = along(_WEIGHT, age), along(_HEIGHT, age)
    if age > 14 and person.sex == 1:
        weight, height = weight * 1.12, height * 1.03
    if age > 25:
        weight += min(age - 25, 30) * 0.18
    weight *= max(0.68, 1 + thin)
    if weeks > 12:
        weight += (weeks - 12) * 0.38
    return round(max(weight, 1.2), 1), round(height * (1 + tall), 0)


def vitals(
    person: Person,
    day: date,
    rng: Random,
    *,
    fever: float = 0.0,
    systolic: int | None = None,
    saturation: int | None = None,
    weeks: int = 0,
) -> Vitals:
    """Vital signs; `fever` in degrees above 36.8, `systolic` and `saturation` where known."""
    age = person.age_on(day)
    weight, height = measures(person, day, weeks)
    if age >= 12 and systolic is None:
        # everybody has a pressure of their own, from which a day strays a little
        own = dice(person.index, person.born, "pressure").gauss(112, 7)
        systolic = round(own + min(max(age - 20, 0), 45) * 0.28 + rng.gauss(0, 4))
    low = None if systolic is None else round(systolic * 0.5 + 17 + rng.gauss(0, 3))
    return Vitals(
        pulse=max(48, round(along(_PULSE, age) + fever * 11 + rng.gauss(0, 5))),
        temperature=round(36.8 + fever + rng.gauss(0, 0.15), 1),
        systolic=systolic,
        diastolic=low,
        breaths=max(12, round(along(_BREATHS, age) + fever * 2 + rng.gauss(0, 1.2))),
        spo2=saturation or min(100, round(rng.gauss(98, 0.8))),
        weight=weight,
        height=height,
    )
