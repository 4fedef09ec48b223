"""Visits, papers and cards open care: to the station that was visited, to the one to which somebody
was referred, and to the one of first contact."""

from collections.abc import Iterator
from datetime import datetime, time
from uuid import UUID

from django.db import connection

from hssk.exchange.models import Batch, LinkDecision
from hssk.exchange.services.linking import Linked
from hssk.kit.copying import array_of
from hssk.kit.moments import transaction_moment
from hssk.people.rules.guardians import HERE
from hssk.people.services import Event, Opening, end_all, leave_first_contact, open_many
from hssk.people.services.care import LONGEST_VISIT
from hssk.places.models import Facility

_MADE_BY = "claims "  # how the source of what a file of claims opened begins


def open_care(batch: Batch, linked: list[Linked]) -> int:
    """Open to the clinicians of stations whom visits, referrals or cards bring; how many bases.

    A visit opens for thirty days after it, a referral for ninety; a card for as long as it names
    the station.
    """
    units = dict(Facility.objects.exclude(unit=None).values_list("code", "unit"))
    decided = [item for item in linked if item.decision != LinkDecision.ASK]
    if not units or not decided:
        return 0
    at = transaction_moment()
    places = {item.person: place for item in decided if (place := item.row.facts.get("place"))}
    leave_first_contact(
        {person: units.get(place) for person, place in places.items()},
        made_by=_MADE_BY, at=at, actor=batch.actor,
    )  # fmt: skip
    openings = [
        *_registered(batch, places, units), *_visited(decided, units, at),
        *_referred(decided, units, at),
    ]  # fmt: skip
    return open_many(openings, at=at, actor=batch.actor, source=label_of(batch))


def end_care(batch: Batch) -> None:
    """End what a file opened, now that it is taken back."""
    end_all(label_of(batch), at=transaction_moment(), actor=batch.actor)


def label_of(batch: Batch) -> str:
    """The label of what a file opens, by which it is ended again."""
    return f"{_MADE_BY}{batch.pk}"


def _registered(batch: Batch, places: dict[UUID, str], units: dict[str, int]) -> Iterator[Opening]:
    since = datetime.combine(batch.on, time(), HERE)
    for person, place in places.items():
        if place in units:
            yield Opening(person, units[place], Event.FIRST_CONTACT, since)


def _visited(linked: list[Linked], units: dict[str, int], at: datetime) -> Iterator[Opening]:
    """Of visits that have begun: a day to come is a slip, and opens nothing."""
    people = {item.row.id: item.person for item in linked}
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT c.row_id, c.facility, e."on", COALESCE(e.until - 1, e."on")
            FROM exchange_claim c JOIN records_entry e ON e.entry = c.visit
            AND e.replaced_at IS NULL AND NOT e.withdrawn
            WHERE c.row_id = ANY(%s::bigint[]) AND c.facility = ANY(%s) AND e."on" <= %s""",
            [array_of(people), list(units), at.astimezone(HERE).date()],
        )
        found = cursor.fetchall()
    for row, facility, came, left in found:
        last = min(left, came + LONGEST_VISIT)
        yield Opening(
            people[row], units[facility], Event.VISIT, datetime.combine(came, time(), HERE),
            datetime.combine(last, time.max, HERE),
        )  # fmt: skip


def _referred(linked: list[Linked], units: dict[str, int], at: datetime) -> Iterator[Opening]:
    """Of papers of referral that name a station: it has whom it is to go on treating before it."""
    people = {item.row.id: item.person for item in linked}
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT sent.row_id, sent.there, sent."on" FROM (
                SELECT c.row_id, c.facility,
                    e.resource::jsonb #>> '{performer,0,identifier,value}' AS there, e."on"
                FROM exchange_claim c JOIN records_entry e ON e.visit = c.visit
                AND e.section = 'referrals' AND e.replaced_at IS NULL AND NOT e.withdrawn
                WHERE c.row_id = ANY(%s::bigint[]) AND e."on" <= %s
            ) sent WHERE sent.there = ANY(%s) AND sent.there <> upper(sent.facility)""",
            [array_of(people), at.astimezone(HERE).date(), list(units)],
        )
        found = cursor.fetchall()
    for row, facility, left in found:
        since = datetime.combine(left, time(), HERE)
        yield Opening(people[row], units[facility], Event.REFERRAL, since)
