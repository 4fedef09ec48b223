"""What came of a file, as far as whoever asks may know: decision 16.

Whoever does not have everything cannot tell a row that found nobody from one that found somebody
elsewhere: both are with the health centre.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from hssk.exchange.models import Batch, LinkDecision, SourceRow
from hssk.exchange.services.area import Within
from hssk.exchange.services.waiting import asking


@dataclass(frozen=True)
class Reader:
    """Who asks: `within` is the area in which they decide, None for everything; `rows` tells
    whether they may see rows of the file at all; `own` are the rows that ask there."""

    within: Within | None
    rows: bool
    own: Callable[[], list[int]]


def outcome(batch: Batch, reader: Reader) -> dict[str, int | None]:
    """How many rows of a file came to what: same, new, ask, unchanged, centre, handed, rejected.

    `centre` is with the health centre; `new` is told only to who has everything. None is not told.
    """
    counts = batch.counts
    told: dict[str, int | None] = dict.fromkeys(("same", "new", "ask", "unchanged", "centre"))
    told |= {"rows": counts["rows"], "handed": counts.get("handed", 0)}
    if reader.within is None and reader.rows:
        return told | {key: counts[key] for key in ("same", "new", "ask", "unchanged")}
    if not reader.rows:
        return told | {"centre": counts["accepted"]}
    if batch.state != Batch.APPLIED:
        known = {key: counts[key] for key in ("same", "unchanged")}
        return told | known | {"ask": 0, "centre": counts["new"] + counts["ask"]}
    asking, ask = _asked(batch, reader)
    centre = batch.found_nobody + asking - ask
    unchanged = counts["unchanged"]  # no verdict is about these
    same = counts["accepted"] - unchanged - ask - centre
    return told | {"same": same, "ask": ask, "unchanged": unchanged, "centre": centre}


def how_many(batch: Batch, reader: Reader) -> int:
    """How many rows `with_the_centre` lists: of most files most, so not counted one by one."""
    if reader.within is None:
        return 0
    asking, own = _asked(batch, reader)
    return batch.found_nobody + asking - own


def _asked(batch: Batch, reader: Reader) -> tuple[int, int]:
    """How many rows of a file ask by themselves, and how many of them in the reader's area."""
    rows = set(_questions(batch).values_list("row", flat=True))
    return len(rows), len(rows.intersection(reader.own()))


def with_the_centre(batch: Batch, within: Within | None) -> QuerySet[SourceRow]:
    """The rows of `batch` of which nobody is known in an area; in the order of the file.

    Those that found nobody, those that found somebody elsewhere, and those that only who has both
    sides can decide: they look the same. None are for whoever has everything.
    """
    rows = SourceRow.objects.filter(batch=batch).order_by("id")
    if within is None:
        return rows.none()
    own = _questions(batch).filter(within.both_sides()).values("row")
    asked = Q(decision__decision=LinkDecision.ASK) & ~Q(id__in=own)
    found_nobody = Q(decision__decision=LinkDecision.NEW)
    return rows.filter(found_nobody | asked, decision__unchanged=False)


def _questions(batch: Batch) -> QuerySet[LinkDecision]:
    """The rows of a file that ask by themselves."""
    return asking().filter(row__batch=batch)


def counts_told(counts: dict[str, int], rows: bool) -> dict[str, int]:
    """The counts of an import for whoever may see its `rows`, or not: then all accepted are new."""
    if rows:
        return counts
    hidden = {"unchanged": 0, "same": 0, "ask": 0, "new": counts["accepted"]}
    return {**counts, **hidden}
