"""The work list: household by household, what came of going there, one key an outcome."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hssk.access.policy import needs
from hssk.access.rights import Right
from hssk.access.services import looks
from hssk.access.views.doorkeeper import access
from hssk.kit.dates import PartialDate
from hssk.kit.errors import Trouble
from hssk.outreach.forms import OUTCOMES, HamletForm, OutcomeForm
from hssk.outreach.models import Contact, Kind
from hssk.outreach.services import Lack, record_outcome, withdraw, worklist
from hssk.outreach.services.worklist import Home
from hssk.outreach.views.within import day_counted, hamlets_of
from hssk.people.views.asked import one_of_the_area, turn_away

HOUSEHOLDS_ON_A_PAGE = 20


@needs(Right.LISTS)
def work_page(request: HttpRequest) -> HttpResponse:
    """The households of a hamlet where somebody has no record, or no book, with their outcomes."""
    first = HamletForm(request.GET or None, hamlets=hamlets_of(request))
    if not first.is_valid():
        looks.look(access(request), looks.LIST, Right.LISTS, [])  # names nobody yet
        return render(request, "outreach/work_where.html", {"form": first})
    hamlet, who = first.cleaned_data["hamlet"], access(request)
    lack = Lack.BOOK if request.GET.get("lack") == Lack.BOOK else Lack.RECORD
    on = day_counted(request)
    homes = worklist(hamlet, max(on, who.day), lack, by=who, at=timezone.now())
    page = Paginator(homes, HOUSEHOLDS_ON_A_PAGE).get_page(request.GET.get("page"))
    named = [one.person.id for home in page.object_list for one in home.people]
    done = _done(request)
    looks.look(who, looks.LIST, Right.LISTS, [*named, *([done.person] if done else [])])
    context = {
        "hamlet": hamlet, "lack": lack, "page": page, "done": done,
        "done_words": OUTCOMES[Kind(done.kind)] if done else "",
        "people": sum(len(home.people) for home in homes),
        "homes": [_drawn(home, who.day) for home in page.object_list],
        "keys": [(key, OUTCOMES[kind]) for key, kind in _KEYS.items()],
        "back": request.get_full_path().partition("&done=")[0],
    }  # fmt: skip
    return render(request, "outreach/work.html", context)


_KEYS = dict(zip("1234567890-", OUTCOMES, strict=False))


def _drawn(home: Home, today: date) -> dict[str, Any]:
    return {
        "home": home,
        "people": [
            {"asked": one, "said": OUTCOMES[Kind(one.contact.kind)] if one.contact else "",
             "choices": [{"key": key, "value": kind.value, "words": OUTCOMES[kind]}
                         for key, kind in _KEYS.items()]}
            for one in home.people
        ],
        "late": home.due is not None and home.due <= today,
    }  # fmt: skip


def _done(request: HttpRequest) -> Contact | None:
    """The contact that was just written down, by whoever looks."""
    said = request.GET.get("done", "")
    if not (said.isascii() and said.isdigit() and len(said) < 19):
        return None
    mine = Contact.objects.filter(by=access(request).user, taken_back_at=None)
    return mine.filter(pk=int(said)).first()


@needs(Right.LISTS)
@require_POST
def outcome(request: HttpRequest, person: UUID) -> HttpResponse:
    """What came of going to somebody of the area; back to the list, with the way to undo it."""
    one = one_of_the_area(request, person, Right.MOVE)
    form, who = OutcomeForm(request.POST), access(request)
    back = _back(request)
    looks.look(who, looks.OPEN, Right.LISTS, [])
    if not form.is_valid():
        messages.warning(request, _("Chọn một kết quả; ngày ghi như 5/12/2026."))
        return redirect(back)
    said = form.cleaned_data
    kind, words, day = Kind(said["kind"]), said["words"], said["day"]
    try:
        contact = record_outcome(
            one.root, kind, on=who.day, by=who, why=words,
            where=words if kind in (Kind.HAD_ONE, Kind.MOVED, Kind.ABSENT) else "",
            until=day if kind is Kind.ABSENT else None,
            since=PartialDate(day) if day and kind is not Kind.ABSENT else None,
        )  # fmt: skip
    except Trouble as refusal:
        messages.warning(request, _(refusal.message).format(**refusal.params))
        return redirect(back)
    return redirect(f"{back}&done={contact.pk}")


@needs(Right.LISTS)
@require_POST
def undo_outcome(request: HttpRequest, contact: int) -> HttpResponse:
    """Take a contact of the area back."""
    one, who = Contact.objects.filter(pk=contact).first(), access(request)
    if one is None:
        turn_away(request, Right.LISTS)
    one_of_the_area(request, one.person, Right.MOVE)
    looks.look(who, looks.OPEN, Right.LISTS, [])
    try:
        withdraw(one, who)
        messages.success(request, _("Đã rút lại."))
    except Trouble as refusal:
        messages.warning(request, _(refusal.message).format(**refusal.params))
    return redirect(_back(request))


def _back(request: HttpRequest) -> str:
    """The list one came from: its hamlet, lack and page, and nothing else that was sent."""
    kept = {name: said for name in ("hamlet", "lack", "page")
            if (said := request.POST.get(name, "")).isalnum() and said.isascii()}  # fmt: skip
    query = "&".join(f"{name}={said[:18]}" for name, said in kept.items())
    return f"{reverse('outreach:work')}?{query}"
