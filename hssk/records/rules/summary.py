"""What a record says at a glance: what to beware of, problems, medicines, doses, trends, visits.

Works on anything that has the fields of an entry; asks nothing of any database.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from hssk.kit.dates import PartialDate
from hssk.kit.text import fold
from hssk.records.rules.beware import warnings_of
from hssk.records.rules.encounter import in_rank
from hssk.records.rules.reading_codes import MEASURES, Measure, figures_of, is_unusual
from hssk.records.sections.item import FORM, NOTHING, code_of

# A medicine without an end is taken as current so long after it was last given out: a month's
# supply and some days (TT 26/2025/TT-BYT allows 30 to 90 days for long illnesses).
GIVEN_FOR = timedelta(days=45)
# For how many days it was given, where that is said ("1 viên/lần * 2 lần/ngày * 5 ngày", domain.md
# §3.4): a course ends with its last day, a supply for a long illness is taken some days longer.
FOR_DAYS = re.compile(r"[*x×]\s*(\d{1,3})\s*ngày", re.IGNORECASE)
LONG, LONGER = timedelta(days=28), timedelta(days=15)
TEXTS: dict[str, str] = {
    "allergy": "Dị ứng",
    "anticoagulant": "Đang dùng thuốc chống đông",
    "insulin": "Đang dùng insulin",
    "pregnant": "Đang mang thai",
}
PREGNANT = ("Z32.1", "Z33", "Z34", "Z35", "Z36", "O")
# what ends a pregnancy, among those that begin as they do: loss, birth with what is bled and left
# behind after it, childbed
ENDED = ("O0", "O72", "O73", "O8", "O90", "O91", "O92", "Z37", "Z39")
PREGNANT_FOR = timedelta(days=280)
LAST_PREGNANCY = code_of("reproductive", "last_pregnancy")  # of the form: "năm, hoặc đang có thai"
PREGNANT_NOW = r"(?<!không )(?<!chưa )đang (có|mang) (thai|bầu)"  # of Python and of PostgreSQL


@dataclass(frozen=True)
class Point:
    """One figure on one day."""

    on: date
    value: float
    unusual: bool


@dataclass(frozen=True)
class Trend:
    """A followed figure over time, the oldest first."""

    measure: Measure
    points: Sequence[Point]

    @property
    def last(self) -> Point:
        return self.points[-1]


@dataclass
class Visit:
    """One visit, with what belongs to it; `head` is its Encounter where that may be seen."""

    key: UUID | None
    on: date | None
    head: Any = None
    entries: list[Any] = field(default_factory=list)

    def of(self, *sections: str) -> list[Any]:
        """Its entries of these sections."""
        return [one for one in self.entries if one.section in sections]

    @property
    def illnesses(self) -> list[Any]:
        """Its illnesses, the main one first."""
        found = {one.entry: one for one in self.of("own_illnesses", "conclusion")}
        return [found[key] for key in in_rank(self.head.resource if self.head else {}, found)]


@dataclass(frozen=True)
class Problem:
    """An illness that was named: when first and last, and how often."""

    code: str
    name: str
    first: date | None
    last: date | None
    times: int
    system: str = ""


@dataclass(frozen=True)
class Summary:
    """Everything that the first screen of a record shows."""

    allergies: Sequence[Any]
    beware: Sequence[tuple[str, str]]  # (key of `TEXTS`, what tells it)
    problems: Sequence[Problem]
    medicines: Sequence[Any]
    doses: Sequence[Any]
    trends: Sequence[Trend]
    years: Sequence[tuple[int | None, Sequence[Visit]]]
    documents: Sequence[Any]
    history: Sequence[Any]


_NOTE = "XML5"  # a note of one moment of a stay: read with its visit
_HISTORY = ("birth", "risk_factors", "disability", "surgery", "family_history", "reproductive",
            "other_problems")  # fmt: skip


def summarise(entries: Iterable[Any], on: date) -> Summary:
    """The record of one person as it stands on `on`, out of the entries that the reader may see."""
    listed = sorted(entries, key=lambda one: (one.on or date.min, one.id))
    by_section: dict[str, list[Any]] = {}
    for one in listed:
        by_section.setdefault(one.section, []).append(one)
    medicines = _current(by_section.get("medicines", []), on)
    illnesses = by_section.get("own_illnesses", []) + by_section.get("conclusion", [])
    told = [one for one in by_section.get("reproductive", []) if _says_pregnant(one)]
    return Summary(
        allergies=_of_kind(by_section.get("allergies", []), "AllergyIntolerance"),
        beware=[*_beware(medicines), *_pregnant([*illnesses, *told], on)],
        problems=_problems(_of_kind(illnesses, "Condition")),
        medicines=medicines,
        doses=_of_kind(by_section.get("immunisation", []), "Immunization"),
        trends=_trends(listed),
        years=_years(listed),
        documents=[one for one in reversed(by_section.get("documents", [])) if one.code != _NOTE],
        history=[
            *(one for section in _HISTORY for one in by_section.get(section, [])),
            *_of_kind(by_section.get("immunisation", []), "Observation"),
        ],
    )


def _of_kind(entries: list[Any], kind: str) -> list[Any]:
    """Without what only says that somebody asked and there is nothing."""
    return [one for one in entries if one.kind == kind]


def _current(medicines: list[Any], on: date) -> list[Any]:
    """What is taken now, each by its name once, the latest."""
    latest: dict[str, Any] = {}
    for one in medicines:
        if one.on is not None and one.on <= on < (one.until or one.on + _given_for(one)):
            latest[fold(one.display)] = one
    return sorted(latest.values(), key=lambda one: one.display)


def _given_for(one: Any) -> timedelta:
    """How long a medicine is taken from the day it was given out on."""
    texts = (one.display, *(part.get("text", "") for part in one.resource.get("dosage") or ()))
    said = [int(days) for text in texts for days in FOR_DAYS.findall(text)]
    if not said:
        return GIVEN_FOR
    longest = timedelta(max(said))
    return longest if longest < LONG else longest + LONGER


def _beware(medicines: Iterable[Any]) -> list[tuple[str, str]]:
    return [
        (word, one.display) for one in medicines for word in warnings_of(one.resource, one.display)
    ]


def _pregnant(illnesses: Iterable[Any], on: date) -> list[tuple[str, str]]:
    """A pregnancy that was named within nine months, unless what ended one was named after it or on
    the same day: with a birth stand complications of the pregnancy that it ended."""
    found: list[tuple[str, str]] = []
    ended = date.min
    for one in sorted((one for one in illnesses if one.on), key=lambda one: (one.on, one.id)):
        if not one.on <= on < one.on + PREGNANT_FOR:
            continue
        if one.code.startswith(ENDED):
            found, ended = [], one.on
        elif (one.code.startswith(PREGNANT) or _says_pregnant(one)) and one.on > ended:
            found = [("pregnant", one.resource.get("valueString") or one.display)]
    return found


def _says_pregnant(one: Any) -> bool:
    """Whether an answer of the form says that a child is expected, in the words it asks for."""
    if one.system != FORM or one.code != LAST_PREGNANCY:
        return False
    return bool(re.search(PREGNANT_NOW, one.resource.get("valueString", "").lower()))


def _problems(illnesses: Iterable[Any]) -> list[Problem]:
    """Each illness once, the latest first."""
    named: dict[str, list[Any]] = {}
    for one in illnesses:
        named.setdefault(one.code or fold(one.display), []).append(one)
    problems = [
        Problem(_shown_code(group[-1]), group[-1].display, group[0].on, group[-1].on, len(group),
                group[-1].system)
        for group in named.values()
    ]  # fmt: skip
    return sorted(problems, key=lambda one: one.last or date.min, reverse=True)


def _shown_code(one: Any) -> str:
    """The code of an illness that means something to a reader: not that of a box of our form."""
    return "" if one.system == FORM else one.code


def _trends(entries: Iterable[Any]) -> list[Trend]:
    points: dict[str, dict[date, Point]] = {}
    for one in entries:
        if one.kind == "Observation" and one.on is not None:
            for measure, value in figures_of(one.resource):
                point = Point(one.on, value, is_unusual(measure, value))
                points.setdefault(measure.key, {})[one.on] = point
    return [
        Trend(measure, list(points[measure.key].values()))
        for measure in MEASURES
        if measure.key in points
    ]


def _years(entries: Iterable[Any]) -> list[tuple[int | None, list[Visit]]]:
    """What happened, by year, the latest first. Doses and other single facts are lines too."""
    visits: dict[UUID, Visit] = {}
    for one in entries:
        if one.section in ("administrative", "allergies", *_HISTORY) or _is_nothing(one):
            continue
        if one.section == "immunisation" and one.kind != "Immunization":
            continue  # what is to come has not happened; what the mother had happened to her
        key = one.visit or one.entry
        visit = visits.setdefault(key, Visit(one.visit, one.on))
        visit.entries.append(one)
        if one.kind == "Encounter":
            visit.head, visit.on = one, one.on
    years: dict[int | None, list[Visit]] = {}
    latest = reversed(visits.values())  # of one day too: sorting leaves those as they stand
    for visit in sorted(latest, key=lambda one: one.on or date.min, reverse=True):
        years.setdefault(visit.on.year if visit.on else None, []).append(visit)
    return list(years.items())


def _is_nothing(one: Any) -> bool:
    """Whether an entry says only that a section was asked, and there was nothing."""
    return one.system == FORM and one.code.endswith(f".{NOTHING}")


def day_of(one: Any) -> PartialDate | None:
    """The day of an entry as far as it is known."""
    return PartialDate(one.on, one.precision or "D") if one.on else None
