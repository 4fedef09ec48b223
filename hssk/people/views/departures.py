"""Who is said to have moved away: what waits for an answer, and who has gone lately."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from hssk.access.policy import needs
from hssk.access.rights import Right
from hssk.access.services import looks
from hssk.access.views.doorkeeper import access
from hssk.people.forms.moves import KINDS, ReasonForm
from hssk.people.models import Person, Release
from hssk.people.models.moves import ACCEPTED, WAITING
from hssk.people.rules.moves import OVERDUE_AFTER
from hssk.people.services import moves
from hssk.people.services.moves.answering import CITIZEN, LEFT, OFFICER, REASONS
from hssk.people.services.moves.undoing import LEAVER, RECEIVER
from hssk.people.views import within

HOW = {
    LEFT: gettext_lazy("nơi cũ đồng ý"),
    CITIZEN: gettext_lazy("người dân đến nơi mới, có giấy tờ"),
    OFFICER: gettext_lazy("trung tâm y tế quyết định"),
}
OF_THE_COMMUNE_LEFT = ("here", "other", "unsure")


@needs(Right.RELEASE)
def departures(request: HttpRequest) -> HttpResponse:
    """What this person may answer now, the oldest first; then who went, for thirty days."""
    who = access(request)
    every = list(within.releases_of(request).order_by("asked_on", "move"))
    asked = moves.answerable(who, every)
    gone = [one for one in every if one.state != WAITING and one.answered_on]
    looks.look(who, looks.LIST, Right.RELEASE, [one.person for one in (*asked, *gone)])
    context = {
        "asked": asked_lines(asked),
        "gone": [_gone_line(one, request) for one in reversed(gone)],
        "reasons": [(key, _(REASONS[key])) for key in OF_THE_COMMUNE_LEFT],
        "tabs": within.tabs(request, "departures"),
    }
    return render(request, "people/departures.html", context)


def asked_lines(asked: Iterable[Release]) -> list[dict[str, Any]]:
    """What is needed to answer: whom the commune knows there, and into which commune."""
    asked = list(asked)
    people: dict[UUID, Person] = Person.objects.in_bulk([one.person for one in asked])
    lines = []
    for one in asked:
        person = people.get(one.person)
        birth = person.birth if person is not None else None
        lines.append({"release": one, "birth": birth, "kind": KINDS[one.kind],
                      "due": one.asked_on + OVERDUE_AFTER})  # fmt: skip
    return lines


def _gone_line(release: Release, request: HttpRequest) -> dict[str, Any]:
    tone, words = within.state_of(release, request)
    return {
        "release": release,
        "tone": tone,
        "state": words,
        "how": HOW.get(release.how, ""),
        "reason": _(REASONS[release.reason]) if release.reason else "",
        "can_undo": release.state == ACCEPTED and release.undo_asked != LEAVER,
        "undo_asked": release.undo_asked == RECEIVER,
        "undo_waits": release.undo_asked == LEAVER,
    }


@needs(Right.RELEASE)
@require_POST
def answer(request: HttpRequest, move: int) -> HttpResponse:
    """Let somebody go, or say why not."""
    release = within.release_asked(request, move)
    form = ReasonForm(request.POST)

    def act() -> str:
        if request.POST.get("answer") == "accept":
            return _let_go(release, request)
        reason = form.cleaned_data["reason"] if form.is_valid() else ""
        moves.refuse(release, reason, by=access(request))
        return _("Đã trả lời: người này không chuyển đi.")

    page = "people:centre" if request.POST.get("from") == "centre" else "people:departures"
    return within.done(request, page, act)


def _let_go(release: Release, request: HttpRequest) -> str:
    if moves.accept(release, by=access(request)):
        return _("Đã đồng ý cho người này chuyển đến {unit}.").format(unit=release.unit)
    return _("Người này nay được tính ở nơi khác; đề nghị đã được gửi đến nơi đó.")


@needs(Right.RELEASE)
@require_POST
def mistake(request: HttpRequest, move: int) -> HttpResponse:
    """Ask the new commune to undo an accepted move, or agree with it."""
    release = within.release_asked(request, move)

    def act() -> str:
        if moves.agree_or_ask_to_undo(release, by=access(request)):
            return _("Đã hoàn tác: người này lại ở địa bàn của bạn.")
        return _("Đã xin hoàn tác; nơi mới phải đồng ý.")

    return within.done(request, "people:departures", act)
