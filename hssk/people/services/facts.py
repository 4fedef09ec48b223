"""Facts come and go by the label of their source."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Value
from django.db.models.functions import Greatest

from hssk.people.models import Birth, Holding, Identifier, Listing, Person, Residence, Stranger
from hssk.people.services.identity import stand_alone

LINKING = 7_310_001  # the advisory lock of whoever links: one file at a time sees what is known

STAYS = (Residence, Listing, Holding)
FACTS = (*STAYS, Identifier)


def withdraw(source: int) -> list[UUID]:
    """Take back every fact that `source` made, and re-open every stay that it ended.

    source   the label of a batch; later sources must have been withdrawn before it
    returns  the persons it had touched who are still there (another source knows them)

    People whom only this source knew are removed; merges that pointed at them wait in the log
    and stand again when `reapply_merges` finds both sides.
    """
    touched: set[UUID] = set()
    with connection.cursor() as cursor:
        for model in FACTS:
            table = model._meta.db_table
            cursor.execute(f"DELETE FROM {table} WHERE source = %s RETURNING person_id", [source])
            touched.update(person for (person,) in cursor.fetchall())
        for model in STAYS:
            table = model._meta.db_table
            cursor.execute(
                f"UPDATE {table} SET until = NULL, ended_by = NULL WHERE ended_by = %s"
                " RETURNING person_id",
                [source],
            )
            touched.update(person for (person,) in cursor.fetchall())
        cursor.execute(
            "UPDATE people_holding SET unlisted_since = NULL, unlisted_by = NULL"
            " WHERE unlisted_by = %s",
            [source],
        )
        _take_back_births(cursor, source)
        removed = _remove_people(cursor, source)
    return sorted(touched - removed)


def _take_back_births(cursor, source: int) -> None:
    """Take back the births that `source` certified, and how it had those children called."""
    cursor.execute("DELETE FROM people_birth WHERE source = %s RETURNING child", [source])
    nameless(child for (child,) in cursor.fetchall())


def nameless(children: Iterable[UUID]) -> None:
    """Call those of these people nothing any more whom no birth and no hand calls something."""
    called = Person.objects.filter(pk__in=list(children)).exclude(called="")
    by_others = (Birth.objects.values("child"), Stranger.objects.values("person"))
    called.exclude(pk__in=by_others[0]).exclude(pk__in=by_others[1]).update(called="")


def _remove_people(cursor, source: int) -> set[UUID]:
    """Remove the people that `source` made and nothing speaks of any more."""
    silent = """
        SELECT p.id FROM people_person p WHERE p.source = %s
        AND NOT EXISTS (SELECT FROM people_residence f WHERE f.person_id = p.id)
        AND NOT EXISTS (SELECT FROM people_listing f WHERE f.person_id = p.id)
        AND NOT EXISTS (SELECT FROM people_holding f WHERE f.person_id = p.id)"""
    cursor.execute(
        f"""UPDATE people_person SET same_as_id = NULL WHERE same_as_id IN ({silent})
        RETURNING id""",
        [source],
    )
    merged = {person for (person,) in cursor.fetchall()}
    cursor.execute(f"DELETE FROM people_person WHERE id IN ({silent}) RETURNING id", [source])
    removed = {person for (person,) in cursor.fetchall()}
    for person in merged - removed:
        stand_alone(person)
    return removed


def places_of_nobody() -> tuple[list[int], list[int]]:
    """(hamlets, households) in which no fact of anybody has ever stood, by their keys."""
    with connection.cursor() as cursor:
        found = []
        for place, tables in (
            (
                "hamlet",
                (
                    "people_residence",
                    "people_listing",
                    "people_holding",
                    "people_move",
                    "people_release",
                ),
            ),
            ("household", ("people_residence", "people_listing")),
        ):
            silent = " AND ".join(
                f"NOT EXISTS (SELECT FROM {table} f WHERE f.{place}_id = h.id)" for table in tables
            )
            cursor.execute(f"SELECT h.id FROM places_{place} h WHERE {silent}")
            found.append([key for (key,) in cursor.fetchall()])
        return found[0], found[1]


def nobody_links() -> bool:
    """Keep files from being linked until this transaction ends; False while one is.

    A linking file stands on the people it found; whoever decides of people may take one away.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock_shared(%s)", [LINKING])
        return cursor.fetchone()[0]


def move_facts(*, row: int, before: UUID, person: UUID, decided: bool) -> None:
    """Say that everything that source row `row` stated is about `person`.

    before   whom it was about until now
    decided  False while somebody still has to decide whether it is that person
    """
    for model in STAYS:
        model.objects.filter(person=before, row=row).update(person_id=person, decided=decided)
    Identifier.objects.filter(person=before, row=row).update(person_id=person)


def reopen_homes(person: UUID, *, ended_by: int) -> None:
    """Let `person` live again where a source had said, of somebody else, that they left."""
    Residence.objects.filter(person__root=person, ended_by=ended_by).update(
        until=None, ended_by=None
    )


def end_homes(person: UUID, *, since: date, ended_by: int, units: Iterable[int]) -> None:
    """The reverse of `reopen_homes`: what earlier sources said of homes in `units` ends again."""
    earlier = Residence.objects.filter(
        person__root=person, until=None, source__lt=ended_by, hamlet__unit__in=list(units)
    )
    earlier.update(until=Greatest("since", Value(since)), ended_by=ended_by)


def speaks_of(person: UUID, *, but_not: int = 0) -> bool:
    """Whether any fact stands under this very key, but for those of one source row."""
    facts = (model.objects.filter(person=person).exclude(row=but_not) for model in STAYS)
    return any(found.exists() for found in facts)


def remove_silent(people: Iterable[UUID]) -> None:
    """Remove those of `people` of whom no fact speaks and into whom nobody was merged."""
    wanted = Person.objects.filter(id__in=list(people), others=None)
    for model in STAYS:
        wanted = wanted.exclude(id__in=model.objects.values_list("person", flat=True))
    wanted.delete()
