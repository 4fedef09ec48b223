"""What was typed about somebody follows them once a file is taken back that had brought them."""

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models.expressions import RawSQL
from django.utils.timezone import localdate

from hssk.kit.copying import array_of
from hssk.people.models import Person
from hssk.records.models import Entry


def typed_of_people_from(sources: Collection[int]) -> dict[UUID, date]:
    """Of whom anything was typed, of those who came with these sources → the day of the first.

    What files say of them is not meant: it goes and comes with its file.
    """
    theirs = Person.objects.filter(source__in=sources).values("pk")
    typed = Entry.objects.filter(source=None, person__in=theirs).order_by("-recorded_at")
    return {person: localdate(at) for person, at in typed.values_list("person", "recorded_at")}


def is_typed_of(person: UUID) -> bool:
    """Whether anybody typed anything of somebody under this very key."""
    return Entry.objects.filter(source=None, person=person).exists()


def follow(heirs: Mapping[UUID, UUID]) -> int:
    """Let what was typed of people who are not there any more be about their heirs; how many
    versions. Nothing else of an entry changes, and the standing of their heirs is read anew.

    heirs  the key of somebody → whom their rows are about by now
    """
    asked = RawSQL("SELECT unnest(%s::uuid[])", [array_of(heirs)])
    there = set(Person.objects.filter(pk__in=asked).values_list("pk", flat=True))
    gone = {key: heir for key, heir in heirs.items() if key not in there}
    if not gone:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE records_entry e SET person = h.heir
            FROM unnest(%s::uuid[], %s::uuid[]) AS h (gone, heir)
            WHERE e.person = h.gone AND e.source IS NULL""",
            [array_of(gone), array_of(gone.values())],
        )
        moved = cursor.rowcount
        for table in ("records_note", "records_standing"):  # of nobody who is there any more
            cursor.execute(f"DELETE FROM {table} WHERE person = ANY(%s::uuid[])", [array_of(gone)])
    return moved
