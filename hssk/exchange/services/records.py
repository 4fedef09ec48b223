"""Apply an extract of another system: the records that it holds of people."""

from collections.abc import Iterator
from functools import cache

from django.db import connection

from hssk.exchange import rules
from hssk.exchange.models import Batch
from hssk.exchange.services.claims.holding import make_way
from hssk.exchange.services.knowing import KnownHamlets
from hssk.exchange.services.linking import Linked
from hssk.exchange.services.statements import STATED, covered_units, end_stays, stated
from hssk.kit.copying import array_of, copy_in
from hssk.people.models import Holding

SYSTEM = "hssk"  # the health-record software that the extract comes from


def make_room(batch: Batch, linked: list[Linked]) -> set[str]:
    """Close what the extract says anew; the numbers of the records that it so restates.

    One that it no longer has is marked, not ended.
    """
    make_way(linked, batch)
    kept = array_of(item.against for item in linked if item.unchanged and item.against is not None)
    restated = _restated([item for item in linked if not item.unchanged], kept)
    end_stays("people_holding", [key for _, key in restated], batch)
    if not batch.partial:
        _mark_unlisted(batch, linked, kept)
    return {number for number, _ in restated}


def write_records(
    batch: Batch, linked: list[Linked], restated: set[str], hamlets: KnownHamlets
) -> None:
    """Hold every record that the extract has."""
    copy_in(
        Holding,
        [*STATED, "system", "number", "unit", "hamlet", "created", "updated", "visits",
         "app_opened", "status", "dead", "moved", "address"],
        _rows(batch, [item for item in linked if not item.unchanged], restated, hamlets),
    )  # fmt: skip


def _restated(fresh: list[Linked], kept: str) -> list[tuple[str, int]]:
    """(number, key) of the standing records that rows of this extract say anew: of one number that
    two people have, both. `kept` are the rows that stand as they are, as an array.
    """
    numbers = [item.row.facts["number"] for item in fresh if item.row.facts.get("number")]
    known = {item.person for item in fresh if item.known}
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT h.number, h.id, p.root
            FROM people_holding h JOIN people_person p ON p.id = h.person_id
            WHERE h.system = %s AND h.number = ANY(%s) AND h.until IS NULL
              AND NOT COALESCE(h.row, 0) = ANY(%s::bigint[])""",
            [SYSTEM, numbers, kept],
        )
        return [(number, key) for number, key, person in cursor.fetchall() if person in known]


def _mark_unlisted(batch: Batch, linked: list[Linked], kept: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE people_holding SET unlisted_since = %s, unlisted_by = %s
            WHERE system = %s AND unit_id = ANY(%s) AND until IS NULL AND unlisted_since IS NULL
              AND NOT row = ANY(%s::bigint[])""",
            [batch.on, batch.id, SYSTEM, covered_units(linked), kept],
        )


def _rows(
    batch: Batch,
    fresh: list[Linked],
    restated: set[str],
    hamlets: KnownHamlets,
) -> Iterator[tuple]:
    on = batch.on.isoformat()
    status_says = cache(rules.status_says)
    for item in fresh:
        facts, unit = item.row.facts, item.row.unit
        created = facts.get("created")
        began = created if created and facts.get("number") not in restated else on
        dead, moved = status_says(facts.get("status", ""))
        yield (
            *stated(batch, item, since=min(began, on)),
            SYSTEM,
            facts.get("number", "")[:60],
            unit.id if unit else None,
            hamlets.meant(unit, facts.get("hamlet", "")),
            created,
            facts.get("updated"),
            facts.get("visits"),
            facts.get("app"),
            facts.get("status", "")[:60],
            dead,
            moved,
            facts.get("address", "")[:500],
        )
