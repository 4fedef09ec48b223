"""Whom the rows of a list of members are about: by the linkage of rosters, among the people of the
organisation's unit and nobody else. It makes nobody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from hssk.exchange.linkage import SAME, link
from hssk.exchange.models import LinkDecision
from hssk.exchange.services.area import Within, commune_meant
from hssk.exchange.services.knowing import ROSTER, Known, entries_of, known_in
from hssk.exchange.services.linking import WORDS
from hssk.exchange.services.receiving import Staged
from hssk.places import services as places
from hssk.places.models import Organisation


@dataclass(frozen=True, slots=True)
class Found:
    """Whom a row is about, as `models.MemberRow` keeps it; nobody for `LinkDecision.NEW`."""

    decision: str
    person: UUID | None = None
    score: float = 0.0
    evidence: dict[str, int] | None = None


def area_of_organisation(organisation: Organisation, today: date) -> Within:
    """The area in which members are looked for: the organisation's unit."""
    unit = organisation.unit
    return Within.of(places.hamlets_held(unit, today), [unit])


def find(rows: Sequence[Mapping[str, Any]], organisation: Organisation, today: date) -> list[Found]:
    """Whom each row is about; asked as the machine.

    rows  what was read from each, as `rules.facts_of` gives it
    """
    if not rows:
        return []
    names = places.UnitNames(organisation.unit, today)
    staged = [
        Staged(nth, b"", dict(facts), commune_meant(names.meant(text)) if text else None)
        for nth, facts in enumerate(rows)
        for text in [facts.get("unit", "")]
    ]
    known = known_in(area_of_organisation(organisation, today))
    links = link(known.entries, entries_of(staged, ROSTER, {}))
    levels = {name: column.tolist() for name, column in links.levels.items()}
    found = zip(
        links.decision.tolist(), links.person.tolist(), links.score.tolist(),
        links.against.tolist(), strict=True,
    )  # fmt: skip
    return [
        _found(known, each, {name: column[nth] for name, column in levels.items()})
        for nth, each in enumerate(found)
    ]


def _found(known: Known, said: tuple[int, int, float, int], levels: dict[str, int]) -> Found:
    """One row's; what only resembles another row of the same list is nobody of the register."""
    decision, person, score, against = said
    word = WORDS[decision]
    if word == LinkDecision.NEW or person >= len(known.people) or against >= len(known):
        return Found(LinkDecision.NEW)
    if decision == SAME and not known.entries.name[against]:
        word = LinkDecision.ASK  # somebody without a name is nobody's member for a birth date alone
    return Found(word, known.people[person], score, levels)
