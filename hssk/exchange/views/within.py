"""Which files and which open questions a page may be about: those of the area of whoever asks."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from hssk.access.rights import Right
from hssk.access.services import looks
from hssk.access.views.doorkeeper import access
from hssk.exchange.models import Batch, LinkDecision, SourceRow
from hssk.exchange.services import showing, waiting
from hssk.exchange.services.area import Within
from hssk.exchange.services.outcome import Reader
from hssk.people.services import label_of_row
from hssk.places import services as places
from hssk.places.models import Unit


def files(request: HttpRequest) -> QuerySet[Batch]:
    """The files of one's own area, and those one has delivered oneself."""
    mine, every = access(request), showing.batches()
    if mine.everywhere:
        return every
    units = Unit.objects.filter(id__in=Batch.objects.values("unit")).select_related("parent")
    held = [unit.pk for unit in units if mine.holds_unit(unit, Right.FILES)]
    return every.filter(Q(unit__in=held) | Q(actor=mine.user))


def file_asked(request: HttpRequest, batch: int, right: Right, **more: Any) -> Batch:
    """The file of an address, in whose unit `right` is held; 404 for any other.

    Whoever delivered a file sees what became of it, and no more.
    """
    file = get_object_or_404(showing.batches(), id=batch, **more)
    own = right is Right.FILES and file.actor_id == access(request).user.pk
    if not (own or access(request).holds_unit(file.unit, right)):
        raise Http404
    return file


def all_files(request: HttpRequest) -> bool:
    """Whether somebody has the files of all areas, and so may read what they are called."""
    return access(request).holds_everything(Right.FILES)


def reader(request: HttpRequest, file: Batch) -> Reader:
    """What whoever asks may know of what came of a file."""
    rows = access(request).holds_unit(file.unit, Right.ROWS)
    return Reader(questions(request), rows, lambda: queue(request).own)


def units(request: HttpRequest) -> frozenset[int] | None:
    """The units whose rows somebody may see, of any day; None for all there are."""
    mine = access(request)
    if mine.holds_everything(Right.ROWS):
        return None
    return frozenset[int]().union(*map(places.units_held, mine.units(Right.ROWS)))


def look(request: HttpRequest, act: str, rows: Iterable[SourceRow]) -> None:
    """Write down that these rows of files are about to be shown, with those they are about; a row
    of which nobody has said whom it is about is named itself."""
    shown = [row.id for row in rows]
    decided = dict(LinkDecision.objects.filter(row__in=shown).values_list("row", "person"))
    named = (decided.get(row) or label_of_row(row) for row in shown)
    looks.look(access(request), act, Right.ROWS, named)


def questions(request: HttpRequest) -> Within | None:
    """The area in which one decides: both rows of a pair must lie in it. None for everywhere."""
    hamlets = access(request).hamlets(Right.DECIDE)
    if hamlets is None:
        return None
    return Within.of(hamlets, access(request).units(Right.DECIDE))


def queue(request: HttpRequest) -> waiting.Queue:
    """What waits for whoever asks; asked once for a page and its menu."""
    if not hasattr(request, "queue"):
        request.queue = waiting.queue(questions(request))  # type: ignore[attr-defined]
    return request.queue  # type: ignore[attr-defined]


def how_many_wait(request: HttpRequest) -> int:
    """How many rows the queue has."""
    if hasattr(request, "queue"):
        return len(queue(request).asked)
    return waiting.waiting_for_review(questions(request))
