"""That visits make a record: whoever had none has one from their first visit on.

It stands while no other system keeps one: an extract that lists a record of them takes its place,
so that nobody counts twice.
"""

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.db import connection

from hssk.exchange.models import Batch
from hssk.exchange.services.linking import Linked
from hssk.exchange.services.statements import STATED, end_stays, stated
from hssk.kit.copying import array_of, copy_in
from hssk.people.models import Holding
from hssk.people.services import lives
from hssk.people.services.lives import OPENED, SEEN, STATION

SYSTEM = "claims"
MADE = (SYSTEM, STATION, OPENED, SEEN)  # what makes way for the record of an extract


def without_record(linked: list[Linked]) -> list[Linked]:
    """The first claim of everybody of whom no system keeps a record."""
    firsts: dict[UUID, Linked] = {}
    for item in linked:
        firsts.setdefault(item.person, item)
    known = [item.person for item in firsts.values() if item.known]
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT DISTINCT p.root FROM people_holding h JOIN people_person p
            ON p.id = h.person_id WHERE p.root = ANY(%s::uuid[]) AND h.until IS NULL""",
            [array_of(known)],
        )
        kept = {person for (person,) in cursor.fetchall()}
    return [item for person, item in firsts.items() if person not in kept]


def write_holdings(batch: Batch, firsts: list[Linked]) -> None:
    """Note the record that visits make of these people."""

    def rows() -> Iterator[tuple]:
        on = batch.on.isoformat()
        for item in firsts:
            unit = item.row.unit
            address = item.row.facts.get("address", "")
            yield (
                *stated(batch, item, since=on), SYSTEM, unit.pk if unit else None, address,
                "", "", False, False,
            )  # fmt: skip

    copy_in(
        Holding,
        [*STATED, "system", "unit", "address", "number", "status", "dead", "moved"],
        rows(),
    )


def make_way(linked: list[Linked], batch: Batch) -> None:
    """End the record that visits or a hand made of people of whom an extract lists one."""
    end_made({item.person for item in linked if item.known and not item.unchanged}, batch)


def end_made(people: Iterable[UUID], batch: Batch) -> None:
    """End the record that visits or a hand made of these people (roots)."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT h.id FROM people_holding h JOIN people_person p ON p.id = h.person_id
            WHERE h.system = ANY(%s) AND h.until IS NULL AND p.root = ANY(%s::uuid[])""",
            [list(MADE), array_of(people)],
        )
        made = [key for (key,) in cursor.fetchall()]
    if made:
        end_stays("people_holding", made, batch)


def end_kept(linked: list[Linked], batch: Batch) -> None:
    """End the record of whom nothing spoke but what was typed, now that a file does."""
    known = [item.person for item in linked if item.known]
    if made := lives.kept_records(known):
        end_stays("people_holding", made, batch)
