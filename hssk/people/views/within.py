"""Which proposals a page may be about: those of one's own side, in one's own area."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from hssk.access.rights import Right
from hssk.access.views.doorkeeper import access
from hssk.people.errors import CannotMove
from hssk.people.models import Move, Release
from hssk.people.models.moves import ACCEPTED, REFUSED, UNDONE, WAITING, WITHDRAWN
from hssk.people.rules import is_expired
from hssk.people.rules.moves import STUB_FOR
from hssk.people.views.asked import turn_away


def arrivals_of(request: HttpRequest, right: Right = Right.MOVE) -> QuerySet[Move]:
    """The proposals into the hamlets in which `right` is held."""
    hamlets = access(request).hamlets(right)
    every = Move.objects.select_related("hamlet__unit", "proposed_by", "witnessed_by")
    return every if hamlets is None else every.filter(hamlet__in=hamlets)


def releases_of(request: HttpRequest) -> QuerySet[Release]:
    """What the communes of one's own area are asked, or were told within thirty days."""
    who = access(request)
    every = Release.objects.select_related("unit", "asked_by", "hamlet__unit", "answered_by")
    hamlets = who.hamlets(Right.RELEASE)
    if hamlets is not None:
        lately = Q(answered_on=None) | Q(answered_on__gt=who.day - STUB_FOR)
        every = every.filter(lately, hamlet__in=hamlets)
    return every


def arrival_asked(request: HttpRequest, move: int, right: Right = Right.MOVE) -> Move:
    """The proposal of an address; Http404 outside the area."""
    found = arrivals_of(request, right).filter(pk=move).first()
    return found or turn_away(request, right)


def release_asked(request: HttpRequest, move: int) -> Release:
    """The release of an address; Http404 outside the area."""
    found = releases_of(request).filter(pk=move).first()
    return found or turn_away(request, Right.RELEASE)


def done(request: HttpRequest, page: str, act: Callable[[], str]) -> HttpResponse:
    """Do `act`, say what it says or why it could not be done, and go back to the page."""
    try:
        messages.success(request, act())
    except CannotMove as refusal:
        messages.warning(request, _(refusal.message).format(**refusal.params))
    return redirect(page)


def state_of(move: Move | Release, request: HttpRequest) -> tuple[str, str]:
    """(tone, words) of how a proposal stands, for its own list."""
    asked = move.proposed_on if isinstance(move, Move) else move.asked_on
    if move.state == WAITING and is_expired(asked, access(request).day):
        return "away", _("hết hạn")
    return {
        WAITING: ("ask", _("chờ trả lời")),
        ACCEPTED: ("found", _("đã chuyển")),
        REFUSED: ("missing", _("không được nhận")),
        WITHDRAWN: ("away", _("đã rút lại")),
        UNDONE: ("away", _("đã hoàn tác")),
    }[move.state]


def tabs(request: HttpRequest, here: str) -> list[dict[str, Any]]:
    """The pages of moves that this person may open."""
    pages = (
        ("arrivals", Right.MOVE, _("Chuyển đến")),
        ("departures", Right.RELEASE, _("Chuyển đi")),
        ("centre", Right.RELEASE, _("Quá hạn và vướng mắc")),
    )
    return [
        {"label": label, "url": reverse(f"people:{name}"), "here": name == here}
        for name, right, label in pages
        if access(request).allows(right)
    ]
