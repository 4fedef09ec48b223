"""Sensitive labels: given by a table of codes and words, closed over the whole visit.

Source: protection.md §1.3; domain.md §8.2. The table is `records/codes/sensitive.csv`, a source in
each line; labels are codes of HL7 v3-ActCode (HIV, PSY, SUD, SEX, SDV, GDIS).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from hssk.kit.text import fold
from hssk.records.rules.tables import lines_of

CONFIDENTIALITY = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality"
ACT_CODE = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
ICD, DRUG, TEST, SERVICE, PLACE, DEPARTMENT, TABLE_OF_CLAIM, ANY, NOTE = (
    "icd", "drug", "test", "service", "place", "department", "table", "any", "note",
)  # fmt: skip
# kind of text → lines of the table that count in it, besides those of its own kind and of ANY: a
# bill names tests as services, who writes a note or a letter names medicines in it, and where a
# department has no code of the list it goes by its name
_ALSO = {SERVICE: (TEST,), NOTE: (DRUG,), DEPARTMENT: (PLACE,)}
_CODE = re.compile(r"\b([A-Z]\d\d)\s?\.?(\d{1,2})?(?!\d)")
_LONG = 200  # letters: longer texts come once, and would fill the memory


@dataclass(frozen=True)
class Line:
    """One line of the table: what it matches (ICD: a code or a range; else whole words)."""

    label: str
    kind: str
    match: str
    since: str
    source: str


@cache
def lines() -> tuple[Line, ...]:
    """The table, in its order."""
    return tuple(Line(**line) for line in lines_of("sensitive.csv"))


@cache
def _ranges() -> tuple[tuple[str, str, str], ...]:
    """(first, last, label) of every line of codes; `last` is open to what is below it."""
    found = []
    for line in lines():
        if line.kind == ICD:
            first, _, last = line.match.partition("-")
            found.append((first, (last or first) + "~", line.label))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Words:
    """What counts in texts of one kind: one expression for all of it, with what each of it begins,
    and what each of it labels."""

    pattern: re.Pattern[str]
    beginnings: frozenset[str]
    labels: dict[str, frozenset[str]]

    def labels_in(self, text: str) -> frozenset[str]:
        """The labels of a folded text. Mostly no word of it begins anything: then the expression,
        which tries all that it knows at each of them, need not look."""
        words = re.findall(r"[a-z0-9]+", text)
        if self.beginnings.isdisjoint(words):
            return frozenset()
        found = self.pattern.findall(" ".join(words))
        return frozenset().union(*map(self.labels.__getitem__, found))


@cache
def _words(kind: str) -> _Words | None:
    """All words that count in texts of `kind`; None where none do."""
    labels: dict[str, set[str]] = {}
    for line in lines():
        if line.kind in (kind, ANY, *_ALSO.get(kind, ())):
            labels.setdefault(line.match, set()).add(line.label)
    if not labels:
        return None
    longest_first = sorted(labels, key=len, reverse=True)
    # a substance is often written with a letter more, and words of Vietnamese never grow together
    inner = "|".join(map(re.escape, longest_first))
    return _Words(
        re.compile(rf"\b({inner})e?\b"),
        frozenset(word.partition(" ")[0] + more for word in labels for more in ("", "e")),
        {word: frozenset(of) for word, of in labels.items()},
    )


def labels_of(kind: str, text: str) -> frozenset[str]:
    """The labels of one code or text; empty for what tells nothing.

    kind  ICD for a code (`B20.1`, `B201`, `B20.1†`), TABLE_OF_CLAIM for `XML6`, else the kind
          of thing that the text names: DRUG, TEST, SERVICE, PLACE, DEPARTMENT for a code or a
          name of one, NOTE for a letter or a note, or ANY
    """
    return _judged(kind, text) if len(text) > _LONG else _known(kind, text)


@lru_cache(maxsize=20_000)
def _known(kind: str, text: str) -> frozenset[str]:
    return _judged(kind, text)


def _judged(kind: str, text: str) -> frozenset[str]:
    if kind == ICD:
        return _of_codes(text)
    if kind == TABLE_OF_CLAIM:
        return frozenset(line.label for line in lines() if line.kind == kind and line.match == text)
    known = _words(kind)
    return known.labels_in(fold(text).lower()) if known and text else frozenset()


def _of_codes(text: str) -> frozenset[str]:
    """Of every code that stands in a text, however they are parted."""
    codes = (f"{one[1]}.{one[2]}" if one[2] else one[1] for one in _CODE.finditer(text.upper()))
    return frozenset(
        label for code in codes for first, last, label in _ranges() if first <= code <= last
    )


def closed(said: Iterable[tuple[str, str]]) -> frozenset[str]:
    """The labels of a whole visit: what any of its (kind, text) tells, all of it is."""
    found: set[str] = set()
    for kind, text in said:
        found |= labels_of(kind, text)
    return frozenset(found)


def security_of(labels: Iterable[str]) -> list[dict[str, str]]:
    """`meta.security` of a labelled resource: restricted, and why; empty without labels."""
    codes = sorted(labels)
    if not codes:
        return []
    return [
        {"system": CONFIDENTIALITY, "code": "R"},
        *({"system": ACT_CODE, "code": code} for code in codes),
    ]
