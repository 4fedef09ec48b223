"""The queue of what only a person can decide."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hssk.access.policy import needs
from hssk.access.rights import Right
from hssk.access.services import as_machine, looks
from hssk.exchange.errors import Refused
from hssk.exchange.models import Review
from hssk.exchange.services import comparing, reviewing, waiting, working
from hssk.exchange.views import within

VERDICTS = (Review.SAME, Review.DIFFERENT, Review.LATER)


@needs(Right.DECIDE)
def queue(request: HttpRequest, row: int | None = None) -> HttpResponse:
    """One case with its place in the queue; an empty queue says what to do instead."""
    working.resume()
    around = comparing.queue_around(row, within.queue(request).asked)
    if row is not None and around["row"] != row:
        messages.info(request, _("Cặp đó không còn chờ ai quyết định. Đây là cặp tiếp theo."))
        return redirect("exchange:review")
    case = comparing.case_of(around["row"]) if around["row"] else None
    named = [*(case["people"] if case else ()), *around["people"]]
    looks.look(within.access(request), looks.OPEN, Right.DECIDE, named)
    context = {
        "queue": around,
        "case": case,
        "last": reviewing.last_verdicts(request.user),
        "keys": [
            ("S", _("cùng một người")),
            ("D", _("khác người")),
            ("L", _("để sau")),
            ("U", _("hoàn tác")),
            ("J", _("cặp sau")),
            ("K", _("cặp trước")),
        ],
    }
    return render(request, "exchange/review.html", context)


@needs(Right.DECIDE)
@require_POST
def verdict(request: HttpRequest, row: int) -> HttpResponse:
    """Note what was decided of a row, and go on to the next."""
    said = request.POST.get("verdict", "")
    following, seen = request.POST.get("next", ""), request.POST.get("against", "")
    area = within.questions(request)
    if said not in VERDICTS or not seen.isdecimal():
        return redirect("exchange:review-case", row)
    if area is not None and not waiting.asks(row, area):
        raise Http404
    try:
        with as_machine(request.user, within.access(request).day):  # both sides are theirs
            reviewing.decide(row, said, actor=request.user, seen=int(seen))
    except Refused as refused:
        messages.info(request, _say(refused))
        if waiting.asks(row, area):  # a key pressed again must not decide of the next
            return redirect("exchange:review-case", row)
    if following.isdecimal() and waiting.asks(int(following), area):
        return redirect("exchange:review-case", int(following))
    return redirect("exchange:review")


@needs(Right.DECIDE)
@require_POST
def back(request: HttpRequest, verdict: int) -> HttpResponse:
    """Take one's own verdict back; the row asks again."""
    review = get_object_or_404(Review, id=verdict, actor=request.user, taken_back_at=None)
    try:
        with as_machine(request.user, within.access(request).day):  # the verdict is their own
            decision = reviewing.take_back(review)
    except Refused as refused:
        messages.info(request, _say(refused))
        return redirect("exchange:review")
    if decision is None:
        messages.info(request, _("Đã hoàn tác. Dòng đó không còn chờ quyết định nào."))
        return redirect("exchange:review")
    messages.success(request, _("Đã hoàn tác; cặp này lại chờ bạn quyết định."))
    return redirect("exchange:review-case", decision.row_id)


def _say(refused: Refused) -> str:
    return f"{_(refused.message)} {_(refused.advice)}".format(**refused.params).strip()
