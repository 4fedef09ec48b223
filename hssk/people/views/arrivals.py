"""Who has moved in, as the receiver typed it; and the form that proposes, or only asks."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Case, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hssk.access.policy import needs
from hssk.access.rights import Right
from hssk.access.services import looks
from hssk.access.views.doorkeeper import access
from hssk.kit.dates import PartialDate
from hssk.people.errors import CannotMove
from hssk.people.forms.moves import KINDS, MoveForm, PaperForm
from hssk.people.models import Move
from hssk.people.models.moves import ACCEPTED, WAITING
from hssk.people.rules.moves import STUB_FOR
from hssk.people.services import label_of_move, moves
from hssk.people.services.moves.undoing import LEAVER, RECEIVER
from hssk.people.views import within

ON_A_PAGE = 50


@needs(Right.MOVE)
def arrivals(request: HttpRequest) -> HttpResponse:
    """The proposals into one's own area, those that wait first."""
    waits = Case(When(state=WAITING, then=Value(0)), default=Value(1))
    every = within.arrivals_of(request).order_by(waits, "-id")
    page = Paginator(every, ON_A_PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    named = [move.person or label_of_move(move.pk) for move in shown]
    looks.look(access(request), looks.LIST, Right.MOVE, named)
    context = {
        "page": page,
        "lines": [_line(move, request) for move in shown],
        "waiting": every.filter(state=WAITING).count(),
        "tabs": within.tabs(request, "arrivals"),
    }
    return render(request, "people/arrivals.html", context)


def _line(move: Move, request: HttpRequest) -> dict[str, Any]:
    me, day = access(request).user, access(request).day
    tone, words = within.state_of(move, request)
    waits, mine = tone == "ask", move.proposed_by_id == me.pk
    lately = move.state == ACCEPTED and move.answered_on and move.answered_on + STUB_FOR > day
    return {
        "move": move,
        "birth": PartialDate(move.birth_on, move.birth_precision),
        "kind": KINDS[move.kind],
        "tone": tone,
        "state": words,
        "can_withdraw": waits and mine,
        "can_witness": waits and not mine,
        "can_undo": lately and move.undo_asked != RECEIVER,
        "undo_asked": bool(lately) and move.undo_asked == LEAVER,
        "undo_waits": bool(lately) and move.undo_asked == RECEIVER,
    }


@needs(Right.MOVE)
def new(request: HttpRequest) -> HttpResponse:
    """The form: propose somebody, or ask first whether they are known elsewhere."""
    asking = request.POST.get("act") == "ask"
    who = access(request)
    given = {"hamlets": who.hamlets(Right.MOVE), "today": who.day}
    if request.method == "POST":
        form = MoveForm(request.POST, asking=asking, **given)
        if form.is_valid() and (answer := _taken(request, form, asking)) is not None:
            return answer
        return _form_page(request, form, None)
    question = request.GET.get("asked", "")
    named = question.isdecimal() and len(question) < 18
    answer_ = moves.answer_to(int(question)) if named else None
    initial: dict[str, Any] = {"since": who.day, **request.GET.dict()}
    if answer_ is not None:
        typed = answer_.typed
        initial |= {"name": typed.name, "birth": str(typed.birth), "number": typed.number}
    return _form_page(request, MoveForm(initial=initial, **given), answer_)


def _taken(request: HttpRequest, form: MoveForm, asking: bool) -> HttpResponse | None:
    """Where to go on once what was typed is taken; None where it was not: the form says why."""
    try:
        if asking:
            carried = {name: form.data.get(name, "") for name in ("sex", "hamlet", "kind", "since")}
            query = urlencode({"asked": moves.ask(form.typed()), **carried})
            return redirect(f"{reverse('people:new-move')}?{query}")
        proposal = form.proposal()
        return within.done(request, "people:arrivals", lambda: _proposed(request, proposal))
    except CannotMove as refusal:
        form.add_error(None, _(refusal.message).format(**refusal.params))
        return None


def _proposed(request: HttpRequest, proposal: moves.Proposal) -> str:
    moves.propose(proposal, by=access(request))
    # no name: a message lies in a cookie of a computer that several people use
    return _(
        "Đã gửi đề nghị. Nơi cũ hoặc trung tâm y tế sẽ trả lời; trước lúc đó bạn chỉ thấy những "
        "gì bạn đã ghi."
    )


def _form_page(request: HttpRequest, form: MoveForm, answer: moves.Answer | None) -> HttpResponse:
    looks.look(access(request), looks.OPEN, Right.MOVE, [])
    crumbs = [
        {"label": _("Người chuyển đến"), "url": reverse("people:arrivals")},
        {"label": _("Đề nghị mới")},
    ]
    context = {"form": form, "answer": answer, "breadcrumbs": crumbs}
    return render(request, "people/new_move.html", context)


@needs(Right.MOVE)
@require_POST
def withdraw(request: HttpRequest, move: int) -> HttpResponse:
    """Take one's own proposal back."""
    found = within.arrival_asked(request, move)

    def act() -> str:
        moves.withdraw_proposal(found, by=access(request))
        return _("Đã rút lại đề nghị.")

    return within.done(request, "people:arrivals", act)


@needs(Right.MOVE)
@require_POST
def desk(request: HttpRequest, move: int) -> HttpResponse:
    """The citizen is here and has shown a paper: a colleague of the proposer says so."""
    found = within.arrival_asked(request, move)
    form = PaperForm(request.POST)

    def act() -> str:
        if not form.is_valid():
            raise CannotMove(form.errors["number"][0])
        if moves.witness(found, form.cleaned_data["number"], by=access(request)):
            return _("Đã chuyển người này về địa bàn của bạn.")
        return _("Đã ghi là người dân có mặt. Trung tâm y tế sẽ xem tiếp đề nghị này.")

    return within.done(request, "people:arrivals", act)


@needs(Right.MOVE)
@require_POST
def mistake(request: HttpRequest, move: int) -> HttpResponse:
    """Ask the commune left to undo an accepted move, or agree with it."""
    found = within.arrival_asked(request, move)

    def act() -> str:
        if moves.agree_or_ask_to_undo(found, by=access(request)):
            return _("Đã hoàn tác: người này lại ở nơi cũ.")
        return _("Đã xin hoàn tác; nơi cũ phải đồng ý.")

    return within.done(request, "people:arrivals", act)
