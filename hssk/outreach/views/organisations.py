"""Organisations: their figures, for whoever may see figures and for their own contact; and whom to
go to of them, for health staff."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hssk.access.policy import needs
from hssk.access.rights import Right
from hssk.access.services import Access, as_machine, looks, units_to_choose
from hssk.access.views.doorkeeper import access
from hssk.coverage.reports.parting import LEAST_OPEN
from hssk.coverage.rules import LEAST_SHOWN
from hssk.kit.errors import Trouble
from hssk.kit.numbers import format_number, format_percent
from hssk.kit.words import language
from hssk.outreach.models import Kind, Session
from hssk.outreach.organisation_forms import KINDS, OrganisationForm
from hssk.outreach.services.naming import known_on
from hssk.outreach.services.organisations import (
    Shown,
    members_list,
    next_sessions,
    organisations_for,
    shown,
)
from hssk.outreach.views import households
from hssk.outreach.views.households import ORGANISATION, List, lack_asked
from hssk.outreach.views.within import day_counted
from hssk.people.views.asked import turn_away
from hssk.places.models import Organisation, Unit
from hssk.places.services import close_organisation, make_organisation


@needs(Right.FIGURES, Right.ORGANISATION, Right.LISTS)
def list_page(request: HttpRequest) -> HttpResponse:
    """The organisations that one may look at, with their figures; the contact of one goes to it."""
    who, on = access(request), day_counted(request)
    found = organisations_for(who, who.day)
    if len(found) == 1 and not who.allows(Right.FIGURES, Right.LISTS):
        return redirect("organisations:one", found[0].pk)
    context = {
        "lines": [_line(one) for one in shown(found, on, who)],
        "on": on,
        "keeps": who.allows(Right.ROWS),
        "fewest": LEAST_SHOWN,
    }
    return render(request, "outreach/organisations.html", context)


def _line(one: Shown) -> dict[str, Any]:
    return {
        "one": one.organisation, "kind": KINDS[one.organisation.kind], "members": one.members,
        "figures": one.exact, "told": one.told, "few": _few(one), "beside": one.beside,
    }  # fmt: skip


def _few(one: Shown) -> str:
    """What stands instead of numbers of a few people."""
    if one.told is None or not one.told.few:
        return ""
    told = _("dưới {n} người chưa có") if one.told.few == "without" else _("dưới {n} người có")
    return told.format(n=LEAST_OPEN)


@needs(Right.ROWS)
def new_page(request: HttpRequest) -> HttpResponse:
    """The form that writes an organisation down; then its page, where its list comes in."""
    who = access(request)
    looks.look(who, looks.LIST, Right.ROWS, [])  # names nobody
    units = _units(who)
    form = OrganisationForm(request.POST or None, who=who, initial=_offered(units[:1]))
    if request.method == "POST" and form.is_valid():
        try:
            with as_machine(who.user, who.day):  # the unit is one of theirs
                made = make_organisation(**form.cleaned_data, since=who.day)
        except Trouble as refusal:
            form.add_error("name", _(refusal.message).format(**refusal.params))
        else:
            return redirect("organisations:one", made.pk)
    return render(request, "outreach/organisation_new.html", {"form": form, "units": units})


def _units(who: Access) -> list[Unit]:
    """One's own units and their communes, to choose from."""
    areas = sorted(who.units(Right.ROWS), key=str)
    return list(dict.fromkeys([*areas, *units_to_choose(who, Right.ROWS)]))


def _offered(units: list[Unit]) -> str:
    return f"{units[0]} · {units[0].code}" if units else ""


@needs(Right.FIGURES, Right.ORGANISATION, Right.LISTS)
def organisation_page(request: HttpRequest, organisation: int) -> HttpResponse:
    """The figures of one organisation, what to do next, and the way to its list and work list."""
    one, who, on = organisation_asked(request, organisation), access(request), day_counted(request)
    every = shown(organisations_for(who, who.day), on, who)
    figures = next(each for each in every if each.organisation.pk == one.pk)
    keeps = who.holds_unit(one.unit, Right.ROWS)
    context = {
        "one": one,
        "kind": KINDS[one.kind],
        "on": on,
        "shown": figures,
        "tiles": _tiles(figures),
        "fewest": LEAST_SHOWN,
        "keeps": keeps,
        "works": who.allows(Right.LISTS),
        "is_contact": one.pk in who.organisations,
        "sessions": _coming(one.unit, who.day),
        "breadcrumbs": [
            {"label": _("Cơ quan, đoàn thể"), "url": reverse("organisations:list")},
            {"label": one.name},
        ],
    }
    return render(request, "outreach/organisation.html", context)


