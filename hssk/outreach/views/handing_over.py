"""The turn of a household, handed over from one side to another."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hssk.access.policy import needs
from hssk.access.rights import Right
from hssk.access.services import looks
from hssk.access.views.doorkeeper import access
from hssk.kit.numbers import format_date
from hssk.kit.words import language
from hssk.outreach.errors import CannotRecord
from hssk.outreach.forms import HandOverForm
from hssk.outreach.services import hand_over as give
from hssk.outreach.services import named, sides_before
from hssk.outreach.views.households import called, way_back
from hssk.people.views.asked import turn_away
from hssk.places.models import Household


@needs(Right.LISTS, Right.REGISTERED)
@require_POST
def hand_over(request: HttpRequest, household: int) -> HttpResponse:
    """Hand a household over, with a day and a reason; by one of its sides alone."""
    who = access(request)
    right = who.first_of(Right.LISTS, Right.REGISTERED)
    home = Household.objects.select_related("hamlet__unit").filter(pk=household).first()
    sides = sides_before(home, who) if home is not None else None
    if home is None or sides is None:
        turn_away(request, right)
    form, back = HandOverForm(request.POST), way_back(request)
    looks.look(who, looks.OPEN, right, [])
    if not form.is_valid():
        messages.warning(request, _("Ghi hạn, như 5/12/2026, và lý do chuyển lượt."))
        return redirect(back)
    said = form.cleaned_data
    to = next((side for side in sides if named(side) == said["to"]), None)
    try:
        if to is None:
            raise CannotRecord("Hộ này không có ai đăng ký khám ban đầu ở nơi ấy.")
        give(home, to, by=who, why=said["why"], due=said["due"])
    except CannotRecord as refusal:
        messages.warning(request, _(refusal.message).format(**refusal.params))
        return redirect(back)
    told = _("Đã chuyển lượt: {side} đến hộ này, hạn {day}.")
    messages.success(
        request, told.format(side=called(to), day=format_date(said["due"], language()))
    )
    return redirect(back)
