"""Figures that a long illness gives, visit by visit: they fall under treatment, and waver."""

from dataclasses import dataclass, field
from random import Random

from .chance import dice
from .folk import Person


@dataclass(frozen=True, slots=True)
class Figures:
    """What is measured at one visit; `values` by key of index, None entries are drawn normally."""

    systolic: int | None = None
    saturation: int | None = None
    values: dict[str, float | str] = field(default_factory=dict)


def _settling(first: float, goal: float, step: int, speed: float = 0.45) -> float:
    """From the first figure towards the goal, nearer with each visit."""
    return goal + (first - goal) * (1 - speed) ** step


def figures(measures: str, person: Person, step: int, rng: Random) -> Figures:
    """The figures of visit number `step` (0 is when the illness was found)."""
    own = dice(person.index, measures, "course")
    badly = own.random() < 0.3  # some take their medicines when they feel like it
    draw = _COURSES.get(measures)
    return draw(own, badly, step, rng) if draw else Figures()


def _pressure(own: Random, badly: bool, step: int, rng: Random) -> Figures:
    first, goal = own.gauss(163, 11), own.gauss(148 if badly else 132, 5)
    systolic = round(_settling(first, goal, step) + rng.gauss(0, 6))
    return Figures(systolic=max(104, systolic))


def _sugar(own: Random, badly: bool, step: int, rng: Random) -> Figures:
    first, goal = own.gauss(9.1, 1.0), own.gauss(8.3 if badly else 6.8, 0.4)
    hba1c = max(5.6, _settling(first, goal, step, 0.3) + rng.gauss(0, 0.25))
    # mean glucose of an HbA1c: 1.59 × HbA1c − 2.59 mmol/L (ADAG study)
    glucose = max(4.0, 1.59 * hba1c - 2.59 + rng.gauss(0, 0.8))
    return Figures(values={"hba1c": hba1c, "glu": glucose})


def _lung(own: Random, badly: bool, step: int, rng: Random) -> Figures:
    fev1 = max(24.0, own.gauss(61, 11) - step * 0.06 + rng.gauss(0, 3))
    ratio = min(69.0, max(35.0, fev1 * 0.95 + rng.gauss(0, 3)))
    worn = round(min(98, 91 + fev1 / 15 + rng.gauss(0, 0.7)))
    return Figures(saturation=worn, values={"fev1": fev1, "fev1fvc": ratio})


def _liver(own: Random, badly: bool, step: int, rng: Random) -> Figures:
    alt = max(14.0, _settling(own.gauss(96, 30), 62 if badly else 32, step) + rng.gauss(0, 6))
    load = max(20.0, _settling(own.uniform(2e4, 9e6), 400 if badly else 20, step, 0.93))
    values: dict[str, float | str] = {"alt": alt, "ast": alt * 0.85, "hbvdna": load}
    return Figures(values=values | {"hbsag": "Dương tính"})


def _uric(own: Random, badly: bool, step: int, rng: Random) -> Figures:
    goal = 460 if badly else 350
    return Figures(values={"uric": _settling(own.gauss(545, 45), goal, step) + rng.gauss(0, 20)})


def _mood(own: Random, badly: bool, step: int, rng: Random) -> Figures:
    score = max(0, round(_settling(own.gauss(17, 3), 11 if badly else 5, step) + rng.gauss(0, 1)))
    return Figures(values={"phq9": float(min(score, 27))})


def _hiv(own: Random, badly: bool, step: int, rng: Random) -> Figures:
    load = _settling(own.uniform(3e3, 4e5), 900 if badly else 19, step, 0.85)
    return Figures(values={"hivvl": max(19.0, load)})


def _tb(own: Random, badly: bool, step: int, rng: Random) -> Figures:
    clean = step >= (4 if badly else 2)
    return Figures(
        saturation=95 + min(step, 3),
        values={
            "afb": "Âm tính" if clean else "Dương tính (1+)",
            "cxr": "Mờ rải rác hai phế trường" if step < 4 else "Tim phổi bình thường",
            "xpert": "Phát hiện MTB - không kháng RIF",
        },
    )


_COURSES = {
    "bp": _pressure,
    "sugar": _sugar,
    "lung": _lung,
    "liver": _liver,
    "uric": _uric,
    "mood": _mood,
    "hiv": _hiv,
    "tb": _tb,
}
