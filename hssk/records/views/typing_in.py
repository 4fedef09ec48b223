"""A visit is typed at the station."""

from datetime import date
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hssk.access.policy import for_everybody, needs
from hssk.access.rights import Right
from hssk.access.services import Access, as_machine, looks
from hssk.access.services.looks import OPEN
from hssk.access.views.doorkeeper import access
from hssk.people.models import Person
from hssk.people.services import homes_of, station_at
from hssk.people.views.asked import person_asked, turn_away
from hssk.places.models import Unit
from hssk.records.forms import VisitForm, disease_label, diseases, edition_is_loaded
from hssk.records.services import file_visit
from hssk.records.views.record import closed, filed, who_is


@needs(Right.RECORD)
def visit_form(request: HttpRequest, person: UUID) -> HttpResponse:
    """The form of a visit today, and its filing: the visit opens care to the station."""
    one = person_asked(request, person, Right.RECORD)
    unit = _station(access(request), one)
    if unit is None:
        turn_away(request, Right.RECORD, person)
    looks.look(access(request), OPEN, Right.RECORD, [one.root])
    if (about := who_is(one))["closed"]:
        return closed(request, one, about)
    who, today = access(request), timezone.localdate()
    form = VisitForm(request.POST or None, on=today, initial={"key": uuid4()})
    if request.method == "POST" and form.is_valid():
        with as_machine(who.user, who.day):  # the person and the station are the author's
            new = file_visit(
                one.root, form.visit(today), key=form.cleaned_data["key"] or uuid4(), unit=unit,
                author=who.user, at=timezone.now(),
            )  # fmt: skip
        if new:
            messages.success(request, _("Đã ghi lần khám vào hồ sơ."))
            return filed(request, one)
        form = _filed_before(request, today)
    context = {
        **about,
        "form": form,
        "station": unit,
        "today": today,
        "edition_loaded": edition_is_loaded(today),
        "diseases_url": reverse("records:diseases"),
        "back": reverse("records:record", args=[one.root]),
    }
    return render(request, "records/new_visit.html", context)


def _filed_before(request: HttpRequest, today: date) -> VisitForm:
    """The form as it was sent, for another visit: the one of its key was filed before, when its
    answer was lost on the way, and what was typed since would be lost with a word of success."""
    data = request.POST.copy()
    data["key"] = str(uuid4())
    form = VisitForm(data, on=today)
    form.add_error(None, _(
        "Lần khám gửi từ trang này đã được ghi trước đó. Xem lại hồ sơ; nếu đây là lần khám khác "
        "thì bấm Ghi lần nữa."
    ))  # fmt: skip
    return form


def _station(who: Access, one: Person) -> Unit | None:
    """The commune at whose station whoever asks sees this person: where they live, if they treat
    there; else by the first of their posts."""
    at_home = station_at(homes_of(one.root).hamlets, who)
    return at_home or next((post.unit for post in who.with_right(Right.RECORD) if post.unit), None)


@for_everybody
@require_POST
def diseases_meant(request: HttpRequest) -> JsonResponse:
    """The diseases that what was typed may mean, the nearest first. It tells of nobody; what was
    typed is in no address, for the page it comes from is somebody's."""
    text = request.POST.get("q", "")[:100]
    found = diseases(timezone.localdate()).find(text)
    return JsonResponse({"diseases": [disease_label(one.code, one.name) for one in found]})
