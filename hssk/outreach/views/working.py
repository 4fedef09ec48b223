"""The work list of a hamlet; and of every list what came of going to people, one press an outcome,
and undone by the next, or later from the page of all that came of going to somebody."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
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
from hssk.outreach.services import record_outcome, told_to, withdraw, worklist
from hssk.outreach.services.naming import commune_on
from hssk.outreach.views.households import ONE, List, lack_asked, shown, way_back
from hssk.outreach.views.within import day_counted, hamlets_of, one_to_write_of
from hssk.people.views.asked import turn_away


@needs(Right.LISTS)
def work_page(request: HttpRequest) -> HttpResponse:
    """The households of a hamlet where somebody has no record, or no book, with their outcomes."""
    today = access(request).day
    first = HamletForm(request.GET or None, hamlets=hamlets_of(request), today=today)
    if not first.is_valid():
        looks.look(access(request), looks.LIST, Right.LISTS, [])  # names nobody yet
        return render(request, "outreach/work_where.html", {"form": first})
    hamlet, who, lack = first.cleaned_data["hamlet"], access(request), lack_asked(request)
    on = max(day_counted(request), who.day)
    homes = worklist(hamlet, on, lack, by=who, at=timezone.now())
    work = List(homes, lack, Right.LISTS, {"hamlet": hamlet.pk}, frozenset(Kind))
    commune = commune_on(hamlet, who.day)
    context = {"hamlet": hamlet, "commune": commune, **shown(request, work)}
    return render(request, "outreach/work.html", context)


@needs(Right.LISTS, Right.REGISTERED)
@require_POST
def outcome(request: HttpRequest, person: UUID) -> HttpResponse:
    """What came of going to somebody of the area, or registered with one's side; back to the list,
    with the way to undo it."""
    one = one_to_write_of(request, person)
    form, who, back = OutcomeForm(request.POST), access(request), way_back(request)
    looks.look(who, looks.OPEN, who.first_of(Right.LISTS, Right.REGISTERED), [])
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


@needs(Right.LISTS, Right.REGISTERED)
def contacts_page(request: HttpRequest, person: UUID) -> HttpResponse:
    """What came of every time that somebody went to a person, the latest first, with the way to
    take back what stands and is one's to take back."""
    one, who = one_to_write_of(request, person), access(request)
    looks.look(who, looks.OPEN, who.first_of(Right.LISTS, Right.REGISTERED), [one.root])
    contacts = [
        {"contact": contact, "words": OUTCOMES[Kind(contact.kind)], "mine": mine}
        for contact, mine in told_to(one.root, who)
    ]
    context = {"one": one, "contacts": contacts, "kept": [("list", ONE)],
               "of_area": who.allows(Right.LISTS)}  # fmt: skip
    return render(request, "outreach/contacts.html", context)


@needs(Right.LISTS, Right.REGISTERED)
@require_POST
def undo_outcome(request: HttpRequest, contact: int) -> HttpResponse:
    """Take a contact of the area back, or one's own with somebody registered with one's side."""
    one, who = Contact.objects.filter(pk=contact).first(), access(request)
    right = who.first_of(Right.LISTS, Right.REGISTERED)
    if one is None:
        turn_away(request, right)
    one_to_write_of(request, one.person)
    looks.look(who, looks.OPEN, right, [])
    try:
        withdraw(one, who, why=request.POST.get("why", "")[:500])
        messages.success(request, _("Đã rút lại."))
    except Trouble as refusal:
        messages.warning(request, _(refusal.message).format(**refusal.params))
    return redirect(way_back(request, one.person))
