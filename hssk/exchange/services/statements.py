"""The part of a statement that a roster row and a record share."""

from datetime import date
from functools import cache

from django.db import connection

from hssk.exchange.models import Batch, LinkDecision
from hssk.exchange.services.linking import Linked
from hssk.kit.dates import PartialDate
from hssk.places import services as places
from hssk.places.models import Unit

STATED = [
    "person", "since", "decided", "source", "row", "name", "birth_on", "birth_precision", "sex",
    "pid", "cmnd", "bhxh", "phone", "insurance_place",
]  # fmt: skip


def birth_of(facts: dict) -> tuple[date | None, str]:
    """(first possible day, precision) of what a row says of the birth; (None, "") for nothing."""
    return _birth(facts.get("birth", 0))


def birth_written(facts: dict) -> tuple[str | None, str]:
    """`birth_of` with the day as ISO text, which is written four times as fast."""
    return _birth_written(facts.get("birth", 0))


@cache
def _birth_written(number: int) -> tuple[str | None, str]:
    born, precision = _birth(number)
    return born.isoformat() if born else None, precision


@cache
def _birth(number: int) -> tuple[date | None, str]:
    if not number:
        return None, ""
    partial = PartialDate.from_number(number)
    return partial.value, partial.precision


def stated(batch: Batch, item: Linked, *, since: str) -> tuple:
    """The values of `STATED` for one row; `since` as ISO text, which is written twice as fast."""
    facts = item.row.facts
    born, precision = birth_written(facts)
    return (
        item.person.hex, since, item.decision != LinkDecision.ASK, batch.id, item.row.id,
        facts.get("name", ""), born, precision, facts.get("sex", 0), facts.get("pid", ""),
        facts.get("cmnd", ""), facts.get("bhxh", ""), facts.get("phone", "")[:15],
        facts.get("place", "")[:60],
    )  # fmt: skip


def covered_units(linked: list[Linked]) -> list[int]:
    """The communes of which the file is the whole list: those in which it has a row, and those of
    other days that lie wholly in them; a ward's list is that of the communes it was made of."""
    named = {item.row.unit.id: item.row.unit for item in linked if item.row.unit}
    return sorted(set[int]().union(*map(places.units_held, named.values())))


def restated_units(units: list[int], batch: Batch) -> list[int]:
    """`units` and those that were divided among them and others: nobody tells which part of these
    is whose, but of the people whom the file names it says anew what was said there."""
    former = Unit.objects.filter(id__in=places.lineage(units), valid_until__lte=batch.on)
    return sorted({*units, *former.values_list("id", flat=True)})


def end_stays(table: str, keys: list[int], batch: Batch) -> None:
    """Close these stays on the day of the batch (never before they began)."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""UPDATE {table} SET until = GREATEST(since, %s), ended_by = %s
            WHERE id = ANY(%s) AND until IS NULL""",
            [batch.on, batch.id, keys],
        )
