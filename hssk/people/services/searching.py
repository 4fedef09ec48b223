"""Find people by what somebody typed, among those whom they may see and nobody else."""

from uuid import UUID

from django.db import connection

from hssk.people.models import Person
from hssk.people.rules.searching import nearness, understood

MOST = 50


def search(text: str, most: int = MOST) -> tuple[list[Person], bool]:
    """The people meant by `text`, the nearest first, and whether there are more of them.

    Asked in the scope of whoever searches: others are not found, as if they were not there.
    """
    asked = understood(text)
    if not asked.is_anything:
        return [], False
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person FROM people_search(%s, %s, %s, %s)",
            [list(asked.words), asked.born, asked.number, most + 1],
        )
        found: list[UUID] = [person for (person,) in cursor.fetchall()]
    people = Person.objects.in_bulk(found[:most])
    listed = [people[key] for key in found[:most] if key in people]
    return sorted(listed, key=lambda one: nearness(one.name, asked)), len(found) > most
