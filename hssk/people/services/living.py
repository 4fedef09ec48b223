"""Where somebody lives now, or lived last: whose area they are of."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from hssk.people.models import Residence


@dataclass(frozen=True, slots=True)
class Homes:
    """The hamlets where somebody lives, or, who lives nowhere, lived last.

    now  whether they live there; whose they are is then not for lists and records of others to say
    """

    hamlets: frozenset[int]
    now: bool


def beside(stays: Iterable[Residence]) -> QuerySet[Residence]:
    """Everybody's stays now in the households of these stays, with the people, the merged away left
    out; by hamlets, for by those residences are found quickly.

    stays  those that have no household have nobody beside
    """
    homes = {(stay.hamlet_id, stay.household_id) for stay in stays if stay.household_id}
    return Residence.objects.filter(
        hamlet__in={hamlet for hamlet, _household in homes},
        household__in={household for _hamlet, household in homes}, until=None,
        person__same_as=None,
    ).select_related("person")  # fmt: skip


def homes_of(person: UUID) -> Homes:
    """The homes of a person and of whoever was merged into them.

    person  their root. Said as people/sql/places.sql says it to the database's own wall, and
            apart from it: each holds without the other
    """
    stays = Residence.objects.filter(person__root=person).values_list("until", "hamlet_id")
    ends = {until for until, _hamlet in stays}
    last = None if None in ends else max(ends, default=None)  # type: ignore[type-var]
    return Homes(frozenset(hamlet for until, hamlet in stays if until == last), None in ends)
