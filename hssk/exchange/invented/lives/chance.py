"""Chance that is the same for the same person, whoever else is asked about."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from random import Random


def dice(*parts: object) -> Random:
    """Dice of their own for what the parts name: a seed, a person, a year, a purpose."""
    return Random("/".join(map(str, parts)))


def poisson(mean: float, rng: Random) -> int:
    """How often something happens that happens `mean` times on average; 0 for a mean of 0."""
    count, product, limit = 0, rng.random(), 2.718281828459045**-mean
    while product > limit and count < 60:
        count += 1
        product *= rng.random()
    return count


def at_hour(day: date, rng: Random, first: float = 7.0, last: float = 16.5) -> datetime:
    """A moment of the day between two hours."""
    minutes = int(60 * (first + (last - first) * rng.random()))
    return datetime.combine(day, time()) + timedelta(minutes=minutes)


def along(curve: tuple[tuple[float, float], ...], at: float) -> float:
    """The curve's value, straight between its points, level beyond its ends."""
    if at <= curve[0][0]:
        return curve[0][1]
    for (left, low), (right, high) in pairwise(curve):
        if at <= right:
            return low + (high - low) * (at - left) / (right - left)
    return curve[-1][1]


def where_reaches(curve: tuple[tuple[float, float], ...], value: float) -> float | None:
    """The first place where a rising curve reaches the value, None where it never does."""
    for (left, low), (right, high) in pairwise(curve):
        if low < value <= high:
            return left + (right - left) * (value - low) / (high - low)
    return None
