"""Which copies a page may be about: those of one's own area, and those one holds.

Any other is as if it were not there.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from hssk.access.rights import Right
from hssk.access.services import as_machine
from hssk.access.views.doorkeeper import access
from hssk.coverage.views.reading import latest_day
from hssk.outreach.errors import CannotIssue
from hssk.outreach.models import Contact, Copy, CopyQuerySet, ListedPerson
from hssk.outreach.services import own_sides, tick
from hssk.outreach.services.contacts import is_registered_with
from hssk.people.models import Person
from hssk.people.services import objectors
from hssk.people.views.asked import is_of_the_area, turn_away
from hssk.places.models import Hamlet
from hssk.places.services import hamlets_on, in_order


def copies_of(request: HttpRequest) -> CopyQuerySet:
    """The copies of the hamlets in which one hands lists out."""
    mine = access(request).hamlets(Right.LISTS)
    every = Copy.objects.select_related("hamlet", "issued_by", "closed_by", "holder_user")
    return every if mine is None else every.filter(hamlet__in=mine)


def copy_asked(request: HttpRequest, copy: int) -> Copy:
    """The copy of an address; Http404 outside the area."""
    return copies_of(request).filter(pk=copy).first() or turn_away(request, Right.LISTS)


def held_asked(request: HttpRequest, copy: int) -> Copy:
    """The copy of an address that one holds still; Http404 for any other, and after its end."""
    who = access(request)
    mine = Copy.objects.held_by(who.user.pk, who.day).select_related("hamlet")
    one = mine.filter(pk=copy).first()
    if one is None or not who.holds_hamlet(one.hamlet_id, Right.HELD):
        turn_away(request, Right.HELD)
    return one


def hamlets_of(request: HttpRequest, right: Right = Right.LISTS) -> QuerySet[Hamlet]:
    """Where one holds a right, by default hands lists out, as places stand today."""
    mine = access(request).hamlets(right)
    every = in_order(hamlets_on(access(request).day)).exclude(key="").select_related("unit")
    return every if mine is None else every.filter(pk__in=mine)


def hamlet_asked(request: HttpRequest, hamlet: int) -> Hamlet | None:
    """A hamlet in which one hands lists out; None for any other, and for one that is no more."""
    return hamlets_of(request).filter(pk=hamlet).first()


def one_to_write_of(request: HttpRequest, person: UUID) -> Person:
    """Somebody of whom one may write what came of going there: of the area, or registered with
    one's own side; Http404 for anybody else."""
    one, who = Person.objects.filter(pk=person).first(), access(request)
    if one is None:
        turn_away(request, who.first_of(Right.LISTS, Right.REGISTERED), person)
    if not is_of_the_area(request, one, Right.MOVE):
        if not is_registered_with(one.root, who):
            turn_away(request, who.first_of(Right.LISTS, Right.REGISTERED), person)
        who.by = own_sides(who).by
    return one


def named_on(lines: Iterable[ListedPerson]) -> list[UUID]:
    """Everybody whom these lines name, as heads too."""
    keys = (key for line in lines for key in (line.person, line.head_person))
    return [key for key in dict.fromkeys(keys) if key is not None]


def day_counted(request: HttpRequest) -> date:
    """The day whose residents are meant: that of the newest data, as figures open on it."""
    today = access(request).day
    return latest_day(today) or today


def withheld(request: HttpRequest, named: Iterable[UUID | None]) -> frozenset[UUID]:
    """Whoever of those that a paper names objected since it was made.

    Asked as the machine: whose name must go is nothing that its reader needs to be able to see.
    """
    who = access(request)
    with as_machine(who.user, who.day):
        return objectors(key for key in named if key is not None)


def done(request: HttpRequest, act: Callable[[], object], told: str) -> bool:
    """Do `act` upon a copy that was seen to be one's own, and say so, or why it cannot be."""
    who = access(request)
    try:
        with as_machine(who.user, who.day):
            act()
    except CannotIssue as refusal:
        messages.warning(request, _(refusal.message).format(**refusal.params))
        return False
    messages.success(request, told)
    return True


def ticked(request: HttpRequest, copy: Copy) -> None:
    """Keep what a page of ticks says: fields `line-NUMBER`."""
    said = _ticks(request.POST)
    user, now = access(request).user, timezone.now()
    done(request, lambda: tick(copy, said, by=user, at=now), _("Đã lưu."))


def _ticks(posted: Mapping[str, str]) -> dict[int, str]:
    """Number → tick, of the lines that were changed on the page: a field `was` says how each stood
    there, for the holder and the station write on one copy."""
    was = dict(each.partition(":")[::2] for each in posted.get("was", "").split())
    unsaid = "" if "was" in posted else None  # a page that does not say is of every line
    named = ((name.removeprefix("line-"), said) for name, said in posted.items()
             if name.startswith("line-"))  # fmt: skip
    return {
        int(number): said for number, said in named
        if re.fullmatch("[0-9]{1,5}", number) and said != was.get(number, unsaid)
    }  # fmt: skip


def whole(text: str | None) -> int:
    """The number of ours that was sent; 0 for anything else."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 18 else 0


def just_written(request: HttpRequest, key: str | None) -> Contact | None:
    """The contact of that number that stands, if whoever looks wrote it down."""
    mine = Contact.objects.filter(by=access(request).user, taken_back_at=None)
    return mine.filter(pk=whole(key)).first()
