"""What arrived: worked out at each look from what linkage has found, so that an undo takes it back.

An extract of the software that is dated after the delivery, came in after it and is whole says of
the communes it covers who is in it. Before one has come nobody is said to be missing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hssk.exchange.models import Batch, DeliveredPerson, Delivery
from hssk.exchange.services.delivering.choosing import not_in_software, still_otherwise
from hssk.exchange.services.delivering.knowing import Known, known_of
from hssk.exchange.services.records import SYSTEM
from hssk.kit.dates import PartialDate
from hssk.people.models import Holding, Person
from hssk.places import services as places

# in the software; a pair that somebody must decide; not in an extract that should have it; no such
# extract has come; delivered once more later; nothing is to be delivered any more
ARRIVED, ASKED, MISSING, OUT, AGAIN, WITHDRAWN = (
    "arrived", "asked", "missing", "out", "again", "withdrawn",
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """Somebody of a delivery and what became of them; `root` is None for whom the asker may not
    know any more: they live elsewhere by now, or were taken back with their file."""

    number: int
    root: UUID | None
    kind: str
    state: str


@dataclass(frozen=True)
class Named:
    """A line with whom it names; the words are empty for whom the asker may not know."""

    line: Line
    name: str = ""
    birth: PartialDate | None = None
    hamlet: str = ""


def confirmed_by(delivery: Delivery) -> list[Batch]:
    """The whole extracts that are later than a delivery, the newest first."""
    later = Batch.objects.filter(
        kind=Batch.RECORDS, state=Batch.APPLIED, partial=False, on__gt=delivery.on,
        applied_at__gt=delivery.made_at,
    )  # fmt: skip
    area = places.units_held(delivery.unit)
    found = later.select_related("unit").order_by("-on", "-pk")
    return [one for one in found if area & places.units_held(one.unit)]


def lines_of(delivery: Delivery) -> list[Line]:
    """Everybody of a delivery with what became of them, in the order of the workbook."""
    lines = list(delivery.people.order_by("number"))
    roots = dict(Person.objects.filter(pk__in=[one.person for one in lines])
                 .values_list("pk", "root"))  # fmt: skip
    states = _States(delivery, set(roots.values()))
    return [
        Line(one.number, root, one.kind, states.of(one, root))
        for one in lines
        for root in [roots.get(one.person)]
    ]


class _States:
    """What the states of a delivery's people follow from, asked once for all of them."""

    def __init__(self, delivery: Delivery, roots: set[UUID]) -> None:
        held = Holding.objects.filter(system=SYSTEM, until=None, person__root__in=roots)
        self.held = {root for root, sure in held.values_list("person__root", "decided") if sure}
        self.asked = set(held.values_list("person__root", flat=True)) - self.held
        self.otherwise = set(still_otherwise(known_of(self.held, None)))
        self.open = not_in_software(roots)
        self.later = _delivered_after(delivery, roots)
        self.covered = {
            unit for batch in confirmed_by(delivery) for unit in places.units_held(batch.unit)
        }
        self.unit = delivery.unit_id

    def of(self, line: DeliveredPerson, root: UUID | None) -> str:
        """The state of a line whose person has this root; None for whom the asker may not know."""
        if root is None:
            return WITHDRAWN
        if root in self.held and (line.kind == DeliveredPerson.NEW or root not in self.otherwise):
            return ARRIVED
        if root in self.asked:
            return ASKED
        if root in self.later:
            return AGAIN
        if root not in self.open | self.held:
            return WITHDRAWN
        return MISSING if (line.unit_id or self.unit) in self.covered else OUT


def _delivered_after(delivery: Delivery, roots: set[UUID]) -> set[UUID]:
    keys = dict(Person.objects.filter(root__in=roots).values_list("pk", "root"))
    later = DeliveredPerson.objects.filter(person__in=keys, delivery__gt=delivery.pk)
    return {keys[person] for person in later.values_list("person", flat=True)}


def named(lines: Iterable[Line], on: date) -> list[Named]:
    """The lines of one page with whom they name, and where those live on a day."""
    shown = list(lines)
    known = known_of((line.root for line in shown if line.root is not None), on)
    return [_named(line, known) for line in shown]


def _named(line: Line, known: Known) -> Named:
    one = known.people.get(line.root) if line.root is not None else None
    if line.root is None or one is None:
        return Named(line)
    home = known.homes.get(line.root)
    return Named(
        line, one.name, one.birth, f"{home.hamlet.name}, {home.hamlet.unit}" if home else ""
    )
