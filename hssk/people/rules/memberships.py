"""Who belongs to an organisation from when to when, as its lists say it one after the other.

A list names its members on a day. A whole list says besides that whoever is not on it belongs no
more; a part of one says nothing of others. What follows from the lists is worked out from all of
them each time, in the order of their days: so a list that comes late, or is taken back, leaves
what there would be had it come in time, or never.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class MemberList:
    """What one list says.

    key      by which it is known; of two lists of one day the greater came later
    members  root of a person → the row that names them
    """

    key: int
    on: date
    whole: bool
    members: Mapping[UUID, int]


@dataclass(frozen=True)
class Spell:
    """That somebody is a member from `since` until the day before `until` (None: still is).

    source, row  the list and the row that say so first; ended_by  the list that says so no more
    """

    person: UUID
    since: date
    until: date | None
    source: int
    row: int
    ended_by: int | None = None


def spells(lists: Iterable[MemberList]) -> list[Spell]:
    """The memberships that follow from these lists, by day and person. None for none.

    Whoever is named again after an end is a member anew; one that would end on the day on which it
    began never was.
    """
    open_: dict[UUID, Spell] = {}
    closed: list[Spell] = []
    for said in sorted(lists, key=lambda one: (one.on, one.key)):
        if said.whole:
            for person in [one for one in open_ if one not in said.members]:
                begun = open_.pop(person)
                if begun.since < said.on:
                    closed.append(_ended(begun, said))
        for person, row in said.members.items():
            open_.setdefault(person, Spell(person, said.on, None, said.key, row))
    return sorted([*closed, *open_.values()], key=lambda one: (one.since, one.person))


def _ended(begun: Spell, by: MemberList) -> Spell:
    return Spell(begun.person, begun.since, by.on, begun.source, begun.row, by.key)
