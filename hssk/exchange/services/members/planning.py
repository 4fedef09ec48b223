"""Plan: what a list of members would do now, row by row, and whose membership it would end.

Worked out at each look, from the lists that stand and the world as it is then.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from uuid import UUID

from hssk.access.models import User
from hssk.access.services import as_machine
from hssk.exchange.models import LinkDecision, MemberFile, MemberRow
from hssk.people.models import Membership
from hssk.people.rules.memberships import MemberList, Spell, spells
from hssk.people.services import roots_of
from hssk.places.models import Organisation

DOES, THERE, TWICE = "does", "there", "twice"
ASKS, NOBODY, WRONG = "asks", "nobody", "wrong"


@dataclass(frozen=True)
class Step:
    """What a row would do: `does` is one of the words above.

    person  the root of whom it is about, or may be about where it ASKS
    twice   the number of the row above that is about the same person
    """

    row: MemberRow
    does: str
    person: UUID | None = None
    twice: int = 0


@dataclass(frozen=True)
class Plan:
    """What a list would do.

    ending   the roots of those who belong now and are not on this whole list
    changes  how many memberships would be written or removed; 0 when it is as it should be
    digest   of all of it, by which one sees that it is not what was shown
    """

    steps: list[Step]
    ending: list[UUID] = field(default_factory=list)
    changes: int = 0
    digest: str = ""


def plan(file: MemberFile, *, by: User, today: date) -> Plan:
    """What a file would do if it were done now; of one that was done, what is left to do."""
    with as_machine(by, today):
        rows = list(file.rows.order_by("pk"))
        roots = roots_of(row.person for row in rows if row.person)
        standing = Membership.objects.filter(organisation=file.organisation)
        now = [_spell(one) for one in standing]
        then = spells(lists_of(file.organisation, file))
        current = roots_of(one.person for one in now)
    here = {current.get(one.person, one.person) for one in now if _in_force(one, file.on)}
    steps = _steps(rows, roots, here)
    ends = _open(now, current) - _open(then, {})
    changes = len(set(now) ^ set(then))
    return Plan(steps, sorted(ends), changes, _digest(steps, ends, changes))


def counts_of(steps: Iterable[Step]) -> Counter[str]:
    """How many rows do what."""
    return Counter(step.does for step in steps)


def lists_of(organisation: Organisation, *also: MemberFile) -> list[MemberList]:
    """What the lists of an organisation that were done say, and these besides; as the machine."""
    extra = {file.pk for file in also}
    every = MemberFile.objects.filter(organisation=organisation)
    files = [file for file in every if file.state == MemberFile.DONE or file.pk in extra]
    rows = MemberRow.objects.filter(file__in=files).exclude(person=None).order_by("pk")
    meant = [(row.file_id, row.pk, row.meant) for row in rows]
    roots = roots_of(person for _file, _row, person in meant if person)
    members: dict[int, dict[UUID, int]] = {file.pk: {} for file in files}
    for of, row, person in meant:
        if person in roots:
            members[of].setdefault(roots[person], row)
    return [MemberList(file.pk, file.on, file.whole, members[file.pk]) for file in files]


def _steps(rows: list[MemberRow], roots: dict[UUID, UUID], here: set[UUID]) -> list[Step]:
    met: dict[UUID, int] = {}
    steps = []
    for row in rows:
        person = roots.get(row.person) if row.person else None
        sure = person if row.meant is not None else None
        if row.fault is not None:
            steps.append(Step(row, WRONG))
        elif sure is not None and sure in met:
            steps.append(Step(row, TWICE, sure, met[sure]))
        elif sure is not None:
            met[sure] = row.number
            steps.append(Step(row, THERE if sure in here else DOES, sure))
        elif row.decision == LinkDecision.ASK and not row.said and person is not None:
            steps.append(Step(row, ASKS, person))
        else:
            steps.append(Step(row, NOBODY))
    return steps


def _spell(one: Membership) -> Spell:
    return Spell(one.person, one.since, one.until, one.source, one.row, one.ended_by)


def _in_force(one: Spell, on: date) -> bool:
    return one.since <= on and (one.until is None or one.until > on)


def _open(some: Iterable[Spell], roots: dict[UUID, UUID]) -> set[UUID]:
    return {roots.get(one.person, one.person) for one in some if one.until is None}


def _digest(steps: list[Step], ends: set[UUID], changes: int) -> str:
    said = [(s.row.pk, s.does, s.person) for s in steps], sorted(ends), changes
    return blake2b(repr(said).encode(), digest_size=12).hexdigest()
