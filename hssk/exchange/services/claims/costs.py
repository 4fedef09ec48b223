"""What visits cost: told to whom the visits were, or to their guardian, and to nobody else."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from hssk.exchange.models import Batch, Cost, LinkDecision
from hssk.people.services import keys_of, opened_to
from hssk.records.models import Entry
from hssk.records.rules.sections import Tier


@dataclass(frozen=True)
class Paid:
    """What one visit cost in all, in đồng, and who pays what of it; None where its claim does not
    say."""

    total: Decimal | None
    by_insurance: Decimal | None
    by_person: Decimal | None
    by_others: Decimal | None


def costs_told(holder: UUID, person: UUID, *, at: datetime) -> dict[UUID, Paid]:
    """Visit → what it cost, of the visits of `person` that `holder` may know of at `at`.

    holder, person  roots: oneself, or a guardian and a child. Empty without such a basis in force;
                    of sensitive visits nothing is told to whom the sensitive tier is closed
    Asked as the machine, of whoever has been told apart as `holder` before. A visit of which
    several files tell costs what the latest says that was applied.
    """
    opened = opened_to(holder, person, at=at)
    if not opened.booklet:
        return {}
    keys = keys_of(person)
    far = Tier.SENSITIVE if opened.sensitive else Tier.ROUTINE
    visits = Entry.objects.current().filter(person__in=keys, kind="Encounter", tier__lte=far)
    rows = LinkDecision.objects.filter(person__in=keys, row__batch__state=Batch.APPLIED)
    told = (
        Cost.objects.filter(
            visit__in=visits.values("entry"),
            row__in=rows.exclude(decision=LinkDecision.ASK).values("row"),
        )
        .order_by("row__batch__applied_at", "row")
    )  # fmt: skip
    return {
        one.visit: Paid(one.total, one.by_insurance, one.by_person, one.by_others) for one in told
    }
