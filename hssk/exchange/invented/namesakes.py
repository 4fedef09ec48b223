"""Namesakes next door: two people of one hamlet, one name, one year of birth."""

import numpy as np

_SHARE = 0.004
_SAME_DAY = 0.25
_TRIES = 12
_REACH = 150  # neighbours in the list


def plant_namesakes(
    name: list[str],
    birth: np.ndarray,
    hamlet: np.ndarray,
    sex: np.ndarray,
    rng: np.random.Generator,
) -> None:
    """Give some people the whole name and birth year of a neighbour, in place.

    Only where surname and sex agree and the years lie within three of each other, so that
    families stay plausible; a sibling's name is never taken, for parents do not do that.
    """
    count = len(name)
    if count <= 2 * _REACH:
        return
    latest = int(birth.max())
    wanted = rng.permutation(count)[: int(count * _SHARE)]
    steps = rng.integers(12, _REACH, (len(wanted), _TRIES)).tolist()
    same_day = (rng.random(len(wanted)) < _SAME_DAY).tolist()
    for person, tries, one_day in zip(wanted.tolist(), steps, same_day, strict=True):
        for step in tries:
            other = (person + step) % count
            if (
                hamlet[other] == hamlet[person]
                and sex[other] == sex[person]
                and abs(int(birth[other]) - int(birth[person])) < 35_000
                and name[other].split(" ", 1)[0] == name[person].split(" ", 1)[0]
            ):
                name[person] = name[other]
                birth[person] = (
                    birth[other] if one_day else _in_year_of(birth, person, other, latest)
                )
                break


def _in_year_of(birth: np.ndarray, person: int, other: int, latest: int) -> int:
    """The person's own day in the other's year; never a 29 February, never beyond the last day."""
    day = int(birth[person]) % 10000
    return min(int(birth[other]) // 10000 * 10000 + (228 if day == 229 else day), latest)
