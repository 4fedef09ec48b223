"""What becomes of a copy: its holder signs for it, ticks it, and gives it back."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop as _n

from hssk.access.models import User
from hssk.outreach.errors import CannotIssue
from hssk.outreach.models import ABSENT, LOST, OTHER, REFUSED, RETURNED, TOLD, Copy
from hssk.outreach.services.ticked import follow_ticks

TICKS = (TOLD, ABSENT, REFUSED, OTHER)


@transaction.atomic
def note_taken(copy: Copy, *, at: datetime) -> None:
    """The holder signed for the copy; the first time stands."""
    _standing(copy)
    Copy.objects.filter(pk=copy.pk, taken_on=None).update(taken_on=localdate(at))


@transaction.atomic
def close(copy: Copy, how: str, why: str = "", *, by: User, at: datetime) -> None:
    """The copy came back (RETURNED), or it is LOST, with how that happened.

    What was ticked on one that came back are contacts from now on, and cards handed over: the work
    list is right at once. One that was lost and is found comes back so; how it was lost stays said.
    Raises CannotIssue where it is closed already, and for a loss of which nothing is said.
    """
    now = Copy.objects.select_for_update().get(pk=copy.pk)
    if how == RETURNED and now.closing == LOST:
        why = now.why
    else:
        _standing(copy)
    if how not in (RETURNED, LOST) or (how == LOST and not why.strip()):
        raise CannotIssue(_n("Hãy ghi bản danh sách đã mất như thế nào."))
    Copy.objects.filter(pk=copy.pk).update(closing=how, why=why.strip(), closed_at=at, closed_by=by)
    if how == RETURNED:
        follow_ticks(copy, copy.lines.exclude(tick=""), by=by, at=at)


@transaction.atomic
def tick(copy: Copy, ticks: Mapping[int, str], *, by: User, at: datetime) -> int:
    """What came back beside the lines of a copy, by their number; how many changed.

    ticks  number → one of TICKS, or "" where there is none. Numbers that are not there are passed
           over. After the copy came back too: paper is typed then
    """
    changed = [
        line
        for line in copy.lines.select_for_update()
        if (said := ticks.get(line.number)) is not None
        and said in ("", *TICKS)
        and said != line.tick
    ]
    for line in changed:
        line.tick = ticks[line.number]
        line.ticked_at, line.ticked_by = (at, by) if line.tick else (None, None)
    copy.lines.bulk_update(changed, ["tick", "ticked_at", "ticked_by"])
    if Copy.objects.filter(pk=copy.pk, closing=RETURNED).exists():
        follow_ticks(copy, changed, by=by, at=at)
    return len(changed)


def _standing(copy: Copy) -> None:
    if Copy.objects.select_for_update().get(pk=copy.pk).closed_at is not None:
        raise CannotIssue(_n("Bản này đã trả lại, hoặc đã ghi là mất."))
