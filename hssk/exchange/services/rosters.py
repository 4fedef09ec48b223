"""Apply a population roster: listings and residences."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import connection

from hssk.exchange.models import Batch, LinkDecision
from hssk.exchange.services.area import area_of
from hssk.exchange.services.linking import Linked
from hssk.exchange.services.receiving import Staged
from hssk.exchange.services.statements import (
    STATED,
    covered_units,
    end_stays,
    restated_units,
    stated,
)
from hssk.kit.copying import array_of, copy_in
from hssk.people.models import Listing, Residence
from hssk.people.rules import NoteFacts, understand_note
from hssk.places import services as places_services

Places = dict[int, tuple[int, int | None]]  # source row → (hamlet, household)


@dataclass(frozen=True, slots=True)
class Home:
    """Where and how a row says that somebody lives."""

    hamlet: int
    household: int | None
    kind: str
    away: bool
    relation: str
    decided: bool


def place_rows(batch: Batch, staged: list[Staged]) -> Places:
    """Source row → (hamlet, household), both made where they are new."""
    named = {
        row.id: (row.unit.id, row.facts.get("hamlet", "")) for row in staged if row.unit is not None
    }
    hamlets = places_services.hamlets_of_file(set(named.values()), batch.on)
    numbered = {
        row.id: (hamlets[named[row.id]].id, row.facts.get("household", "")) for row in staged
    }
    wanted = {place for place in numbered.values() if place[1]}
    households = places_services.households_for(wanted, batch.on)
    return {row: (place[0], households.get(place)) for row, place in numbered.items()}


def make_room(batch: Batch, linked: list[Linked], places: Places) -> list[tuple[Linked, Home]]:
    """Close what the roster says no longer; who is to be given which home.

    Who is not listed any more is proposed as having left, not ended.
    """
    units = covered_units(linked)
    notes: dict[str, NoteFacts] = {}
    _end_listings(batch, linked, units)
    theirs = _who_live_elsewhere(batch, linked)
    homes = [
        (item, home) for item in linked
        if item.person not in theirs and (home := _home(item, places, notes))
    ]  # fmt: skip
    return _settle(batch, homes, restated_units(units, batch))


def _who_live_elsewhere(batch: Batch, linked: list[Linked]) -> set[UUID]:
    """Known people whom the posts that delivered the file do not have: they are listed, no more.

    Whoever lives elsewhere moves by two keys (decision 13), and not by a line in a list.
    """
    area = area_of(batch)
    if area is None:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT p.root FROM people_residence r JOIN people_person p ON p.id = r.person_id
            WHERE p.root = ANY(%s::uuid[]) AND r.until IS NULL
            GROUP BY p.root HAVING NOT bool_or(r.hamlet_id = ANY(%s))""",
            [array_of({item.person for item in linked if item.known}), list(area.hamlets)],
        )
        return {root for (root,) in cursor.fetchall()}


def write_roster(
    batch: Batch,
    linked: list[Linked],
    places: Places,
    homes: list[tuple[Linked, Home]],
) -> None:
    """List everybody where the roster lists them, and give them their homes."""
    on = batch.on.isoformat()
    copy_in(
        Listing,
        [*STATED, "hamlet", "household", "relation", "ethnicity", "note"],
        (
            (
                *stated(batch, item, since=on),
                *places[item.row.id],
                item.row.facts.get("relation", "")[:60],
                item.row.facts.get("ethnicity", "")[:60],
                item.row.facts.get("note", "")[:500],
            )
            for item in linked
            if not item.unchanged
        ),
    )
    copy_in(
        Residence,
        ["person", "since", "decided", "source", "row", "hamlet", "household", "kind", "away",
         "relation"],
        (
            (item.person.hex, on, home.decided, batch.id, item.row.id, home.hamlet,
             home.household, home.kind, home.away, home.relation)
            for item, home in homes
        ),
    )  # fmt: skip


def _end_listings(batch: Batch, linked: list[Linked], units: list[int]) -> None:
    """Close what the earlier list of these units said, unless a row says exactly the same."""
    kept = array_of(item.against for item in linked if item.unchanged and item.against is not None)
    people = array_of({item.person for item in linked if item.known})
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE people_listing l SET until = GREATEST(l.since, %(on)s), ended_by = %(batch)s
            FROM places_hamlet h, people_person p
            WHERE h.id = l.hamlet_id AND p.id = l.person_id AND l.until IS NULL
              AND l.source <> %(batch)s AND NOT l.row = ANY(%(kept)s::bigint[])
              AND (%(whole)s AND h.unit_id = ANY(%(units)s)
                   OR p.root = ANY(%(people)s::uuid[]) AND h.unit_id = ANY(%(restated)s))""",
            {
                "on": batch.on,
                "batch": batch.id,
                "units": units,
                "restated": restated_units(units, batch),
                "kept": kept,
                "whole": not batch.partial,
                "people": people,
            },
        )


def _home(item: Linked, places: Places, notes: dict[str, NoteFacts]) -> Home | None:
    """Where a row says that somebody lives; None when its note says that they left or died."""
    note = item.row.facts.get("note", "")
    if note not in notes:
        notes[note] = understand_note(note)
    said = notes[note]
    if said.left or said.died:
        return None
    hamlet, household = places[item.row.id]
    return Home(
        hamlet,
        household,
        said.residence_kind[0].upper(),
        said.away,
        item.row.facts.get("relation", "")[:60],
        item.decision != LinkDecision.ASK,
    )


def open_homes(people: list[UUID], units: list[int]) -> dict[UUID, list[tuple[int, Home]]]:
    """Person → open residences in these units, each with its key."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT p.root, r.id, r.hamlet_id, r.household_id, r.kind, r.away, r.relation,
                   r.decided
            FROM people_residence r JOIN people_person p ON p.id = r.person_id
            JOIN places_hamlet h ON h.id = r.hamlet_id
            WHERE p.root = ANY(%s::uuid[]) AND h.unit_id = ANY(%s) AND r.until IS NULL""",
            [array_of(people), units],
        )
        homes = defaultdict(list)
        for person, key, *home in cursor.fetchall():
            homes[person].append((key, Home(*home)))
        return homes


def _with_relation(home: Home, known: Iterable[tuple[int, Home]]) -> Home:
    """`home` with the relation known in that household, where the row names none."""
    if home.relation:
        return home
    here = (held for _key, held in known if held.household == home.household)
    relation = next((held.relation for held in here if held.hamlet == home.hamlet), "")
    return replace(home, relation=relation)


def _settle(
    batch: Batch, homes: list[tuple[Linked, Home]], units: list[int]
) -> list[tuple[Linked, Home]]:
    """Close the residences that a listed person left in these units; the ones to open."""
    held_homes = open_homes(list({item.person for item, _ in homes if item.known}), units)
    wanted = []
    claimed: set[int] = set()
    for item, said in homes:
        home = _with_relation(said, held_homes.get(item.person, ()))
        standing = next(
            (key for key, held in held_homes.get(item.person, ()) if held == home), None
        )
        if standing is not None:
            claimed.add(standing)
        elif not item.unchanged:
            wanted.append((item, home))
    moved = {item.person for item, _ in wanted}
    moved |= {item.person for item, _ in homes if item.unchanged}
    left = [
        key
        for person, held in held_homes.items()
        if person in moved
        for key, _ in held
        if key not in claimed
    ]
    if left:
        end_stays("people_residence", left, batch)
    return wanted
