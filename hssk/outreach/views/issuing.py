"""A copy is handed out: first the hamlet, then why, to whom and for how long."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from hssk.access.models import Post
from hssk.access.policy import needs
from hssk.access.rights import RIGHTS, Right, Role
from hssk.access.services import as_machine, looks
from hssk.access.views.doorkeeper import access
from hssk.coverage.views.reading import latest_day
from hssk.outreach.errors import CannotIssue
from hssk.outreach.forms import HamletForm, IssueForm
from hssk.outreach.models import Copy
from hssk.outreach.rules import Holder, Purpose
from hssk.outreach.services import Wanted, issue, purposes_of
from hssk.outreach.views.within import hamlet_asked
from hssk.places.models import Hamlet
from hssk.places.services import hamlets_on


@needs(Right.LISTS)
def new_page(request: HttpRequest) -> HttpResponse:
    """The hamlet as part of the address; once it is chosen, the rest of the form."""
    looks.look(access(request), looks.LIST, Right.LISTS, [])  # before it is handed out: figures
    asked = request.GET.get("hamlet", "")
    hamlet = hamlet_asked(request, int(asked)) if asked.isascii() and asked.isdigit() else None
    if hamlet is None:
        first = HamletForm(request.GET or None, hamlets=_hamlets(request))
        return render(request, "outreach/choose.html", {"form": first})
    on = latest_day(access(request).day) or access(request).day
    form = IssueForm(
        request.POST or None, counts=purposes_of(hamlet, on), holders=_holders(request, hamlet)
    )
    if request.method == "POST" and form.is_valid():
        copy = _issued(request, form, hamlet, on)
        if copy is not None:
            return redirect("outreach:copy", copy.pk)
    return render(request, "outreach/new.html", {"form": form, "hamlet": hamlet, "on": on})


def _issued(request: HttpRequest, form: IssueForm, hamlet: Hamlet, on: Any) -> Copy | None:
    said, who = form.cleaned_data, access(request)
    wanted = Wanted(
        hamlet=hamlet, purpose=Purpose(said["purpose"]), on=on, office=Holder(said["office"]),
        holder=said["holder"], holder_user=said["holder_user"], days=said["days"],
    )  # fmt: skip
    try:
        with as_machine(who.user, who.day):
            copy = issue(wanted, by=who.user, at=timezone.now())
            people = list(copy.lines.values_list("person", flat=True))
    except CannotIssue as refusal:
        form.add_error(None, _(refusal.message).format(**refusal.params))
        return None
    looks.look(who, looks.HAND, Right.LISTS, people, purpose=f"outreach:new {copy.serial}")
    return copy


def _hamlets(request: HttpRequest) -> Any:
    """Where one hands lists out, as they stand today."""
    mine = access(request).hamlets(Right.LISTS)
    every = hamlets_on(access(request).day).exclude(key="").select_related("unit")
    return (every if mine is None else every.filter(pk__in=mine)).order_by("unit__name", "name")


def _holders(request: HttpRequest, hamlet: Hamlet) -> set[int]:
    """The accounts whose post lets them hold a copy of this hamlet."""
    roles = [role for role in Role if Right.HELD in RIGHTS[role]]
    posts = Post.objects.on(access(request).day).filter(role__in=roles)
    of_it = posts.filter(hamlet=hamlet) | posts.filter(hamlet=None, unit=hamlet.unit)
    return set(of_it.values_list("user", flat=True))
