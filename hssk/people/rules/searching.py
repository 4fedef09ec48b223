"""What somebody types to find a person: words of a name, a year of birth, part of a number."""

import re
from dataclasses import dataclass

from hssk.kit.text import fold

_YEAR = re.compile(r"(?:18|19|20)\d\d")
_DAY = re.compile(r"\d{1,2}[/.\-]\d{1,2}[/.\-](\d{4})")
# "H'Len" and "Y Bhăm", folded, however the letter of sex is written; and clans such as K'Đăm
_LETTERED = re.compile(
    r"\b([hky])(?:['. -]+(?=[a-z])|(?=[bcdfgjklmnpqrstvwxz]|y[a-z])(?<!k(?=h)))"
    r"|^(a)['. -]+(?=[a-z])"
)
_WAYS = ("'", " ", "", "-", "' ")
FEWEST_DIGITS = 4  # a shorter part of a number means thousands of people


@dataclass(frozen=True)
class Asked:
    """words as they are compared (folded), and as they were typed, with their marks."""

    words: tuple[str, ...] = ()
    typed: tuple[str, ...] = ()
    born: int | None = None
    number: str = ""

    @property
    def is_anything(self) -> bool:
        """Whether anybody can be found by it: a year alone means thousands of people."""
        return bool(self.words or self.number)


def understood(text: str) -> Asked:
    """`Mỷ giang 1970`, `giang thi my 6/5/1970`, `012170000002`: what of it is what.

    Order does not count. A year is four digits that can be one; a longer run is how a number begins
    or ends, and so are four digits alone; a shorter one is left out.
    """
    words, typed, born, number = [], [], None, ""
    for part in text.split():
        day, digits = _DAY.fullmatch(part), re.sub(r"\D", "", part)
        if day or _YEAR.fullmatch(part):
            born = int(day[1] if day else part)
        elif len(digits) >= FEWEST_DIGITS:
            number = re.sub(r"[^0-9A-Za-z]", "", part).upper()
        elif folded := _no_sign(fold(part)):
            words.append(folded)
            typed.append(part.lower())
    if born and not words and not number and _YEAR.fullmatch(text.strip()):
        born, number = None, text.strip()
    return Asked(tuple(dict.fromkeys(words)), tuple(dict.fromkeys(typed)), born, number)


def _no_sign(word: str) -> str:
    """A folded word with its letters, and the apostrophe or hyphen between or behind them."""
    kept = re.sub(r"[^a-z'-]", "", word).lstrip("'-").rstrip("-")
    return kept if len(kept) == 2 else kept.rstrip("'")


def ways(text: str) -> list[str]:
    """`text`, and how else the names in it that have a letter of sex may have been taken down:
    "h len eban" is "h'len eban" and "hlen eban". Most texts have one way."""
    folded = fold(text)
    if not _LETTERED.search(folded):
        return [text]
    others = [_LETTERED.sub(rf"\1\2{way}", folded) for way in _WAYS]
    return list(dict.fromkeys([text, *others]))


def nearness(name: str, asked: Asked) -> tuple[bool, bool, int]:
    """Sorts names that were found: those that have the very marks that were typed come first, then
    those with the words in that order, then the shortest."""
    said = name.lower().split()
    in_order = " ".join(asked.words) in fold(name).lower()
    return not all(word in said for word in asked.typed), not in_order, len(said)
