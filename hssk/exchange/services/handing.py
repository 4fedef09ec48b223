"""Hand on: rows of communes outside the area of a file, for whoever has those communes.

Whoever delivered them sees that they were handed on, and never what became of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from hssk.access.models import User
from hssk.exchange.errors import Refused
from hssk.exchange.models import Batch, HandedRow, SourceRow
from hssk.exchange.services.comparing import text_of
from hssk.exchange.services.receiving import HANDED
from hssk.exchange.services.showing import KINDS
from hssk.places.models import Unit

MOST_REASON = 500


@dataclass(frozen=True)
class Handing:
    """The rows of one file that were handed on to one commune."""

    batch: int
    unit: Unit


def handed_to(units: Iterable[int] | None) -> QuerySet[HandedRow]:
    """The rows handed on to these communes that are in no import that stands; None for all.

    A row of a file that was taken back is handed on no more. The same row of a later file
    waits once, and not at all when the earlier one was taken in.
    """
    alike = HandedRow.objects.filter(
        Q(row__batch__state=Batch.APPLIED) | Q(batch__isnull=False),
        unit=OuterRef("unit"), digest=OuterRef("digest"), row__lt=OuterRef("row"),
    ).exclude(batch__state=Batch.UNDONE)  # fmt: skip
    rows = HandedRow.objects.filter(row__batch__state=Batch.APPLIED)
    if units is not None:
        rows = rows.filter(unit__in=list(units))
    free = Q(batch=None) | Q(batch__state=Batch.UNDONE)
    return rows.filter(free).exclude(Exists(alike)).order_by("row")


def how_many_wait(units: Iterable[int] | None) -> int:
    """How many rows wait there for an answer: as many as `waiting` tells in all."""
    return handed_to(units).filter(refused="").count()


def waiting(units: Iterable[int] | None) -> list[dict[str, Any]]:
    """What waits, file by file and commune by commune: see `_told`."""
    return _told(handed_to(units).filter(refused=""))


def refused(units: Iterable[int] | None) -> list[dict[str, Any]]:
    """What was refused, and can still be taken in: see `_told`."""
    return _told(handed_to(units).exclude(refused=""))


def _told(rows: QuerySet[HandedRow]) -> list[dict[str, Any]]:
    """batch and unit, the kind of the file its day, since when, how many rows, the reason."""
    groups = rows.order_by().values(
        "row__batch", "row__batch__kind", "row__batch__on", "unit", "refused"
    )
    counted = groups.annotate(rows=Count("row"), since=Min("row__batch__applied_at"))
    units = Unit.objects.select_related("parent").in_bulk({group["unit"] for group in counted})
    return [
        {
            "batch": group["row__batch"],
            "unit": units[group["unit"]],
            "kind": _(KINDS[group["row__batch__kind"]]),
            "on": group["row__batch__on"],
            "since": group["since"],
            "rows": group["rows"],
            "reason": group["refused"],
        }
        for group in counted.order_by("-row__batch", "unit")
    ]


def rows_of(handing: Handing) -> QuerySet[SourceRow]:
    """The rows that may be taken in or refused, in the order of their file."""
    mine = handed_to([handing.unit.pk]).filter(row__batch=handing.batch)
    return SourceRow.objects.filter(id__in=mine.values("row")).order_by("id")


def row_said(row: SourceRow) -> dict[str, Any]:
    """A row as whoever answers sees it: where it stood, and what it says of somebody."""
    said = {key: text_of(key, row.facts) for key in ("name", "birth", "sex", "unit", "hamlet")}
    return {"sheet": row.sheet, "number": row.number, **said}


@transaction.atomic
def take_over(handing: Handing, *, actor: User, area: list[int] | None) -> Batch:
    """Take the rows into an import of one's own, which waits to be applied and can be undone.

    area  the units of the posts by which it is done, as for a file
    Raises Refused when there are none any more.
    """
    given = _locked(handing)
    rows = list(SourceRow.objects.filter(id__in=[one.row_id for one in given]).order_by("id"))
    source = Batch.objects.get(id=handing.batch)
    batch = Batch.objects.create(
        kind=source.kind,
        state=Batch.RECEIVED,
        file_name=_("Dòng được chuyển đến"),
        digest=sha256(b"".join(bytes(row.digest) for row in rows)).hexdigest(),
        unit=handing.unit,
        on=source.on,
        partial=True,
        actor=actor,
        area=area,
        taken_from=source,
    )
    SourceRow.objects.bulk_create(_copied(row, batch) for row in rows)
    _answer(given, actor, batch=batch, refused="")
    return batch


def _copied(row: SourceRow, batch: Batch) -> SourceRow:
    """A row as it came, in another batch; what was said of its commune is said no more."""
    problems = [found for found in row.problems or [] if found["severity"] != HANDED]
    return SourceRow(
        batch=batch, sheet=row.sheet, number=row.number, cells=row.cells, facts=row.facts,
        digest=row.digest, problems=problems or None,
    )  # fmt: skip


@transaction.atomic
def refuse(handing: Handing, reason: str, *, actor: User) -> int:
    """Say that the rows will not be taken in, and why; how many. They are kept, and can be later.

    Raises Refused without a reason, and when there are none any more.
    """
    if not reason.strip():
        raise Refused(_n("Chưa ghi lý do."), _n("Ghi vì sao không nhận các dòng này."))
    given = _locked(handing)
    _answer(given, actor, batch=None, refused=reason.strip()[:MOST_REASON])
    return len(given)


def _locked(handing: Handing) -> list[HandedRow]:
    """The rows, for one answer at a time."""
    mine = handed_to([handing.unit.pk]).filter(row__batch=handing.batch)
    given = list(HandedRow.objects.select_for_update().filter(row__in=mine.values("row")))
    if not given:
        raise Refused(
            _n("Các dòng này đã có người nhận, hoặc tệp của chúng đã được rút lại."),
            _n("Không cần làm gì."),
        )
    return given


def _answer(given: list[HandedRow], actor: User, **answer: Any) -> None:
    keys = [one.row_id for one in given]
    HandedRow.objects.filter(row__in=keys).update(answered_by=actor, answered_at=Now(), **answer)
