"""An overdue copy is chased: what to say to whoever holds it, with nobody's name in it."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hssk.access.policy import needs
from hssk.access.rights import Right
from hssk.access.services import looks
from hssk.access.views.doorkeeper import access
from hssk.outreach.models import Copy
from hssk.outreach.papers.cards import station_of
from hssk.outreach.rules import messages as calls
from hssk.outreach.views.within import copy_asked


@needs(Right.LISTS)
def reminder_page(request: HttpRequest, copy: int) -> HttpResponse:
    """What is read out, printed or sent to the holder of an overdue copy. No other copy has one."""
    one, today = copy_asked(request, copy), access(request).day
    looks.look(access(request), looks.OPEN, Right.LISTS, [])  # names nobody who stands on it
    if not one.is_overdue(today):
        return redirect("outreach:copy", one.pk)
    owed = owed_of(one, today)
    context = {
        "copy": one,
        "late": calls.days_late(one.until, today),
        "spoken": calls.reminder(owed, today),
        "sms": calls.reminder_sms(owed, today),
        "breadcrumbs": [
            {"label": _("Danh sách cho tổ, bản"), "url": reverse("outreach:copies")},
            {"label": _("Nhắc trả bản danh sách")},
        ],
    }
    return render(request, "outreach/reminder.html", context)


def owed_of(copy: Copy, today: date) -> calls.Owed:
    """A copy as its holder is reminded of it."""
    station = station_of(copy.hamlet, today)
    return calls.Owed(copy.serial, copy.hamlet.name, copy.issued_on, copy.until, station)
