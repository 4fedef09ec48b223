"""What the health centre decides: late answers, proposals nobody takes up, locks, mistakes."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hssk.access.models import User
from hssk.access.policy import needs
from hssk.access.rights import Right
from hssk.access.services import looks
from hssk.access.views.doorkeeper import access
from hssk.kit.dates import PartialDate
from hssk.people.forms.moves import KINDS, ReasonForm
from hssk.people.models.moves import WAITING
from hssk.people.rules import is_expired, is_overdue
from hssk.people.rules.moves import STUB_FOR
from hssk.people.services import label_of_move, moves
from hssk.people.services.moves.answering import REASONS
from hssk.people.views import departures, within

OF_THE_CENTRE = ("record", "unsure")


@needs(Right.RELEASE)
def centre(request: HttpRequest) -> HttpResponse:
    """Late answers that this officer may give, proposals to close, the locked, the undoable."""
    who = access(request)
    releases = list(within.releases_of(request).order_by("asked_on", "move"))
    overdue = [one for one in releases if is_overdue(one.asked_on, who.day)]
    late = moves.answerable(who, overdue)
    known = {one.pk for one in releases}  # those of whom this officer sees who is meant
    open_ = within.arrivals_of(request, Right.RELEASE).filter(state=WAITING).order_by("id")
    closable = [move for move in open_ if move.pk not in known and moves.can_close(who, move)
                and not is_expired(move.proposed_on, who.day)]  # fmt: skip
    undoable = [
        one
        for one in releases
        if one.answered_on
        and one.answered_on + STUB_FOR > who.day
        and moves.can_undo_alone(who, one)
    ]
    named = [one.person for one in (*late, *undoable)]
    named += [label_of_move(move.pk) for move in closable]
    looks.look(who, looks.LIST, Right.RELEASE, named)
    context = {
        "late": departures.asked_lines(late),
        "reasons": [(key, _(REASONS[key])) for key in departures.OF_THE_COMMUNE_LEFT],
        "closable": [
            {"move": move, "birth": PartialDate(move.birth_on, move.birth_precision),
             "kind": KINDS[move.kind]}
            for move in closable
        ],
        "close_reasons": [(key, _(REASONS[key])) for key in OF_THE_CENTRE],
        "locked": moves.locked_within(who),
        "undoable": undoable,
        "tabs": within.tabs(request, "centre"),
    }  # fmt: skip
    return render(request, "people/centre.html", context)


@needs(Right.RELEASE)
@require_POST
def close(request: HttpRequest, move: int) -> HttpResponse:
    """Say that a proposal is not taken up."""
    found = within.arrival_asked(request, move, Right.RELEASE)
    form = ReasonForm(request.POST)

    def act() -> str:
        reason = form.cleaned_data["reason"] if form.is_valid() else ""
        moves.close(found, reason, by=access(request))
        return _("Đã đóng đề nghị.")

    return within.done(request, "people:centre", act)


@needs(Right.RELEASE)
@require_POST
def undo(request: HttpRequest, move: int) -> HttpResponse:
    """Undo an accepted move as an officer of both communes."""
    release = within.release_asked(request, move)

    def act() -> str:
        moves.undo_alone(release, by=access(request))
        return _("Đã hoàn tác: người này lại ở nơi cũ.")

    return within.done(request, "people:centre", act)


@needs(Right.RELEASE)
@require_POST
def free(request: HttpRequest, user: int) -> HttpResponse:
    """Let a locked proposer propose again."""
    locked = {one.pk: one for one, _standing in moves.locked_within(access(request))}
    if user not in locked:
        raise Http404
    someone: User = locked[user]

    def act() -> str:
        moves.let_propose(someone, by=access(request))
        return _("{user} lại gửi được đề nghị.").format(user=someone)

    return within.done(request, "people:centre", act)
