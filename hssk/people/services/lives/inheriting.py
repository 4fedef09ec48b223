"""Whom acts are about once a file was taken back that had brought them first: a later file brings
the same human being under another key."""

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models.expressions import RawSQL
from django.utils.timezone import localdate

from hssk.kit.copying import array_of
from hssk.people.models import (
    Amendment,
    Basis,
    Birth,
    Book,
    Death,
    Departure,
    Enrolment,
    Objection,
    Person,
    Verification,
)

_LABELS = (
    *((Birth, "child"), (Birth, "mother"), (Death, "person"), (Amendment, "person")),
    *((Verification, "person"), (Objection, "person"), (Basis, "person"), (Basis, "holder")),
    *((Enrolment, "person"), (Book, "person"), (Departure, "person")),
)
# that are about an heir as they are; who cares for somebody, and whose guardian they are, is not a
# matter of their key
_ALIKE = (
    *((Birth, "mother"), (Amendment, "person"), (Verification, "person")),
    *((Objection, "person"), (Basis, "person"), (Basis, "holder"), (Enrolment, "person")),
)

_ABOVE: list[tuple[str, str]] = []  # (table, column) of rooms that this one knows nothing of


def also_about(table: str, column: str) -> None:
    """Have a label of a room above be about the heirs of people too (table and column of ours)."""
    if (table, column) not in _ABOVE:
        _ABOVE.append((table, column))


def people_named(sources: Collection[int]) -> set[UUID]:
    """Whom acts by hand name of those who came with these sources, by the key that they name them
    by. Only they can be gone when the sources are taken back."""
    theirs = Person.objects.filter(source__in=sources).values("pk")
    named = {
        key for model, label in _LABELS
        for key in model.objects.filter(**{f"{label}__in": theirs}).values_list(label, flat=True)
    }  # fmt: skip
    with connection.cursor() as cursor:
        for table, column in _ABOVE:
            cursor.execute(
                f"""SELECT t.{column} FROM {table} t JOIN people_person p ON p.id = t.{column}
                WHERE p.source = ANY(%s)""",
                [list(sources)],
            )
            named |= {key for (key,) in cursor.fetchall()}
    return named


def is_named(person: UUID, *, but_by_files: bool = False) -> bool:
    """Whether any act names somebody by this very key: by hand, or a basis that a file opened
    (`but_by_files` leaves those out)."""
    for model, label in _LABELS:
        by_hand = {"source": ""} if but_by_files and model is Basis else {}
        if model.objects.filter(**{label: person}, **by_hand).exists():
            return True
    return False


def keeping_people_from(sources: Collection[int]) -> dict[UUID, date]:
    """Of whom it was confirmed who they are, or who objected to lists, of those who came with
    these sources → since when."""
    theirs = Person.objects.filter(source__in=sources).values("pk")
    acts = Verification.objects.filter(person__in=theirs).order_by("-on")
    found = dict(acts.values_list("person", "on"))
    objecting = Objection.objects.filter(person__in=theirs, taken_back_at=None)
    for person, at in objecting.values_list("person", "at"):
        found[person] = min(localdate(at), found.get(person, date.max))
    return found


def inherit(heirs: Mapping[UUID, UUID]) -> None:
    """Let acts be about the heirs of people who are not there any more, and what opens them to
    those who care for them.

    heirs  the key of somebody → whom their rows are about by now. Where both have a birth or a
           death of their own, each keeps it
    """
    asked = RawSQL("SELECT unnest(%s::uuid[])", [array_of(heirs)])
    there = set(Person.objects.filter(pk__in=asked).values_list("pk", flat=True))
    gone = {key: heir for key, heir in heirs.items() if key not in there}
    if not gone:
        return
    for birth in Birth.objects.filter(child__in=gone):
        if not Birth.objects.filter(child=gone[birth.child]).exists():
            Birth.objects.filter(pk=birth.pk).update(child=gone[birth.child])
    for key in set(Death.objects.filter(person__in=gone).values_list("person", flat=True)):
        deaths = Death.objects.filter(person=key)
        if Death.objects.filter(person=gone[key], withdrawn_at=None).exists():
            deaths = deaths.exclude(withdrawn_at=None)
        deaths.update(person=gone[key])
    alike = [(model._meta.db_table, label) for model, label in _ALIKE]
    for table, label in (*alike, *_ABOVE):
        _relabel(table, label, gone)


def _relabel(table: str, label: str, heirs: Mapping[UUID, UUID]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"""UPDATE {table} t SET {label} = h.heir
            FROM unnest(%s::uuid[], %s::uuid[]) AS h (gone, heir) WHERE t.{label} = h.gone""",
            [array_of(heirs), array_of(heirs.values())],
        )
