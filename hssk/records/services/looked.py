"""Who looked at somebody in care without treating them: when, by which duty, and no names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from hssk.access.models import Look


@dataclass(frozen=True)
class Looked:
    """The last looks at somebody, the latest first, and how many there were in all."""

    looks: Sequence[Look]
    count: int


def looked_at(person: UUID, *, most: int) -> Looked:
    """The last looks of others than clinicians, and those behind a broken glass, at a person (any
    key) whom care opens to whoever asks; none where it does not: the database decides
    (sql/looks_in_care.sql).

    Of a look its moment, act, posts and basis are told, and neither who nor who else.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM records_looks_in_care(%s, %s)", [person, most])
        rows: list[tuple[datetime, str, str, str, int]] = cursor.fetchall()
    looks = [
        Look(at=at, act=act, posts=posts, basis=basis, tier="register")
        for at, act, posts, basis, _count in rows
    ]
    return Looked(looks, rows[0][-1] if rows else 0)
