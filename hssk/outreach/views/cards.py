"""Cards of records: how each hamlet stands, print runs, and what becomes of a card."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from hssk.access.policy import needs
from hssk.access.rights import Right
from hssk.access.services import looks
from hssk.access.views.doorkeeper import access
from hssk.outreach.models import Card, CardRun, Handover
from hssk.outreach.papers.cards import cards_as_pdf
from hssk.outreach.rules.cards import Ended, Handing, Tally, tally
from hssk.outreach.services import cards
from hssk.outreach.services.naming import commune_on, communes_of
from hssk.outreach.views.within import day_counted, done, hamlet_asked, hamlets_of
from hssk.people.services import objectors, roots_of
from hssk.people.views.asked import turn_away
from hssk.places.models import Hamlet

ROWS_ON_A_PAGE = 50
HANDINGS = {
    Handing.STATION: gettext_lazy("tại trạm"),
    Handing.DESK: gettext_lazy("quét ở bàn của buổi"),
    Handing.TICK: gettext_lazy("theo dấu trên bản danh sách"),
}


@needs(Right.LISTS)
def cards_page(request: HttpRequest) -> HttpResponse:
    """Of each hamlet of the area: of how many a card is to be printed, lies there, was handed."""
    page = Paginator(hamlets_of(request), ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    there = list(page.object_list)
    found = cards.tallies([one.pk for one in there], day_counted(request))
    looks.look(access(request), looks.LIST, Right.LISTS, [])  # figures
    communes = communes_of((one.pk for one in there), access(request).day)
    lines = [(one, communes[one.pk], found.get(one.pk, Tally(0, 0, 0))) for one in there]
    return render(request, "outreach/cards.html", {"page": page, "lines": lines})


@needs(Right.LISTS)
def hamlet_cards(request: HttpRequest, hamlet: int) -> HttpResponse:
    """The cards of a hamlet: its runs, and whose card lies at the station or was handed over."""
    place, on = _hamlet(request, hamlet), day_counted(request)
    found = cards.standings([place.pk], on)[place.pk]
    handed = request.GET.get("show") == "handed"
    keys = [one.card for one in found if one.card and one.handed == handed]
    ordered = Card.objects.filter(pk__in=keys).order_by("-run", "number")
    page = Paginator(ordered, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    there = list(page.object_list)
    looks.look(access(request), looks.LIST, Right.LISTS, [card.person for card in there])
    numbers = tally(found)
    context = {
        "hamlet": place, "commune": commune_on(place, access(request).day), "on": on,
        "numbers": numbers, "page": page, "handed": handed,
        "rows": _rows(there), "runs": cards.runs_of(place, by=access(request)),
        "objecting": len(objectors(one.person for one in found if one.waits)),
        "chips": _chips(numbers, handed),
        "breadcrumbs": [
            {"label": _("Thẻ hồ sơ"), "url": reverse("outreach:cards")}, {"label": place.name},
        ],
    }  # fmt: skip
    return render(request, "outreach/hamlet_cards.html", context)


def _chips(numbers: Tally, handed: bool) -> list[dict[str, Any]]:
    return [
        {"words": _("Ở trạm"), "count": numbers.waiting, "show": "", "here": not handed},
        {"words": _("Đã giao"), "count": numbers.handed, "show": "handed", "here": handed},
    ]


def _rows(there: list[Card]) -> list[dict[str, Any]]:
    standing = Handover.objects.filter(card__in=there, taken_back_at=None).select_related("by")
    handed = {one.card_id: one for one in standing}
    away = objectors(card.person for card in there)
    roots = roots_of(card.person for card in there)
    return [
        {"card": card, "person": roots[card.person], "handed": handed.get(card.pk),
         "how": HANDINGS[Handing(handed[card.pk].how)] if card.pk in handed else "",
         "objects": card.person in away}
        for card in there
    ]  # fmt: skip


@needs(Right.LISTS)
@require_POST
def print_cards(request: HttpRequest, hamlet: int) -> HttpResponse:
    """A run for those of a hamlet who have a record and no card."""
    place, on, user = _hamlet(request, hamlet), day_counted(request), access(request).user
    runs: list[CardRun] = []

    def act() -> None:
        runs.append(cards.print_run(place, on, by=user, at=timezone.now()))

    done(request, act, _("Đã lập đợt in. Mở tệp PDF để in, rồi cắt theo dấu ở góc."))
    named = Card.objects.filter(run__in=runs).values_list("person", flat=True)
    looks.look(access(request), looks.CARD, Right.LISTS, named)
    return redirect("outreach:hamlet-cards", place.pk)


@needs(Right.LISTS)
def cards_paper(request: HttpRequest, run: int) -> HttpResponse:
    """The cards of a run that are not handed over, ten a page; the same bytes while they are the
    same cards."""
    one = CardRun.objects.select_related("hamlet").filter(pk=run).first()
    if one is None or not access(request).holds_hamlet(one.hamlet_id, Right.LISTS):
        turn_away(request, Right.LISTS)
    there = cards.to_print(one, day_counted(request))
    looks.look(access(request), looks.PRINT, Right.LISTS, [card.person for card in there])
    if not there:
        return redirect("outreach:hamlet-cards", one.hamlet_id)
    answer = HttpResponse(cards_as_pdf(one, there), content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="the-ho-so.pdf"'
    return answer


@needs(Right.LISTS)
@require_POST
def card_handed(request: HttpRequest, card: int) -> HttpResponse:
    """Whose it is took it along."""
    return _act(
        request, card, _("Đã ghi là đã giao."),
        lambda one: cards.hand_over(
            one, Handing.STATION, by=access(request).user, at=timezone.now()),
    )  # fmt: skip


@needs(Right.LISTS)
@require_POST
def card_back(request: HttpRequest, card: int) -> HttpResponse:
    """It was not handed over after all."""
    return _act(
        request, card, _("Đã rút lại. Thẻ lại ở trạm."),
        lambda one: cards.take_back_handover(one, by=access(request).user, at=timezone.now()),
    )  # fmt: skip


@needs(Right.LISTS)
@require_POST
def card_anew(request: HttpRequest, card: int) -> HttpResponse:
    """It is lost, or spoilt: it ends, and another is printed."""
    why = Ended.LOST if request.POST.get("why") == Ended.LOST else Ended.SPOILT
    on = day_counted(request)
    return _act(
        request, card, _("Thẻ cũ đã hủy. Đợt in mới có một thẻ, mở tệp PDF để in."),
        lambda one: cards.print_anew(one, why, on, by=access(request).user, at=timezone.now()),
    )  # fmt: skip


def _act(request: HttpRequest, card: int, told: str, act: Callable[[Card], object]) -> HttpResponse:
    """Do something with a card of the area; back to the cards of its hamlet."""
    one, where = _card(request, card)
    looks.look(access(request), looks.CARD, Right.LISTS, [one.person])
    done(request, lambda: act(one), told)
    return redirect("outreach:hamlet-cards", where)


def _hamlet(request: HttpRequest, hamlet: int) -> Hamlet:
    return hamlet_asked(request, hamlet) or turn_away(request, Right.LISTS)


def _card(request: HttpRequest, card: int) -> tuple[Card, int]:
    """The card of an address, and the hamlet where its person lives; Http404 outside the area."""
    one = Card.objects.filter(pk=card).first()
    where = cards.home_of(one, access(request).day) if one else None
    if one is None or where is None or not access(request).holds_hamlet(where, Right.LISTS):
        turn_away(request, Right.LISTS)
    return one, where
