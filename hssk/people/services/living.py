"""Where somebody lives now, or lived last: whose area they are of."""

from dataclasses import dataclass
from uuid import UUID

from hssk.people.models import Residence


@dataclass(frozen=True, slots=True)
class Homes:
    """The hamlets where somebody lives, or, who lives nowhere, lived last.

    now  whether they live there; whose they are is then not for lists and records of others to say
    """

    hamlets: frozenset[int]
    now: bool


def homes_of(person: UUID) -> Homes:
    """The homes of a person and of whoever was merged into them.

    person  their root. Said as people/sql/places.sql says it to the database's own wall, and
            apart from it: each holds without the other
    """
    stays = Residence.objects.filter(person__root=person).values_list("until", "hamlet_id")
    ends = {until for until, _hamlet in stays}
    last = None if None in ends else max(ends, default=None)  # type: ignore[type-var]
    return Homes(frozenset(hamlet for until, hamlet in stays if until == last), None in ends)
