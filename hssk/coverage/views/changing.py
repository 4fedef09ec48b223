"""Two days side by side: who came, who left, who got a record, who lost one."""

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from hssk.coverage import services
from hssk.coverage.forms import SinceForm
from hssk.coverage.views import places, showing
from hssk.coverage.views.asking import Asked, asked_of
from hssk.places.errors import UnknownUnit
from hssk.places.services import unit_on

USUAL_DAYS = 90
NAMES_SHOWN = 200


def changes_page(request: HttpRequest, code: str) -> HttpResponse:
    """What changed in a unit between two days, by name, and the pace."""
    asked = asked_of(request)
    try:
        unit = unit_on(code, asked.on)
    except UnknownUnit as trouble:
        return places.no_such_unit(request, code, asked, trouble)
    since = asked.on - timedelta(days=USUAL_DAYS)
    form = SinceForm(
        {"since": request.GET.get("since") or since.isoformat(), "on": asked.on.isoformat()},
        auto_id="since_%s",
    )
    context = {
        **asked.context(request),
        "unit": unit,
        "since_form": form,
        "breadcrumbs": showing.crumbs(asked, unit, None, _("Thay đổi giữa hai ngày")),
    }
    if form.is_valid() and form.cleaned_data["since"] < asked.on:
        context.update(_changed(unit, form.cleaned_data["since"], asked))
    return render(request, "coverage/changes.html", context)


def _changed(unit, since: date, asked: Asked) -> dict:
    changed = services.changes(unit, since, asked.on)
    groups = [
        (_("Có hồ sơ"), _("có mặt cả hai ngày, nay đã có hồ sơ"), changed.got, "found"),
        (_("Mất hồ sơ"), _("có mặt cả hai ngày, nay không còn hồ sơ"), changed.lost, "missing"),
        (_("Đến"), _("là dân cư ở ngày sau, chưa có ở ngày trước"), changed.entered, "plain"),
        (_("Rời đi"), _("là dân cư ở ngày trước, không còn ở ngày sau"), changed.left, "plain"),
    ]
    return {
        "changed": changed,
        "pace": services.pace(unit, asked.on),
        "groups": [
            {
                "title": title,
                "says": says,
                "tone": tone,
                "count": len(people),
                "people": [
                    {"person": person, "url": asked.url("person", person.id)}
                    for person in people[:NAMES_SHOWN]
                ],
                "more": max(0, len(people) - NAMES_SHOWN),
            }
            for title, says, people, tone in groups
        ],
    }
