"""Households are invited to a session: sealed slips, and calls that name nobody."""

import re
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from hssk.access.policy import needs
from hssk.access.rights import Right
from hssk.access.services import looks
from hssk.access.views.doorkeeper import access
from hssk.outreach.errors import CannotIssue
from hssk.outreach.forms import PURPOSES, InviteForm
from hssk.outreach.models import Invitation, Slip
from hssk.outreach.papers.slips import slips_as_pdf
from hssk.outreach.rules import Purpose
from hssk.outreach.rules import messages as calls
from hssk.outreach.services import Session, invite, purposes_of
from hssk.outreach.services.issuing import INVITED
from hssk.outreach.services.naming import commune_on, lies
from hssk.outreach.views.within import day_counted, hamlet_asked, withheld
from hssk.people.views.asked import turn_away
from hssk.places.models import Hamlet

_TOKEN = re.compile(r"[0-9A-F]{32}")
BRING = "căn cước, thẻ bảo hiểm y tế, điện thoại"


@needs(Right.LISTS)
def invite_page(request: HttpRequest, hamlet: int) -> HttpResponse:
    """For what, where and when; then the slips and the calls of that session."""
    place = hamlet_asked(request, hamlet) or turn_away(request, Right.LISTS)
    on = day_counted(request)
    form = InviteForm(request.POST or None, counts=purposes_of(place, on))
    looks.look(access(request), looks.LIST, Right.LISTS, [])  # figures
    if request.method == "POST" and form.is_valid():
        invitation = _invited(request, form, place, on)
        if invitation is not None:
            return redirect("outreach:invitation", invitation.pk)
    commune = commune_on(place, access(request).day)
    told = {"form": form, "hamlet": place, "commune": commune, "on": on}
    return render(request, "outreach/invite.html", told)


def _invited(request: HttpRequest, form: InviteForm, place: Hamlet, on: date) -> Invitation | None:
    said, who = form.cleaned_data, access(request)
    session = Session(
        hamlet=place, purpose=Purpose(said["purpose"]), on=on, place=said["place"], at=said["at"]
    )
    try:
        return invite(session, by=who.user, now=timezone.now())
    except CannotIssue as refusal:
        form.add_error(None, _(refusal.message).format(**refusal.params))
        return None


@needs(Right.LISTS)
def invitation_page(request: HttpRequest, invitation: int) -> HttpResponse:
    """The session: how many slips, and what to say aloud, on paper and by message."""
    one = _asked(request, invitation)
    looks.look(access(request), looks.LIST, Right.LISTS, [])  # names nobody
    task = INVITED[Purpose(one.purpose)].removeprefix("mời ")
    call = calls.Call(one.hamlet.name, task, one.place, timezone.localtime(one.at), BRING)
    context = {
        "invitation": one,
        "purpose": PURPOSES[Purpose(one.purpose)],
        "slips": one.slips.count(),
        "calls": [
            (_("Loa"), calls.for_loudspeaker(call)),
            (_("Áp phích"), "\n".join(calls.for_poster(call))),
            (_("Tin nhắn SMS, không dấu"), calls.for_sms(call)),
            (_("Zalo"), calls.for_zalo(call)),
        ],
    }
    return render(request, "outreach/invitation.html", context)


@needs(Right.LISTS)
def slips_paper(request: HttpRequest, invitation: int) -> HttpResponse:
    """The slips, 24 a page to be cut and folded, or one an envelope; printing them is a look at the
    heads named."""
    one = _asked(request, invitation)
    slips = list(one.slips.select_related("household").order_by("called", "pk"))
    gone = withheld(request, (slip.head for slip in slips))
    for slip in slips:
        if slip.head in gone:
            slip.head, slip.called = None, ""
    heads = [slip.head for slip in slips if slip.head is not None]
    looks.look(access(request), looks.HAND, Right.LISTS, heads)
    where = lies(one.hamlet, timezone.localdate(one.issued_at))
    paper = slips_as_pdf(one, slips, where, enveloped=request.GET.get("as") == "envelopes")
    answer = HttpResponse(paper, content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="phieu-moi.pdf"'
    return answer


@needs(Right.LISTS)
def find_slip(request: HttpRequest) -> HttpResponse:
    """A code as a scanner or a hand gives it: what stands around its 32 signs does not matter."""
    looks.look(access(request), looks.OPEN, Right.LISTS, [])  # names nobody yet
    found = _TOKEN.search(request.GET.get("code", "").replace("-", "").upper())
    if found:
        return redirect("outreach:slip", UUID(found[0]))
    unread = _("Chưa đọc được mã phiếu. Quét lại, hoặc gõ đủ 32 ký tự sau chữ HSSK.")
    messages.warning(request, unread)
    return redirect("outreach:copies")


@needs(Right.LISTS)
def slip_page(request: HttpRequest, slip: UUID) -> HttpResponse:
    """What the code of a slip leads to, for who may: the household it was sent to."""
    one = Slip.objects.select_related("invitation").filter(pk=slip).first()
    if one is None:
        turn_away(request, Right.LISTS)
    _asked(request, one.invitation_id)
    looks.look(access(request), looks.OPEN, Right.LISTS, [])
    return redirect("coverage:household", one.household_id)


def _asked(request: HttpRequest, invitation: int) -> Invitation:
    """The invitation of an address; Http404 outside the area."""
    every = Invitation.objects.select_related("hamlet", "issued_by")
    one = every.filter(pk=invitation).first()
    if one is None or not access(request).holds_hamlet(one.hamlet_id, Right.LISTS):
        turn_away(request, Right.LISTS)
    return one
