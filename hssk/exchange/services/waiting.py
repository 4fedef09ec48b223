"""The queue: which rows wait for a decision, where, and in which order."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, When

from hssk.exchange.models import Batch, LinkDecision, PairElsewhere, Review, SourceRow
from hssk.exchange.services.area import Within
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


def asked(within: Within | None = None) -> list[int]:
    """The rows that wait for a decision, in the order to show them: postponed ones last.

    within  both rows of a pair must lie there; None for everywhere
    """
    sure: dict[int, float] = {}
    for part in _waiting(within):
        sure.update(part.values_list("row", "sure"))
    postponed = _postponed(sure)
    return sorted(sure, key=lambda row: (row in postponed, -sure[row], row))


def waiting_for_review(within: Within | None = None) -> int:
    """How many rows wait for a decision there: as many as `asked` lists."""
    return sum(part.count() for part in _waiting(within))


def of_file(rows: list[int], batch: Batch) -> int:
    """How many of these rows are of one file."""
    # told apart after they are found: by its file the database would find most of what there is
    found = SourceRow.objects.filter(id__in=rows)
    return found.aggregate(of_file=Count("id", filter=Q(batch=batch)))["of_file"]


def asks(row: int, within: Within | None = None) -> bool:
    """Whether a row is one of those that `asked` lists."""
    return any(part.filter(row=row).exists() for part in _waiting(within))


def _waiting(within: Within | None) -> Iterable[QuerySet[Any]]:
    """The rows that ask, each in one part: one question for count and list.

    A row of which nothing is in force any more (a later file says it anew) asks no longer. A file
    that is not applied, or no longer, has no decisions.
    """
    in_force = [
        Exists(model.objects.filter(person=OuterRef("person"), row=OuterRef("row_id"), until=None))
        for model in (Holding, Listing, Residence)
    ]
    parts = [asking()]
    if PairElsewhere.objects.filter(open=True).exists():
        parts.append(_elsewhere())
    for part in parts:
        there = part if within is None else part.filter(within.both_sides())
        yield there.filter(in_force[0] | in_force[1] | in_force[2])


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
