"""A copy is handed out: first the hamlet, then why, to whom and for how long."""

import re
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from hssk.access.models import Post
from hssk.access.policy import needs
from hssk.access.rights import RIGHTS, Right, Role
from hssk.access.services import looks
from hssk.access.views.doorkeeper import access
from hssk.outreach.errors import CannotIssue
from hssk.outreach.forms import HamletForm, IssueForm
from hssk.outreach.models import Copy
from hssk.outreach.rules import Holder, Purpose
from hssk.outreach.services import Wanted, issue, purposes_of
from hssk.outreach.services.naming import commune_on
from hssk.outreach.views.within import day_counted, hamlet_asked, hamlets_of, named_on
from hssk.places.models import Hamlet

_SOME_KEY = re.compile(r"[0-9]{1,18}")


@needs(Right.LISTS)
def new_page(request: HttpRequest) -> HttpResponse:
    """The hamlet as part of the address; once it is chosen, the rest of the form."""
    looks.look(access(request), looks.LIST, Right.LISTS, [])  # before it is handed out: figures
    asked = request.GET.get("hamlet", "")
    today = access(request).day
    hamlet = hamlet_asked(request, int(asked)) if _SOME_KEY.fullmatch(asked) else None
    if hamlet is None:
        first = HamletForm(request.GET or None, hamlets=hamlets_of(request), today=today)
        return render(request, "outreach/choose.html", {"form": first})
    on = day_counted(request)
    form = IssueForm(
        request.POST or None, counts=purposes_of(hamlet, on), holders=_holders(request, hamlet)
    )
    if request.method == "POST" and form.is_valid():
        copy = _issued(request, form, hamlet, on)
        if copy is not None:
            return redirect("outreach:copy", copy.pk)
    told = {"form": form, "hamlet": hamlet, "commune": commune_on(hamlet, today), "on": on}
    return render(request, "outreach/new.html", told)


def _issued(request: HttpRequest, form: IssueForm, hamlet: Hamlet, on: date) -> Copy | None:
    said, who = form.cleaned_data, access(request)
    wanted = Wanted(
        hamlet=hamlet, purpose=Purpose(said["purpose"]), on=on, office=Holder(said["office"]),
        holder=said["holder"], holder_user=said["holder_user"], days=said["days"],
    )  # fmt: skip
    try:
        copy = issue(wanted, by=who.user, at=timezone.now())
    except CannotIssue as refusal:
        form.add_error(None, _(refusal.message).format(**refusal.params))
        return None
    people = named_on(copy.lines.all())
    looks.look(who, looks.HAND, Right.LISTS, people, purpose=f"outreach:new {copy.serial}")
    return copy


def _holders(request: HttpRequest, hamlet: Hamlet) -> set[int]:
    """The accounts whose post lets them hold a copy of this hamlet."""
    roles = [role for role in Role if Right.HELD in RIGHTS[role]]
    posts = Post.objects.on(access(request).day).filter(role__in=roles)
    communes = {hamlet.unit_id, commune_on(hamlet, access(request).day).pk}  # it may have moved on
    of_it = posts.filter(hamlet=hamlet) | posts.filter(hamlet=None, unit__in=communes)
    return set(of_it.values_list("user", flat=True))
