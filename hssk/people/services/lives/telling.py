"""What acts by hand tell of somebody, for their own page."""

from dataclasses import dataclass
from uuid import UUID

from hssk.people.models import Amendment, Birth, Death, Person, Stranger
from hssk.people.services.identity import keys_of


@dataclass(frozen=True)
class Told:
    """The acts about somebody, as whoever asks may see them.

    birth, mother  of the person; `mother` None where whoever asks may not see her
    children       with the births by which they are hers, the youngest first
    death          the one that stands; `taken_back` those that were, the latest first
    strangers      how they were written down, where they had no papers
    """

    birth: Birth | None
    mother: Person | None
    children: list[tuple[Birth, Person]]
    death: Death | None
    taken_back: list[Death]
    amendments: list[Amendment]
    strangers: list[Stranger]


def told_of(person: UUID) -> Told:
    """What births, names and deaths were written down of a human being."""
    keys = keys_of(person)
    birth = Birth.objects.filter(child__in=keys).select_related("by").first()
    deaths = Death.objects.filter(person__in=keys).select_related("by", "withdrawn_by")
    standing = [death for death in deaths if death.withdrawn_at is None]
    return Told(
        birth=birth,
        mother=_root_of(birth.mother) if birth else None,
        children=_children(keys),
        death=standing[0] if standing else None,
        taken_back=list(deaths.exclude(withdrawn_at=None).order_by("-withdrawn_at")),
        amendments=list(
            Amendment.objects.filter(person__in=keys).select_related("by").order_by("-at", "-id")
        ),
        strangers=list(
            Stranger.objects.filter(person__in=keys).select_related("by", "told_by").order_by("at")
        ),
    )


def _children(keys: list[UUID]) -> list[tuple[Birth, Person]]:
    births = Birth.objects.filter(mother__in=keys).order_by("-on", "act", "nth")
    found = ((birth, _root_of(birth.child)) for birth in births)
    return [(birth, child) for birth, child in found if child is not None]


def _root_of(person: UUID) -> Person | None:
    root = Person.objects.filter(pk=person).values("root")
    return Person.objects.filter(pk__in=root).first()
