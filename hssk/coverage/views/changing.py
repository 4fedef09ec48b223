"""Two days side by side: who came, who left, who got a record, who lost one."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hssk.access.policy import needs
from hssk.access.rights import Right
from hssk.access.services.looks import LIST
from hssk.coverage import services
from hssk.coverage.forms import SinceForm
from hssk.coverage.services import Changes
from hssk.coverage.views import places, showing, within
from hssk.coverage.views.asking import Asked, asked_of
from hssk.places.errors import UnknownUnit
from hssk.places.models import Unit

USUAL_DAYS = 90
NAMES_SHOWN = 20
ROWS_ON_A_PAGE = 50


@dataclass(frozen=True)
class Kind:
    """One kind of change, what it is called and what it says."""

    title: str | Promise
    says: str | Promise
    tone: str = "plain"


KINDS = {
    "got": Kind(
        gettext_lazy("Mới có hồ sơ"), gettext_lazy("là dân cư cả hai ngày, nay có hồ sơ"), "found"
    ),
    "lost": Kind(
        gettext_lazy("Không còn hồ sơ"),
        gettext_lazy("là dân cư cả hai ngày, nay không còn hồ sơ"),
        "missing",
    ),
    "entered": Kind(
        gettext_lazy("Mới là dân cư"), gettext_lazy("là dân cư ở ngày sau, chưa ở ngày trước")
    ),
    "left": Kind(
        gettext_lazy("Không còn là dân cư"),
        gettext_lazy("là dân cư ở ngày trước, không ở ngày sau"),
    ),
}


@needs(Right.REGISTER)
def changes_page(request: HttpRequest, code: str) -> HttpResponse:
    """What changed in a unit between two days, by name, and the pace."""
    asked = asked_of(request)
    try:
        unit = within.unit_asked(request, code, asked, Right.REGISTER)
    except UnknownUnit as trouble:
        return places.no_such_unit(request, code, asked, trouble)
    form = _since(request, asked)
    context = {
        **asked.context(request),
        "unit": unit,
        "since_form": form,
        "one_unit": unit.level == Unit.COMMUNE,
        "breadcrumbs": showing.crumbs(asked, unit, None, _("Thay đổi giữa hai ngày")),
    }
    if form.is_valid() and form.cleaned_data["since"] < asked.on:
        context.update(_changed(unit, form.cleaned_data["since"], asked))
    groups = context.get("groups", ())
    within.look(
        request, LIST, showing.shown(line["person"] for it in groups for line in it["people"])
    )
    return render(request, "coverage/changes.html", context)


@needs(Right.REGISTER)
def change_list(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Everybody to whom one kind of change happened between two days, page by page."""
    asked = asked_of(request)
    form = _since(request, asked)
    if kind not in KINDS or not form.is_valid() or form.cleaned_data["since"] >= asked.on:
        raise Http404
    try:
        unit = within.unit_asked(request, code, asked, Right.REGISTER)
    except UnknownUnit as trouble:
        return places.no_such_unit(request, code, asked, trouble)
    since = form.cleaned_data["since"]
    people = getattr(services.changes(unit, since, asked.on), kind)
    page = Paginator(people, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    within.look(request, LIST, showing.shown(page.object_list))
    back = asked.url("changes", unit.code, since=since.isoformat())
    crumbs = showing.crumbs(asked, unit, None, str(KINDS[kind].title))
    crumbs.insert(-1, {"label": _("Thay đổi giữa hai ngày"), "url": back})
    context = {
        **asked.context(request),
        "unit": unit,
        "since": since,
        "kind": KINDS[kind],
        "page": page,
        "lines": _lines(page.object_list, asked),
        "one_unit": unit.level == Unit.COMMUNE,
        "back": back,
        "breadcrumbs": crumbs,
    }
    return render(request, "coverage/change_list.html", context)


def _since(request: HttpRequest, asked: Asked) -> SinceForm:
    usual = asked.on - timedelta(days=USUAL_DAYS)
    return SinceForm(
        {"since": request.GET.get("since") or usual.isoformat(), "on": asked.on.isoformat()},
        auto_id="since_%s",
    )


def _lines(people, asked: Asked) -> list[dict[str, Any]]:
    return [{"person": person, "url": asked.url("person", person.id)} for person in people]


def _changed(unit: Unit, since: date, asked: Asked) -> dict[str, Any]:
    changed = services.changes(unit, since, asked.on)
    return {
        "changed": changed,
        "pace": services.pace(unit, asked.on),
        "groups": [_group(name, changed, unit, asked) for name in KINDS],
    }


def _group(name: str, changed: Changes, unit: Unit, asked: Asked) -> dict[str, Any]:
    people = getattr(changed, name)
    count = len(people)
    url = asked.url("change-list", unit.code, name, since=changed.since.isoformat())
    return {
        "title": KINDS[name].title,
        "says": KINDS[name].says,
        "tone": KINDS[name].tone,
        "count": count,
        "url": url if count else "",
        "people": _lines(people[:NAMES_SHOWN], asked),
        "is_whole": count <= NAMES_SHOWN,
    }
