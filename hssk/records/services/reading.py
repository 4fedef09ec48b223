"""Entries are read: through the root of the person, so that a merge moves nothing."""

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q

from hssk.access.models import User
from hssk.people.models import Person
from hssk.people.services import keys_of
from hssk.records.models import Entry, EntryQuerySet
from hssk.records.rules.sections import Tier


class Read(NamedTuple):
    """What a page reads of an entry, by the names of its fields: a record has hundreds, and a
    model instance of each costs as much as the page."""

    id: int
    entry: UUID
    person: UUID
    section: str
    kind: str
    on: date | None
    precision: str
    until: date | None
    system: str
    code: str
    display: str
    facility: str
    visit: UUID | None
    tier: int
    withdrawn: bool
    resource: dict[str, Any]


def read(entries: EntryQuerySet) -> list[Read]:
    """Entries as a page reads them."""
    return list(map(Read._make, entries.values_list(*Read._fields)))


def about(person: Person | UUID) -> EntryQuerySet:
    """Every version of every entry about a human being, whichever row of theirs it was filed under.

    person   any row of them, or its key; asked on, say with `.current()`
    """
    keys = person.keys if isinstance(person, Person) else keys_of(person)
    return Entry.objects.filter(person__in=keys)


def sight(user: User, *, by_care: bool) -> Q:
    """Which entries about somebody of theirs `user` may read: our own rule, before the database's.

    by_care  whether care opens the person, besides the area
    """
    far = Tier.ROUTINE if by_care else Tier.PREVENTIVE
    return Q(tier__lte=far) | Q(author=user)
