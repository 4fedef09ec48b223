"""Find people by what somebody typed, among those whom they may see and nobody else."""

from uuid import UUID

from django.db import connection

from hssk.people.models import Person, Residence
from hssk.people.rules.relations import HEAD, relation_code
from hssk.people.rules.searching import Asked, nearness, understood, ways
from hssk.people.services.living import beside

MOST = 50


def search(text: str, most: int = MOST) -> tuple[list[Person], bool]:
    """The people meant by `text`, the nearest first, and whether there are more of them.

    Asked in the scope of whoever searches: others are not found, as if they were not there.
    """
    asked = understood(text)
    if not asked.is_anything:
        return [], False
    found = list(dict.fromkeys(key for way in ways(text) for key in _found(understood(way), most)))
    people = Person.objects.in_bulk(found[:most])
    listed = [people[key] for key in found[:most] if key in people]
    return sorted(listed, key=lambda one: nearness(one.name, asked)), len(found) > most


def _found(asked: Asked, most: int) -> list[UUID]:
    """The roots of the people whose names are written so: one more than `most`, at the most."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person FROM people_search(%s, %s, %s, %s)",
            [list(asked.words), asked.born, asked.number, most + 1],
        )
        return [person for (person,) in cursor.fetchall()]


def households_of(heads: list[Person]) -> dict[UUID, list[Person]]:
    """Head → who else lives in the household that they are the head of now, by name.

    Whoever is remembered as "of the household of …" is found by the name of its head.
    """
    roots = {one.root: one for one in heads}
    stays = Residence.objects.filter(person__root__in=roots, until=None, household__isnull=False)
    heads_of = [
        stay for stay in stays.select_related("person") if relation_code(stay.relation) == HEAD
    ]
    led = {stay.household_id: roots[stay.person.root] for stay in heads_of}
    found: dict[UUID, list[Person]] = {}
    for stay in beside(heads_of).order_by("person__name_sort", "id"):
        head = led[stay.household_id]
        if stay.person.root not in roots and stay.person not in found.get(head.pk, []):
            found.setdefault(head.pk, []).append(stay.person)
    return found
