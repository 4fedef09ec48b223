"""Apply: decisions become facts about people, all of a file or nothing of it."""

from collections.abc import Iterator
from uuid import UUID

import orjson
from django.db import connection

from hssk.exchange.models import Batch, LinkDecision
from hssk.exchange.services import claims, records, rosters
from hssk.exchange.services.knowing import KnownHamlets
from hssk.exchange.services.linking import Linked
from hssk.exchange.services.rosters import Places
from hssk.exchange.services.statements import birth_written
from hssk.kit.copying import array_of, copy_in, writing_behind
from hssk.kit.text import fold, name_sort_key
from hssk.people.models import Identifier, Person
from hssk.people.rules import pid_doubts
from hssk.people.services import EthnicityCodes, lives, moves, reapply_merges, refresh_people

NUMBERS = (
    (Identifier.PID, "pid"),
    (Identifier.CMND, "cmnd"),
    (Identifier.BHXH, "bhxh"),
    (Identifier.CARD, "card"),
)

# Whose number of which kind; the person as a number, for Python takes ten times as long over a key.
Noted = tuple[int, str, str]


def apply(batch: Batch, linked: list[Linked], places: Places) -> None:
    """Write the facts of every linked row of `batch`, inside the caller's transaction.

    places  source row → (hamlet, household) for the rows of a roster; empty for records
    """
    noted = _numbers_known(linked)
    claims.end_kept(linked, batch)
    homes: list = []
    if batch.kind == Batch.ROSTER:
        homes = rosters.make_room(batch, linked, places)
    elif batch.kind == Batch.RECORDS:
        restated, hamlets = records.make_room(batch, linked), KnownHamlets()
    else:
        bare = claims.without_record(linked)
    with writing_behind():
        _write_decisions(linked)  # made at once, so that there is something to write meanwhile
        _write_people(batch, linked, places, frozenset(item.row.id for item, _home in homes))
        if batch.kind == Batch.ROSTER:
            rosters.write_roster(batch, linked, places, homes)
        elif batch.kind == Batch.RECORDS:
            records.write_records(batch, linked, restated, hamlets)
        else:
            claims.write_holdings(batch, bare)
        _write_numbers(batch, linked, noted)
    reapply_merges()
    moves.stand_again(before=batch.applied_at)
    lives.stand_again()
    refresh_people(_spoken_of_twice(linked), by_records=batch.kind != Batch.ROSTER)
    if batch.kind == Batch.CLAIMS:
        claims.bear(batch, linked)
        claims.file_visits(batch, linked)
        claims.open_care(batch, linked)


def _write_decisions(linked: list[Linked]) -> None:
    copy_in(
        LinkDecision,
        ["row", "decision", "person", "score", "against", "evidence", "unchanged"],
        (
            (
                item.row.id,
                item.decision,
                item.person.hex,
                item.score,
                item.against,
                orjson.dumps(item.evidence).decode() if item.evidence else None,
                item.unchanged,
            )
            for item in linked
        ),
    )


def _write_people(
    batch: Batch, linked: list[Linked], places: Places, homes: frozenset[int]
) -> None:
    """The people whom this file brings, as their first row states them.

    They come placed where that row is about to place them, or the database would write each a
    second time to say so (people/sql/places.sql).

    homes  the rows of those who are given a home
    """
    keys: dict[str, tuple[str, str]] = {}
    ethnicities = EthnicityCodes()

    def rows() -> Iterator[tuple]:
        seen: set[int] = set()
        for item in linked:
            if item.known or item.person.int in seen:
                continue
            seen.add(item.person.int)
            facts = item.row.facts
            name = facts.get("name", "")
            if name not in keys:
                keys[name] = fold(name), name_sort_key(name)
            born, precision = birth_written(facts)
            key = item.person.hex
            yield (
                key, name, *keys[name], born, precision, facts.get("sex", 0),
                ethnicities[facts.get("ethnicity", "")], key, batch.id,
                _placed(item, places, homes),
            )  # fmt: skip

    copy_in(
        Person,
        ["id", "name", "name_folded", "name_sort", "birth_on", "birth_precision", "sex",
         "ethnicity", "root", "source", "places"],
        rows(),
    )  # fmt: skip


def _placed(item: Linked, places: Places, homes: frozenset[int]) -> str:
    """Whose somebody new is, as ranges of the line of places: of their home, if they get one."""
    hamlet, unit = places.get(item.row.id, (0, None))[0], item.row.unit
    place = -hamlet or (unit.pk if unit else 0)
    there = f"[{place},{place + 1})"
    return f"{{{there}}}" if item.row.id in homes else f"{{[0,1),{there}}}"


def _numbers_known(linked: list[Linked]) -> set[Noted]:
    people = {item.person for item in linked if item.known and not item.unchanged}
    if not people:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT person_id, kind, value FROM people_identifier
            WHERE person_id = ANY(%s::uuid[])""",
            [array_of(people)],
        )
        return {(person.int, kind, value) for person, kind, value in cursor.fetchall()}


def _write_numbers(batch: Batch, linked: list[Linked], noted: set[Noted]) -> None:
    """Every number that a row states and that is not yet noted for the person."""

    on = batch.on.isoformat()

    def rows() -> Iterator[tuple]:
        for item in linked:
            if item.unchanged:
                continue
            facts = item.row.facts
            for kind, key in NUMBERS:
                value = facts.get(key)
                if not value or (said := (item.person.int, kind, value)) in noted:
                    continue
                noted.add(said)
                doubted = item.decision == LinkDecision.ASK or (
                    kind == Identifier.PID
                    and pid_doubts(value, facts.get("birth", 0), facts.get("sex", 0))
                )
                status = Identifier.DOUBTED if doubted else Identifier.STATED
                yield item.person.hex, kind, value, status, on, batch.id, item.row.id

    copy_in(Identifier, ["person", "kind", "value", "status", "since", "source", "row"], rows())


def _spoken_of_twice(linked: list[Linked]) -> list[UUID]:
    """People of whom more than the one row that brought them speaks."""
    once: set[int] = set()
    twice: dict[int, UUID] = {}
    for item in linked:
        if item.unchanged:
            continue
        key = item.person.int
        if item.known or key in once:
            twice[key] = item.person
        once.add(key)
    return list(twice.values())
