"""Finding a disease by words without marks, by code, or by what people call it every day."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from hssk.kit.text import fold
from hssk.records.rules.icd10 import Disease, Edition, normal_code
from hssk.records.rules.tables import lines_of

MOST = 12


def _words(text: str) -> list[str]:
    return "".join(letter if letter.isalnum() else " " for letter in fold(text).lower()).split()


@cache
def everyday() -> dict[str, str]:
    """What people call a disease (folded) → its code; our own list, in the order of the file."""
    return {" ".join(_words(line["said"])): line["code"] for line in lines_of("everyday.csv")}


@dataclass(frozen=True, slots=True)
class _Line:
    disease: Disease
    words: tuple[str, ...]
    said: str


class Search:
    """Searches one edition. Building it takes half a second, once; a search a millisecond for most
    words, and tens of them for a single letter."""

    def __init__(self, edition: Edition) -> None:
        aliases: dict[str, list[str]] = {}
        for said, code in everyday().items():
            aliases.setdefault(code, []).append(said)
        self.diseases = edition.diseases
        self.lines = [
            _Line(one, tuple(_words(one.name)), " ".join(_words(one.name)))
            for one in edition.diseases.values()
        ]
        places: dict[str, set[int]] = {}
        for at, line in enumerate(self.lines):
            for word in (*line.words, *" ".join(aliases.get(line.disease.code, ())).split()):
                places.setdefault(word, set()).add(at)
        self.words = sorted(places)
        self.places = places

    def find(self, text: str, most: int = MOST) -> list[Disease]:
        """The best matches first; empty for nothing.

        A code (`J18`, `j189`) finds itself and what is below it; words find names in which each of
        them begins a word, in any order; an everyday name finds its code first.
        """
        asked = _words(text)
        if not asked:
            return []
        found = self._by_code(text)
        phrase = " ".join(asked)
        named = self.diseases.get(everyday().get(phrase, ""))
        if named and named not in found:
            found.append(named)
        ranked = sorted(self._by_words(asked), key=lambda at: self._rank(at, phrase, asked))
        found += [one for at in ranked if (one := self.lines[at].disease) not in found]
        return found[:most]

    def is_named(self, text: str, disease: Disease) -> bool:
        """Whether `text` is what a disease is called: its own name, or an everyday one."""
        phrase = " ".join(_words(text))
        return phrase == " ".join(_words(disease.name)) or everyday().get(phrase) == disease.code

    def _by_code(self, text: str) -> list[Disease]:
        code = normal_code(text)
        if not (len(code) > 1 and code[1:2].isdigit()):
            return []
        return [one for key, one in sorted(self.diseases.items()) if key.startswith(code)][:MOST]

    def _by_words(self, asked: Iterable[str]) -> set[int]:
        found: set[int] | None = None
        for word in sorted(asked, key=len, reverse=True):
            at = bisect_left(self.words, word)
            mine: set[int] = set()
            while at < len(self.words) and self.words[at].startswith(word):
                mine |= self.places[self.words[at]]
                at += 1
            found = mine if found is None else found & mine
            if not found:
                return set()
        return found or set()

    def _rank(self, at: int, phrase: str, asked: list[str]) -> tuple:
        """Nearest first: the name itself, its beginning, the words together, few words besides."""
        line = self.lines[at]
        whole = sum(word in line.words for word in asked)
        return (
            line.said != phrase, not line.said.startswith(phrase), phrase not in line.said,
            -whole, len(line.words), line.disease.code,
        )  # fmt: skip
