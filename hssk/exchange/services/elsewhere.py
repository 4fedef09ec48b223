"""Elsewhere: whom outside the area of a file its rows may be about, for whoever has both areas.

Nothing of it touches what whoever delivered the file sees: decision 16.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from hssk.exchange.linkage import NEW, link
from hssk.exchange.models import Batch, LinkDecision, PairElsewhere, Review
from hssk.exchange.services.knowing import entries_of
from hssk.exchange.services.linking import Linked, Linker, digest_of, reviews_of


def find_elsewhere(linker: Linker, linked: list[Linked]) -> list[PairElsewhere]:
    """The pairs of these rows with people outside the area of their file; not written yet.

    One of which somebody decided earlier is open no more; who was merged then is so again. A row
    that says anew what stood in an open pair takes it over.
    """
    pairs = {pair.row_id: pair for pair in _taken_over(linker.batch, linked)}
    asking = [item for item in linked if item.decision != LinkDecision.SAME]
    if len(linker.elsewhere) and asking:
        reviews = reviews_of([item.row for item in asking])
        for found in _Compared(linker, asking).found():
            pairs[found.item.row.id] = _judged(found, reviews.get(found.item.row.digest, []))
    return list(pairs.values())


@dataclass(frozen=True)
class _Found:
    item: Linked
    person: UUID
    against: int
    score: float
    evidence: dict


@dataclass(frozen=True)
class _Compared:
    """The rows in question beside everybody outside the area."""

    linker: Linker
    asking: list[Linked]

    @cached_property
    def _links(self):
        rows = [item.row for item in self.asking]
        incoming = entries_of(rows, self.linker.kind, self.linker.households)
        return link(self.linker.elsewhere.entries, incoming)

    def found(self) -> Iterator[_Found]:
        """Who may be somebody of elsewhere, and whose row says so."""
        known, links = self.linker.elsewhere, self._links
        for at, item in enumerate(self.asking):
            against = int(links.against[at])
            row = known.rows[against] if 0 <= against < len(known) else None
            if links.decision[at] == NEW or row is None:
                continue
            person = known.people[known.entries.person[against]]
            evidence = {field: int(levels[at]) for field, levels in links.levels.items()}
            yield _Found(item, person, row, float(links.score[at]), evidence)


def _judged(found: _Found, reviews: list[Review]) -> PairElsewhere:
    """The pair, open unless somebody decided of it."""
    item, other = found.item, digest_of(found.against)
    return PairElsewhere(
        row_id=item.row.id, person=found.person, own=item.person, against=found.against,
        score=found.score, evidence=found.evidence,
        open=all(bytes(review.other_digest) != other for review in reviews),
    )  # fmt: skip


def _taken_over(batch: Batch, linked: list[Linked]) -> Iterator[PairElsewhere]:
    """The open pairs of earlier rows of such a file that rows of this one say anew."""
    pairs = PairElsewhere.objects.filter(open=True, row__batch__kind=batch.kind)
    open_ = {pair.own: pair for pair in pairs.order_by("row")}
    for item in linked if open_ else ():
        earlier = open_.get(item.person)
        if earlier is not None and item.known and not item.unchanged:
            yield PairElsewhere(
                row_id=item.row.id, person=earlier.person, own=item.person,
                against=earlier.against, score=earlier.score, evidence=earlier.evidence,
            )  # fmt: skip
