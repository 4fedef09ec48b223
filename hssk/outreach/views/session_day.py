"""The day of a session: who comes is found by a card or a name, and written down by a press."""

from contextlib import suppress
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from hssk.access.policy import needs
from hssk.access.rights import Right
from hssk.access.services import Access, looks
from hssk.access.views.doorkeeper import access
from hssk.coverage.services import Person
from hssk.kit.addresses import is_guarded
from hssk.outreach.errors import CannotIssue, CannotRecord, CannotWork
from hssk.outreach.forms import BookForm, ScanForm
from hssk.outreach.models import CANCELLED, Card, Kind, Session
from hssk.outreach.rules.cards import Handing
from hssk.outreach.services.cards import hand_over, is_handed
from hssk.outreach.services.caring import open_care
from hssk.outreach.services.contacts import record_outcome
from hssk.outreach.services.daybooks.checking_in import (
    Found,
    asked_elsewhere,
    came,
    found_by_scan,
    person_of,
    resident_of,
)
from hssk.outreach.services.daybooks.queueing import arrive, has_queue
from hssk.outreach.views.going_out import session_asked
from hssk.outreach.views.within import just_written, whole
from hssk.people.errors import CannotMove, Refused
from hssk.people.services import moves, station_at

STATES = {
    "waiting": ("ask", gettext_lazy("Chờ bạn xem và ghi")),
    "done": ("found", gettext_lazy("Đã ghi")),
    "undone": ("away", gettext_lazy("Đã rút lại")),
}


@needs(Right.MOVE)
def day_page(request: HttpRequest, session: int) -> HttpResponse:
    """Who has come, by hamlet; the box to check people in; the book and what came back of it."""
    one = session_asked(request, session)
    told = told_last(request)
    named = [told["made_of"].id] if told.get("made_of") else []
    looks.look(access(request), looks.LIST, Right.MOVE, named)
    return day_with(request, one, **told)


def day_with(request: HttpRequest, one: Session, **told: Any) -> HttpResponse:
    """The page of the day, with what was just found or done."""
    context = {
        "session": one,
        "came": came(one),
        "files": [(file, *STATES[file.state]) for file in one.files.select_related("actor")],
        "form": BookForm(None),
        "scan": ScanForm(None),
        "may_close": one.state != CANCELLED and one.on <= access(request).day,
        "may_open": access(request).allows(Right.RECORD),
        "may_fill": opens_forms(one, access(request)),
        "queue": has_queue(one, access(request)),
        "camera": is_guarded(request.is_secure(), request.META.get("HTTP_HOST", "")),
        **told,
    }
    return render(request, "outreach/session_day.html", context)


@needs(Right.MOVE)
@require_POST
def check_in(request: HttpRequest, session: int) -> HttpResponse:
    """Somebody came: who a card or a name means, of those one may write down. Whom a number means
    has a place in the queue by that same press; of namesakes somebody has to say which.

    Of whom a card says all three, number, name and birth date, and who is not of the area, the
    blind match is asked: they may have a record where they live.
    """
    one, who = session_asked(request, session), access(request)
    form = ScanForm(request.POST, request.FILES)
    found: list[Person] = []
    question = number = card = None
    slip = more = False
    if form.is_valid():
        scan = found_by_scan(one, form.cleaned_data["said"], by=who)
        found, number = scan.people, _number(one, scan, who)
        slip, more = scan.household, scan.more
        card = _handed(scan.card, who) if number else None
        question = None if found else _asked(form.cleaned_data["said"], form)
    looks.look(who, looks.LIST, Right.MOVE, [other.id for other in found])
    if question is not None:  # its answer is told by the next request alone
        return redirect(f"{reverse('plans:day', args=[one.pk])}?asked={question}")
    again = ScanForm(None) if form.is_valid() else form
    first = next((other.id for other in found if other.state_name == "missing"), None)
    if first is not None:
        again.fields["scanned"].widget.attrs.pop("autofocus")  # the first button has it
    return day_with(
        request, one, scan=again, asked=form.is_valid(), found=found, first=first, number=number,
        card=card, slip=slip, more=more,
    )  # fmt: skip


def _number(session: Session, scan: Found, by: Access) -> int | None:
    """The number in the queue of the one whom a card means, given where they have none yet."""
    return _arrived(session, scan.people[0].id, by) if scan.sure and scan.people else None


def _arrived(session: Session, person: UUID, by: Access) -> int | None:
    """Their number; None on another day, and where no number is left: nobody is held up by that."""
    with suppress(CannotWork):
        return arrive(session, person, by=by).number
    return None


def _handed(card: Card | None, by: Access) -> Card | None:
    """The card that was scanned, if that handed it over: whoever stands here has it in hand."""
    if card is None or is_handed(card):
        return None
    with suppress(CannotIssue):
        hand_over(card, Handing.DESK, by=by.user, at=timezone.now())
        looks.look(by, looks.CARD, Right.LISTS, [card.person])
        return card
    return None


def _asked(said: str, form: ScanForm) -> int | None:
    try:
        return asked_elsewhere(said)
    except CannotMove as refusal:
        form.add_error(None, _(refusal.message).format(**refusal.params))
        return None


@needs(Right.MOVE)
@require_POST
def made(request: HttpRequest, session: int) -> HttpResponse:
    """A record was opened for somebody who came: on to the next, or on to the form of theirs."""
    one, who = session_asked(request, session), access(request)
    person = person_typed(request.POST.get("person"))
    goes_on = bool(request.POST.get("open")) and _opens(one, person, who)
    looks.look(who, looks.LIST, Right.MOVE, [])
    try:
        with transaction.atomic():
            contact = record_outcome(person, Kind.RECORD_MADE, on=one.on, by=who)
            _arrived(one, contact.person, who)
            opened = goes_on and open_care(contact, by=who)
    except (CannotRecord, Refused) as refusal:
        messages.warning(request, _(refusal.message).format(**refusal.params))
        return redirect("plans:queue" if request.POST.get("back") else "plans:day", one.pk)
    if opened:
        return redirect("records:form", contact.person)
    if request.POST.get("back"):  # called from the queue
        return redirect("plans:queue", one.pk)
    return redirect(f"{reverse('plans:day', args=[one.pk])}?made={contact.pk}")


def opens_forms(session: Session, by: Access) -> bool:
    """Whether the form of who has no record opens at a session: on its day, to who treats there."""
    hamlets = session.stops.values_list("hamlet", flat=True)
    return has_queue(session, by) and station_at(hamlets, by) is not None


def _opens(session: Session, person: UUID, by: Access) -> bool:
    """Whether care opens by the record that is about to be: of who has none, on the day itself;
    who may have one elsewhere is a question first (docs/decisions/0041)."""
    if not opens_forms(session, by):
        return False
    resident = resident_of(person, by=by)
    return resident is not None and resident.state_name == "missing"


def told_last(request: HttpRequest) -> dict[str, Any]:
    """What the last press brought: whose record was opened, or the answer to the blind match, of
    whoever looks alone."""
    told: dict[str, Any] = {}
    if contact := just_written(request, request.GET.get("made")):
        told = {"made_of": person_of(contact)}
    elif key := whole(request.GET.get("asked")):
        told = {"elsewhere": moves.answer_to(key), "question": key}
    return told


def person_typed(text: str | None) -> UUID:
    """The key of a person that was sent; Http404 for anything else."""
    try:
        return UUID(text or "")
    except ValueError:
        raise Http404 from None
