"""The queue of a session's day: whose turn it is at which desk; a board of numbers alone."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from hssk.access.policy import needs
from hssk.access.rights import Right
from hssk.access.services import looks
from hssk.access.views.doorkeeper import access
from hssk.outreach.errors import CannotWork
from hssk.outreach.models import Session
from hssk.outreach.rules.queues import CALLING, Desk, Place, Standing, waiting_at
from hssk.outreach.services.daybooks import queueing
from hssk.outreach.services.daybooks.checking_in import names_of, resident_of
from hssk.outreach.views.going_out import session_asked
from hssk.outreach.views.session_day import opens_forms, person_typed
from hssk.outreach.views.within import one_to_write_of, whole

DESKS = {
    Desk.RECEPTION: gettext_lazy("Đón tiếp"),
    Desk.RECORD: gettext_lazy("Lập hồ sơ"),
    Desk.VITALS: gettext_lazy("Đo chỉ số"),
    Desk.DOCTOR: gettext_lazy("Khám"),
    Desk.BOOK: gettext_lazy("Mở sổ điện tử"),
}
STANDINGS = {
    Standing.WAITING: ("ask", gettext_lazy("đang chờ")),
    Standing.SERVING: ("ask", gettext_lazy("đang làm")),
    Standing.DONE: ("found", gettext_lazy("xong")),
    Standing.LEFT: ("away", gettext_lazy("đã về")),
}
_CALLED = [(each, DESKS[each]) for each in CALLING]


@needs(Right.MOVE)
@require_safe
def queue_page(request: HttpRequest, session: int) -> HttpResponse:
    """The queue with its names: whom one serves, who waits, who does what, the counts."""
    one, who = session_asked(request, session), access(request)
    places = queueing.places_of(one, who)
    names = names_of(place.person for place in places)
    mine, desk = queueing.served_by(places, who), queueing.desk_of(one, who)
    looks.look(who, looks.LIST, Right.MOVE, [p.person for p in places if p.person in names])
    context = {
        "session": one,
        "open": queueing.has_queue(one, who),
        "desk": desk,
        "desks": [(each, words, each == desk) for each, words in DESKS.items()],
        "calls": desk in CALLING,
        "waiting": len(waiting_at(places, desk)) if desk else 0,
        "mine": mine and _row(mine, names),
        "resident": mine and resident_of(mine.person, by=who),
        "may_open": who.allows(Right.RECORD),
        "may_fill": opens_forms(one, who),
        "others": [(each, words) for each, words in _CALLED if mine and each != mine.desk],
        "called": _CALLED,
        "rows": [_row(place, names) for place in places],
        "as_of": timezone.now(),
        **_live(one, places),
    }
    return render(request, "outreach/queue.html", context)


def _row(place: Place, names: dict[Any, str]) -> dict[str, Any]:
    tone, words = STANDINGS[place.standing]
    return {
        "place": place, "tone": tone, "standing": words, "desk": DESKS[place.desk],
        "name": names.get(place.person, ""), "ended": place.standing in (
            Standing.DONE, Standing.LEFT),
    }  # fmt: skip


def _live(session: Session, places: list[Place]) -> dict[str, Any]:
    """What changes by itself, in numbers alone."""
    seats = list(session.seats.select_related("user"))
    return {
        "counted": queueing.counts_of(session, places),
        "lines": [
            {
                "words": words,
                "staff": [seat.user for seat in seats if seat.desk == each],
                "served": [p.number for p in places
                           if p.desk is each and p.standing is Standing.SERVING],
                "waiting": [p.number for p in waiting_at(places, each)],
            }
            for each, words in DESKS.items()
        ],
    }  # fmt: skip


@needs(Right.MOVE)
@require_POST
def queue_act(request: HttpRequest, session: int) -> HttpResponse:
    """Sit at a desk, call the next number, or have one stand otherwise."""
    one, who = session_asked(request, session), access(request)
    looks.look(who, looks.LIST, Right.MOVE, [])
    try:
        _acted(request, one)
    except CannotWork as refusal:
        messages.warning(request, _(refusal.message).format(**refusal.params))
    return redirect("plans:queue", one.pk)


def _acted(request: HttpRequest, session: Session) -> None:
    said, who = request.POST, access(request)
    desk = _desk(said.get("desk"))
    if said.get("act") == "sit" and desk:
        queueing.sit_at(session, desk, by=who)
    elif said.get("act") == "next":
        desk = queueing.desk_of(session, who)
        called = desk and queueing.call_next(
            session, desk, by=who, shown=whole(said.get("shown")) or None
        )
        if called is None:
            messages.info(request, _("Ở bàn này không còn ai chờ."))
    elif number := whole(said.get("number")):
        standing = said.get("act", "")
        if standing in list(Standing):
            queueing.move(session, number, Standing(standing), by=who, desk=desk)


def _desk(text: str | None) -> Desk | None:
    return Desk(text) if text in list(Desk) else None


@needs(Right.MOVE)
@require_POST
def take_number(request: HttpRequest, session: int) -> HttpResponse:
    """Somebody who was found by name gets a number."""
    one, who = session_asked(request, session), access(request)
    person = person_typed(request.POST.get("person"))
    somebody = one_to_write_of(request, person)
    looks.look(who, looks.LIST, Right.MOVE, [somebody.root])
    try:
        ticket = queueing.arrive(one, somebody.root, by=who)
    except CannotWork as refusal:
        messages.warning(request, _(refusal.message).format(**refusal.params))
    else:
        messages.success(request, _("Đã phát số {number}.").format(number=ticket.number))
    return redirect("plans:day", one.pk)


@needs(Right.SESSIONS)
@require_safe
def board(request: HttpRequest, session: int) -> HttpResponse:
    """Numbers and desks alone, for a second screen that everybody sees."""
    one = session_asked(request, session)
    places = queueing.places_of(one, access(request))
    return render(request, "outreach/board.html", {"session": one, **_live(one, places)})


@needs(Right.SESSIONS)
@require_safe
def queue_state(request: HttpRequest, session: int) -> JsonResponse:
    """The parts of both pages that change, as they are now: numbers and counts, no name."""
    one = session_asked(request, session)
    live = _live(one, queueing.places_of(one, access(request)))
    part = "board" if request.GET.get("part") == "board" else "counts"
    html = render_to_string(f"outreach/parts/queue_{part}.html", live, request)
    return JsonResponse({"html": html})
