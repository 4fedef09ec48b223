"""Entries are read: through the root of the person, so that a merge moves nothing."""

from uuid import UUID

from hssk.people.services import keys_of
from hssk.records.models import Entry, EntryQuerySet


def about(person: UUID) -> EntryQuerySet:
    """Every version of every entry about a human being, whichever row of theirs it was filed under.

    person   the key of any row of them; asked on, say with `.current()`
    """
    return Entry.objects.filter(person__in=keys_of(person))
