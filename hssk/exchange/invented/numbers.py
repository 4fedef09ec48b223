"""Numbers that invented people carry. All are int64; 0 stands for none."""

import numpy as np

_ELSEWHERE = np.array(
    [1, 2, 10, 11, 14, 15, 17, 19, 25, 26, 30, 31, 33, 34, 35, 36, 37, 38, 40, 42], np.int64
)
HOME = 12
_PHONE_HEADS = np.array(
    [32, 33, 34, 35, 36, 37, 38, 39, 81, 82, 83, 84, 85, 86, 88, 91, 94, 96, 97, 98]
)


def redraw_until_unique(numbers: np.ndarray, span: int, rng: np.random.Generator) -> np.ndarray:
    """`numbers` with the last digits (below `span`) of repeated ones drawn anew. 0 may repeat."""
    while True:
        order = np.argsort(numbers, kind="stable")
        ordered = numbers[order]
        repeated = order[1:][(ordered[1:] == ordered[:-1]) & (ordered[1:] > 0)]
        if not len(repeated):
            return numbers
        numbers[repeated] += rng.integers(0, span, len(repeated)) - numbers[repeated] % span


def draw_pids(
    birth: np.ndarray, sex: np.ndarray, elsewhere: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """12-digit numbers: province of birth registration, century and sex, year, six digits.

    One in 300 carries another year than the birth date says. Source: NĐ 137/2015, domain.md 4.2.
    """
    count = len(birth)
    province = np.where(elsewhere, _ELSEWHERE[rng.integers(0, len(_ELSEWHERE), count)], HOME)
    year = birth // 10000 + (rng.random(count) < 1 / 300) * rng.integers(-1, 2, count)
    century_and_sex = (year // 100 - 19) * 2 + (sex == 2)
    head = (province * 10 + century_and_sex) * 100 + year % 100
    pids = head * 1_000_000 + rng.integers(0, 1_000_000, count)
    return redraw_until_unique(pids, 1_000_000, rng)


def draw_cmnds(birth: np.ndarray, elsewhere: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Old nine-digit cards of most who were 16 before they ended; 045 was the province's head."""
    count = len(birth)
    head = np.where(elsewhere, rng.integers(10, 300, count), 45)
    numbers = head * 1_000_000 + rng.integers(0, 1_000_000, count)
    holds = (birth < 20050000) & (rng.random(count) < 0.85)
    return redraw_until_unique(np.where(holds, numbers, 0), 1_000_000, rng)


def draw_bhxhs(count: int, elsewhere: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Ten-digit social-insurance numbers, unique."""
    province = np.where(elsewhere, _ELSEWHERE[rng.integers(1, len(_ELSEWHERE), count)], HOME)
    numbers = province * 100_000_000 + rng.integers(0, 100_000_000, count)
    return redraw_until_unique(numbers, 100_000_000, rng)


def draw_phones(count: int, rng: np.random.Generator) -> np.ndarray:
    """Nine digits that follow the leading 0."""
    heads = _PHONE_HEADS[rng.integers(0, len(_PHONE_HEADS), count)]
    return heads.astype(np.int64) * 10_000_000 + rng.integers(0, 10_000_000, count)


def change_digit(numbers: np.ndarray, digits: int, rng: np.random.Generator) -> np.ndarray:
    """`numbers` of so many digits with one of them, not the first three, replaced by another."""
    power = 10 ** rng.integers(0, digits - 3, len(numbers))
    old = numbers // power % 10
    return numbers + ((old + rng.integers(1, 10, len(numbers))) % 10 - old) * power
