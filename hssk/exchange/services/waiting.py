"""The queue: which rows wait for a decision, where, and in which order."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import (
    BooleanField,
    Case,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)

from hssk.exchange.models import Batch, LinkDecision, PairElsewhere, Review, SourceRow
from hssk.exchange.services.area import Within, of_a_claim
from hssk.people.models import Holding, Listing, Residence


def questions() -> QuerySet[Any]:
    """Decisions with the `other` row that each is compared with, and how `sure` that is: one that
    asks has it itself, for any other it is who it may be elsewhere."""
    pair = PairElsewhere.objects.filter(row=OuterRef("row_id"))
    asks = Q(decision=LinkDecision.ASK)
    return LinkDecision.objects.annotate(
        other=Case(When(asks, then="against"), default=Subquery(pair.values("against"))),
        sure=Case(When(asks, then="score"), default=Subquery(pair.values("score"))),
        found=Case(When(asks, then="evidence"), default=Subquery(pair.values("evidence"))),
    )


def asking() -> QuerySet[Any]:
    """The rows that ask by themselves, with the `other` row and how `sure`, as `questions` has it.

    Asked apart from pairs with people elsewhere, which are rarer still: behind the wall each table
    that a question names takes the planner a millisecond.
    """
    asks = LinkDecision.objects.filter(decision=LinkDecision.ASK)
    return asks.annotate(other=F("against"), sure=F("score"))


@dataclass(frozen=True)
class Queue:
    """What waits for somebody: the rows `asked`, in the order to show them, postponed ones last;
    and `own`, which ask by themselves, also where nothing of them is in force any more."""

    asked: list[int]
    own: list[int]


def queue(within: Within | None = None) -> Queue:
    """The rows that wait for a decision.

    within  both rows of a pair must lie there; None for everywhere
    """
    own, *elsewhere = _parts(within)
    rows = own.annotate(counts=ExpressionWrapper(_in_force(), BooleanField()))
    found = list(rows.values_list("row", "sure", "counts"))
    sure = {row: score for row, score, counts in found if counts}
    for part in elsewhere:
        sure.update(part.filter(_in_force()).values_list("row", "sure"))
    postponed = _postponed(sure)
    asked = sorted(sure, key=lambda row: (row in postponed, -sure[row], row))
    return Queue(asked, [row for row, _score, _counts in found])


def asked(within: Within | None = None) -> list[int]:
    """The rows that `queue` asks."""
    return queue(within).asked


def waiting_for_review(within: Within | None = None) -> int:
    """How many rows wait for a decision there: as many as `asked` lists."""
    return sum(part.filter(_in_force()).count() for part in _parts(within))


def of_file(rows: list[int], batch: Batch) -> int:
    """How many of these rows are of one file."""
    # told apart after they are found: by its file the database would find most of what there is
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT count(*) FILTER (WHERE batch_id = %s) FROM exchange_sourcerow
            WHERE id = ANY(%s)""",
            [batch.id, rows],
        )
        return cursor.fetchone()[0]


def asks(row: int, within: Within | None = None) -> bool:
    """Whether a row is one of those that `asked` lists."""
    return any(part.filter(_in_force(), row=row).exists() for part in _parts(within))


def _parts(within: Within | None) -> Iterator[QuerySet[Any]]:
    """The rows that ask, each in one part: one question for count and list.

    A file that is not applied, or no longer, has no decisions.
    """
    there = Q() if within is None else within.both_sides()
    yield asking().filter(there)
    if PairElsewhere.objects.filter(open=True).exists():
        yield _elsewhere().filter(there)


def _in_force() -> Q:
    """The condition that a row still counts: one of which a later file says anew asks no longer. A
    claim says of its own visit, whether it made a record or not."""
    states = [
        Exists(model.objects.filter(person=OuterRef("person"), row=OuterRef("row_id"), until=None))
        for model in (Holding, Listing, Residence)
    ]
    return Q(states[0]) | Q(states[1]) | Q(states[2]) | Q(of_a_claim())


def _elsewhere() -> QuerySet[Any]:
    """The rows that ask nothing by themselves and may be about somebody elsewhere."""
    again = PairElsewhere.objects.filter(
        own=OuterRef("own"), person=OuterRef("person"), row__gt=OuterRef("row")
    )
    open_ = PairElsewhere.objects.filter(~Exists(again), open=True)
    return questions().exclude(decision=LinkDecision.ASK).filter(row__in=open_.values("row"))


def _postponed(rows: Iterable[int]) -> set[int]:
    """Those of these rows that somebody has put off."""
    later = Review.objects.filter(verdict=Review.LATER, taken_back_at=None)
    digests = list(later.values_list("row_digest", flat=True))
    if not digests:
        return set()
    put_off = SourceRow.objects.filter(id__in=list(rows), digest__in=digests)
    return set(put_off.values_list("id", flat=True))
