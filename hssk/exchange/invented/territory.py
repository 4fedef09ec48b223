"""Where the invented people live: communes with their real codes, hamlets with invented names."""

from dataclasses import dataclass

import numpy as np

from .communes import CITY, PROVINCE


def _words(text: str) -> list[str]:
    return text.split()


PEOPLE_A_COMMUNE = 6_500
PEOPLE_A_HAMLET = 420
_FIRST_WORDS = _words(
    "Nậm Tả Sin Lùng Phan Suối Nà Huổi Pa Pắc Hoi Gia Thèn Căn Trung Mường Sì Khun Lao Xéo"
)
_LAST_WORDS = _words(
    "Loỏng Khâu Chải Thàng Lìn Thầu Than Câu Giàng Cụm Pục Mon Ngài Đích Hón Sáng Phìn Tủng"
    " Cang Hồ Khoang Sắng Ún Mạ Luông Khằm Đông Pảng Tìa Sa"
)


@dataclass(frozen=True)
class Hamlet:
    """One hamlet: index of its commune, its name, and other ways clerks write it."""

    commune: int
    name: str
    variants: tuple[str, ...]


def choose_communes(people: int, given: list[tuple[str, str]] | None) -> list[tuple[str, str]]:
    """(code, name) of the communes for so many people.

    The given ones, else those of the city up to 60,000, else the province's and beyond them
    invented ones, whose codes start with 99 and exist nowhere.
    """
    if given is not None:
        if not given:
            raise ValueError("at least one commune is needed")
        return list(given)
    if people <= 60_000:
        return CITY[: max(1, min(len(CITY), people // 100))]
    wanted = max(len(CITY), people // PEOPLE_A_COMMUNE)
    communes = (CITY + PROVINCE)[:wanted]
    for number in range(wanted - len(communes)):
        first = _FIRST_WORDS[number % len(_FIRST_WORDS)]
        last = _LAST_WORDS[number // len(_FIRST_WORDS) % len(_LAST_WORDS)]
        communes.append((f"{99001 + number}", f"Xã {first} {last}"))
    return communes


def is_urban(commune_name: str) -> bool:
    return commune_name.startswith(("Phường", "Thị trấn"))


def name_hamlets(
    communes: list[tuple[str, str]], counts: np.ndarray, rng: np.random.Generator
) -> list[Hamlet]:
    """`counts[c]` hamlets for commune c: tổ dân phố in towns, with a bản at their edge."""
    hamlets: list[Hamlet] = []
    for commune, (_, commune_name) in enumerate(communes):
        urban_count = 0
        if is_urban(commune_name):
            urban_count = int(counts[commune]) - int(counts[commune]) // 6
        hamlets += [_neighbourhood(commune, number + 1) for number in range(urban_count)]
        hamlets += _villages(commune, int(counts[commune]) - urban_count, rng)
    return hamlets


def _neighbourhood(commune: int, number: int) -> Hamlet:
    return Hamlet(
        commune,
        f"Tổ dân phố số {number}",
        (
            f"TDP {number}",
            f"Tổ {number}",
            f"TDP số {number}",
            f"Tổ dân phố {number}",
            f"TỔ {number}",
        ),
    )


def _villages(commune: int, count: int, rng: np.random.Generator) -> list[Hamlet]:
    combinations = len(_FIRST_WORDS) * len(_LAST_WORDS)
    villages: list[Hamlet] = []
    for place in rng.permutation(combinations)[:count].tolist():
        base = f"{_FIRST_WORDS[place // len(_LAST_WORDS)]} {_LAST_WORDS[place % len(_LAST_WORDS)]}"
        # a village that was split keeps its name with a number: Nậm Loỏng 1, Nậm Loỏng 2
        names = [f"{base} 1", f"{base} 2"] if place % 6 == 0 else [base]
        villages += [
            Hamlet(
                commune, f"Bản {name}", (f"bản {name}", name, f"B. {name}", f"BẢN {name.upper()}")
            )
            for name in names
        ]
    while len(villages) < count:
        villages.append(Hamlet(commune, f"Bản {len(villages) + 1}", (f"bản {len(villages) + 1}",)))
    return villages[:count]
