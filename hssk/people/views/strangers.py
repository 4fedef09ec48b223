"""People without papers of this country are written down at a station."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hssk.access.policy import needs
from hssk.access.rights import Right
from hssk.access.services import looks
from hssk.access.views.doorkeeper import access
from hssk.people.errors import Refused
from hssk.people.forms.strangers import StrangerForm
from hssk.people.models import Person, Stranger
from hssk.people.services import lives
from hssk.people.views.asked import is_shown, one_of_the_area
from hssk.people.views.lives import station_of


@needs(Right.MOVE)
def new(request: HttpRequest) -> HttpResponse:
    """The form of somebody without papers; it asks before it adds who may be there already."""
    given = {"hamlets": access(request).hamlets(Right.MOVE), "today": access(request).day}
    form = StrangerForm(request.POST or None, **given)
    likely: list[Person] = []
    if request.method == "POST" and form.is_valid():
        likely = _likely(request, form)
        if not likely and (done := _add(request, form)) is not None:
            return done
        if likely:
            form = StrangerForm(request.POST, **given, asks=True)
    looks.look(access(request), looks.OPEN, Right.MOVE, [one.pk for one in likely])
    crumbs = [
        {"label": _("Người chuyển đến"), "url": reverse("people:arrivals")},
        {"label": _("Thêm người chưa có giấy tờ")},
    ]
    context = {"form": form, "likely": likely, "breadcrumbs": crumbs}
    return render(request, "people/new_stranger.html", context)


def _likely(request: HttpRequest, form: StrangerForm) -> list[Person]:
    """Whom it may be, of the asker's own people; nobody once it was said that it is none."""
    said = form.cleaned_data
    if said["sure"] or Stranger.objects.filter(act=said["act"]).exists():
        return []
    found = lives.likely_strangers(form.typed())
    return [one for one in found if is_shown(request, one, Right.MOVE)]


def _add(request: HttpRequest, form: StrangerForm) -> HttpResponse | None:
    unit = station_of(request)
    if unit is None:
        form.add_error(None, _("Chỉ người làm việc ở một xã, phường mới thêm được người."))
        return None
    try:
        key = lives.record_stranger(form.typed(), unit=unit, at=timezone.now(), by=access(request))
    except Refused as refusal:
        form.add_error(None, _(refusal.message).format(**refusal.params))
        return None
    messages.success(request, _("Đã thêm người này và mở hồ sơ."))
    return redirect("coverage:person", key)


@needs(Right.MOVE)
@require_POST
def told(request: HttpRequest, person: UUID) -> HttpResponse:
    """The commune was told of somebody whom nobody can name."""
    one = one_of_the_area(request, person, Right.MOVE)
    try:
        lives.note_told(one.pk, at=timezone.now(), by=access(request))
        messages.success(request, _("Đã ghi là đã báo UBND xã."))
    except Refused as refusal:
        messages.warning(request, _(refusal.message))
    return redirect("coverage:person", one.pk)