def _coming(unit: Unit, today: date) -> list[tuple[Session, str]]:
    """The next sessions, each with the hamlets it goes to and the communes they lie in today."""
    known = known_on(today)
    return [
        (each, "; ".join(f"{known[stop.hamlet_id][0]}, {known[stop.hamlet_id][1]}"
                         for stop in each.stops.all()))
        for each in next_sessions(unit, today)
    ]  # fmt: skip


def _tiles(one: Shown) -> list[dict[str, Any]]:
    """The numbers as the asker is told them, each with its words."""
    if one.exact is not None:
        whole = one.exact
        return [
            _tile(_("Có trong danh sách dân"), whole.expected, note=_outside(one)),
            _tile(_("Đã có hồ sơ"), whole.found, "found", _share(whole.found, whole.expected)),
            _tile(_("Chưa có hồ sơ"), whole.missing, "missing"),
            *([_tile(_("Cần xác minh"), whole.to_decide, "ask")] if whole.to_decide else []),
            _tile(_("Đã mở sổ điện tử"), whole.opened),
        ]
    if (told := one.told) is None:
        return []
    few = _("dưới {n}").format(n=LEAST_OPEN)
    tiles = [_tile(_("Có trong danh sách dân"), told.expected, note=_outside(one))]
    if told.few == "without":
        tiles.append(_tile(_("Chưa có hồ sơ"), few, "found", _("Gần như mọi người đã có hồ sơ.")))
    elif told.few == "found":
        tiles.append(_tile(_("Đã có hồ sơ"), few, "missing", _("Gần như chưa ai có hồ sơ.")))
    else:
        share = _share(told.found or 0, told.expected)
        tiles.append(_tile(_("Đã có hồ sơ"), told.found, "found", share))
        tiles.append(_tile(_("Chưa có hồ sơ"), told.without, "missing"))
    if told.opened is not None:
        tiles.append(_tile(_("Đã mở sổ điện tử"), told.opened))
    return tiles


def _tile(label: str, value: int | str | None, tone: str = "plain", note: str = "") -> dict:
    if isinstance(value, int):
        value = format_number(value, language())
    return {"label": label, "value": value, "tone": tone, "note": note}


def _share(part: int, whole: int) -> str:
    return format_percent(part, whole, language()) if whole else ""


def _outside(one: Shown) -> str:
    """How many members are on no list of residents of the unit."""
    expected = one.exact.expected if one.exact else one.told.expected if one.told else 0
    n = one.members - expected
    if not n:
        return ""
    told = _("trong {all} thành viên đã nhận ra")
    return told.format(all=format_number(one.members, language()))


@needs(Right.LISTS)
def work_page(request: HttpRequest, organisation: int) -> HttpResponse:
    """The households of one's own area with members who have no record, or no book, and how many
    live elsewhere."""
    one, who, lack = organisation_asked(request, organisation), access(request), lack_asked(request)
    on = max(day_counted(request), who.day)
    work = members_list(one, on, lack, by=who, at=timezone.now())
    kept = {"list": ORGANISATION, "organisation": one.pk}
    context = {
        "one": one,
        "elsewhere": work.elsewhere,
        "fewest": LEAST_OPEN,
        **households.shown(request, List(work.homes, lack, Right.LISTS, kept, frozenset(Kind))),
        "breadcrumbs": [
            {"label": _("Cơ quan, đoàn thể"), "url": reverse("organisations:list")},
            {"label": one.name, "url": reverse("organisations:one", args=[one.pk])},
            {"label": _("Danh sách việc")},
        ],
    }
    return render(request, "outreach/organisation_work.html", context)


@needs(Right.ROWS)
@require_POST
def close(request: HttpRequest, organisation: int) -> HttpResponse:
    """An organisation that is no more, from today on."""
    one, who = organisation_kept(request, organisation), access(request)
    looks.look(who, looks.OPEN, Right.ROWS, [])
    try:
        with as_machine(who.user, who.day):  # it is kept by them
            close_organisation(one, who.day)
        messages.success(request, _("Đã ghi: tổ chức này ngừng từ hôm nay."))
    except Trouble as refusal:
        messages.warning(request, _(refusal.message))
    return redirect("organisations:one", one.pk)


def organisation_asked(request: HttpRequest, key: int) -> Organisation:
    """An organisation that one may look at; Http404 for any other."""
    who = access(request)
    found = next((one for one in organisations_for(who, who.day) if one.pk == key), None)
    return found or turn_away(request, who.first_of(Right.FIGURES, Right.ORGANISATION, Right.LISTS))


def organisation_kept(request: HttpRequest, key: int) -> Organisation:
    """An organisation whose list one keeps: that of a unit of one's own; Http404 for any other."""
    one = Organisation.objects.select_related("unit__parent").filter(pk=key).first()
    if one is None or not access(request).holds_unit(one.unit, Right.ROWS):
        turn_away(request, Right.ROWS)
    return one
