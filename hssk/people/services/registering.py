"""With which facility the register states people to be registered for first contact, where that is
no commune's station: a hospital, a clinic."""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection

from hssk.kit.copying import array_of


def facilities_of(people: Iterable[UUID]) -> dict[UUID, int]:
    """Root → the facility, of those of these people (roots) whom the register states to be
    registered with one now. Asked as the machine; an officer of first contact is told of their own.

    Said where the database's own wall says it (people/sql/registered.sql), so that who is shown and
    who is visible cannot differ.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT one, facility FROM unnest(%s::uuid[]) AS one
            CROSS JOIN LATERAL people_registered_at(one) AS facility WHERE facility IS NOT NULL""",
            [array_of(people)],
        )
        return dict(cursor.fetchall())
