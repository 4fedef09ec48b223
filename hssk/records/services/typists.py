"""Who wrote in a record."""

from datetime import date
from uuid import UUID

from hssk.records.services.reading import about
from hssk.records.services.relabelling import GROWN


def typists_of(person: UUID, day: date) -> set[int]:
    """The keys of users who on `day` typed, corrected or withdrew anything in the record of a human
    being, whichever row of theirs it stands under; nobody for what files brought, or what was
    labelled anew.

    Asked inside an act: what whoever asks may not see counts too.
    """
    typed = about(person).filter(author__isnull=False, recorded_at__date=day)
    return set(typed.exclude(why=GROWN).values_list("author", flat=True))
