"""The copies that somebody holds, on their own telephone, till they end."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hssk.access.policy import needs
from hssk.access.rights import Right
from hssk.access.services import looks
from hssk.access.views.doorkeeper import access
from hssk.outreach.forms import PURPOSES
from hssk.outreach.models import Copy
from hssk.outreach.rules import Purpose
from hssk.outreach.rules import messages as calls
from hssk.outreach.services.chasing import owed_by
from hssk.outreach.services.issuing import TASKS
from hssk.outreach.views.chasing import owed_of
from hssk.outreach.views.copies import answers_of
from hssk.outreach.views.within import held_asked, named_on, ticked, withheld


@needs(Right.HELD)
def held_page(request: HttpRequest) -> HttpResponse:
    """The copies that one holds and may still read, and those that should be back already: of
    these nothing is shown but that they are owed."""
    who = access(request)
    mine = Copy.objects.held_by(who.user.pk, who.day).select_related("hamlet")
    lines = [
        {"copy": one, "purpose": PURPOSES[Purpose(one.purpose)]}
        for one in mine
        if who.holds_hamlet(one.hamlet_id, Right.HELD)
    ]
    owed = [(one, calls.reminder(owed_of(one, who.day), who.day)) for one in owed_by(who)]
    return render(request, "outreach/held.html", {"lines": lines, "owed": owed})


@needs(Right.HELD)
def held_copy(request: HttpRequest, copy: int) -> HttpResponse:
    """The lines of a copy that one holds, with their boxes."""
    one = held_asked(request, copy)
    every = list(one.lines.all())
    gone = withheld(request, named_on(every))
    lines = [line for line in every if line.person not in gone]
    for line in lines:
        if line.head_person in gone:
            line.head, line.head_person = "", None
    looks.look(access(request), looks.LIST, Right.HELD, named_on(lines))
    context = {
        "copy": one,
        "purpose": PURPOSES[Purpose(one.purpose)],
        "task": _(TASKS[Purpose(one.purpose)]),
        "rows": lines,
        "answers": answers_of(one),
    }
    return render(request, "outreach/held_copy.html", context)


@needs(Right.HELD)
@require_POST
def held_ticks(request: HttpRequest, copy: int) -> HttpResponse:
    """What the holder ticked."""
    one = held_asked(request, copy)
    ticked(request, one)
    return redirect("outreach:held-copy", one.pk)
