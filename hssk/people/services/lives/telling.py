"""What acts by hand tell of somebody, for their own page."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from hssk.people.models import Amendment, Birth, Death, Merge, Person, Stranger
from hssk.people.services.lives.known import said_to_be


@dataclass(frozen=True)
class Told:
    """The acts about somebody, as whoever asks may see them.

    birth, mother  of the person; `mother` None where whoever asks may not see her
    children       with the births by which they are hers, the youngest first
    death          the one that stands; `taken_back` those that were, the latest first
    strangers      how they were written down, where they had no papers
    known          the acts by which a hand said of them that they are this human being
    """

    birth: Birth | None
    mother: Person | None
    children: list[tuple[Birth, Person]]
    death: Death | None
    taken_back: list[Death]
    amendments: list[Amendment]
    strangers: list[Stranger]
    known: list[Merge]


def told_of(person: UUID) -> Told:
    """What births, names and deaths were written down of a human being.

    person  their root; few questions, for most people there is nothing to tell
    """
    mine = Person.objects.filter(root=person).values("pk")
    births = Birth.objects.filter(Q(child__in=mine) | Q(mother__in=mine)).select_related("by")
    found = list(births.order_by("-on", "act", "nth"))
    keys = set(mine.values_list("pk", flat=True)) if found else set()
    birth = next((one for one in found if one.child in keys), None)
    deaths = list(
        Death.objects.filter(person__in=mine).select_related("by", "withdrawn_by").order_by("-at")
    )
    strangers = list(
        Stranger.objects.filter(person__in=mine).select_related("by", "told_by").order_by("at")
    )
    typed = birth is not None or bool(strangers)
    amendments = Amendment.objects.filter(person__in=mine).select_related("by")
    return Told(
        birth=birth,
        mother=_root_of(birth.mother) if birth else None,
        children=_children([one for one in found if one.mother in keys]),
        death=next((death for death in deaths if death.withdrawn_at is None), None),
        taken_back=[death for death in deaths if death.withdrawn_at is not None],
        amendments=list(amendments.order_by("-at", "-id")) if typed else [],
        strangers=strangers,
        known=list(said_to_be(person)) if typed else [],
    )


def _children(births: list[Birth]) -> list[tuple[Birth, Person]]:
    found = ((birth, _root_of(birth.child)) for birth in births)
    return [(birth, child) for birth, child in found if child is not None]


def _root_of(person: UUID) -> Person | None:
    root = Person.objects.filter(pk=person).values("root")
    return Person.objects.filter(pk__in=root).first()
