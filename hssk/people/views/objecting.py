"""Somebody does not want their name on a list: written down at once, taken back with a word."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from hssk.access.policy import needs
from hssk.access.rights import Right
from hssk.access.services import as_machine, looks
from hssk.access.views.doorkeeper import access
from hssk.people.errors import CannotObject
from hssk.people.forms.objecting import AgreesForm
from hssk.people.models import Person
from hssk.people.services import object_to_lists, objections, withdraw_objection
from hssk.people.views.asked import one_of_the_area


@needs(Right.LISTS)
def objection(request: HttpRequest, person: UUID) -> HttpResponse:
    """Whether somebody objects to standing on lists, and the form that changes it."""
    one = one_of_the_area(request, person, Right.LISTS)
    standing = objections(one.root).filter(taken_back_at=None).first()
    form = AgreesForm(request.POST if standing and request.method == "POST" else None)
    if request.method == "POST" and (standing is None or form.is_valid()):
        why = form.cleaned_data["why"] if standing else ""
        looks.look(access(request), looks.OBJECT, Right.LISTS, [one.root])
        if _done(request, one, why if standing else None):
            return redirect("people:objection", one.root)
    looks.look(access(request), looks.OPEN, Right.LISTS, [one.root])
    context = {"person": one, "standing": standing, "acts": objections(one.root), "form": form}
    return render(request, "people/objection.html", context)


def _done(request: HttpRequest, one: Person, why: str | None) -> bool:
    """Write the objection down, or take it back for the reason given."""
    user, now = access(request).user, timezone.now()
    act: Callable[[], object]
    if why is None:
        told, act = _("Đã ghi: tên người này không vào danh sách nào nữa."), (
            lambda: object_to_lists(one, by=user, at=now)
        )  # fmt: skip
    else:
        told, act = (
            _("Đã ghi: người này đồng ý lại."),
            (lambda: withdraw_objection(one, why, by=user, at=now)),
        )
    try:
        with as_machine(user, access(request).day):
            act()
    except CannotObject as refusal:
        messages.warning(request, _(refusal.message).format(**refusal.params))
        return False
    messages.success(request, told)
    return True
