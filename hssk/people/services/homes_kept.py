"""What acts by hand did to homes, where two people turned out to be one, or one to be two.

A move or a departure ends the homes of whoever the person was when it was said: whom a merge makes
one with them later lives where they live. Who is somebody of their own again has back what was
ended for the sake of another, and what a move brought is of whom the move is about.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID

from django.db import connection

from hssk.kit.copying import array_of
from hssk.people.models import Merge, Person

DEPARTURES_BELOW = -(10**15)  # what a departure ends is labelled below, what a move ends above


def departures_stand_again(only: int | None = None) -> None:
    """Let every departure that stands, or one, end the homes of before its day, which a file may
    have brought anew. Where a move took somebody since is not theirs to end, nor where somebody
    lives whom a merge has made one with them since."""
    added = [] if only is not None else list(_added_to_the_departed())
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE people_residence r SET until = GREATEST(r.since, d.on),
                   ended_by = %(below)s - d.id
            FROM people_departure d JOIN people_person k ON k.id = d.person
            JOIN people_person m ON m.root = k.root
            WHERE d.taken_back_at IS NULL AND (%(only)s::bigint IS NULL OR d.id = %(only)s)
              AND r.person_id = m.id AND r.until IS NULL AND r.since <= d.on
              AND NOT EXISTS (SELECT FROM people_move v
                              WHERE r.source = -v.id AND v.answered_at > d.at)
              AND NOT EXISTS (SELECT FROM unnest(%(acts)s::bigint[], %(added)s::uuid[])
                                  AS n (act, key) WHERE n.act = d.id AND n.key = m.id)""",
            {
                "below": DEPARTURES_BELOW,
                "only": only,
                "acts": array_of(act for act, _key in added),
                "added": array_of(key for _act, key in added),
            },
        )


def _added_to_the_departed() -> Iterator[tuple[int, UUID]]:
    """(departure, key) of those whom a merge has made one with somebody since they departed."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT d.id, d.person, d.at FROM people_departure d
            JOIN people_person k ON k.id = d.person WHERE d.taken_back_at IS NULL
            AND EXISTS (SELECT FROM people_person m WHERE m.root = k.root AND m.id <> m.root)"""
        )
        departed = cursor.fetchall()
    for act, person, at in departed:
        yield from ((act, key) for key in keys_added(person, at))


def keys_added(person: UUID, since: datetime) -> list[UUID]:
    """The keys that a merge has made one with this human being since a moment; none for nobody."""
    root = Person.objects.filter(pk=person).values("root")
    pointers = dict(Person.objects.filter(root__in=root).values_list("pk", "same_as"))
    merges = Merge.objects.filter(drop__in=list(pointers), undone_at=None, at__gt=since)
    later = set(merges.values_list("drop", flat=True))
    joined = {drop: keep for drop, keep in pointers.items() if keep and drop not in later}

    def end(key: UUID) -> UUID:
        while key in joined:
            key = joined[key]
        return key

    return [key for key in pointers if end(key) != end(person)]


def give_homes_back(people: Iterable[UUID]) -> None:
    """Let homes stand again that an act ended which is about somebody else by now, and what a move
    brought be the home of whom it is about.

    people  keys of those who were one human being and are no longer
    """
    chosen: dict[str, str | int] = {"people": array_of(people), "below": DEPARTURES_BELOW}
    with connection.cursor() as cursor:
        for acts, label in (("people_move", "-a.id"), ("people_departure", "%(below)s - a.id")):
            cursor.execute(
                f"""UPDATE people_residence r SET until = NULL, ended_by = NULL
                FROM {acts} a LEFT JOIN people_person k ON k.id = a.person, people_person p
                WHERE p.id = ANY(%(people)s::uuid[]) AND r.person_id = p.id
                  AND r.ended_by = {label} AND k.root IS DISTINCT FROM p.root""",
                chosen,
            )
        cursor.execute(
            """UPDATE people_residence r SET person_id = k.root
            FROM people_move a JOIN people_person k ON k.id = a.person, people_person p
            WHERE p.id = ANY(%(people)s::uuid[]) AND r.person_id = p.id
              AND r.source = -a.id AND k.root <> p.root""",
            chosen,
        )
    departures_stand_again()
