"""Births, names and deaths, written down from the page of the person they are about."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hssk.access.policy import needs
from hssk.access.rights import Right
from hssk.access.services import looks
from hssk.access.views.doorkeeper import access
from hssk.people.errors import Refused
from hssk.people.forms.lives import AliveForm, BirthForm, DeathForm, NameForm
from hssk.people.models import Birth, Person
from hssk.people.services import lives
from hssk.people.views.asked import is_shown, one_of_the_area
from hssk.places.models import Unit


@needs(Right.MOVE)
def birth(request: HttpRequest, person: UUID) -> HttpResponse:
    """The form of a birth, from the page of the mother; it asks before it adds a likely twin."""
    mother = one_of_the_area(request, person, Right.MOVE)
    if mother.root != mother.pk:
        return redirect("people:birth", mother.root)
    unit, today = station_of(request), access(request).day
    form = BirthForm(request.POST or None, today=today, mothers=mother.ethnicity)
    if request.method == "POST" and form.is_valid():
        if likely := _likely(request, mother, form):
            form = BirthForm(request.POST, today=today, likely=likely)
        if form.is_valid() and (done := _bear(request, mother, form, unit)) is not None:
            return done
    _look(request, mother, *form.likely.values())
    return render(request, "people/birth.html", {**_page(mother), "form": form})


def _bear(
    request: HttpRequest, mother: Person, form: BirthForm, unit: Unit | None
) -> HttpResponse | None:
    said = form.newborn()

    def write() -> str:
        born = lives.record_births(
            mother.pk, said, unit=unit, at=timezone.now(), by=access(request)
        )
        return reverse("coverage:person", args=[born[0]])

    return _done(request, form, write, _("Đã khai sinh."))


def _likely(request: HttpRequest, mother: Person, form: BirthForm) -> list[Person]:
    """Whom the children may be, of those whom whoever asks may see. None once they are written."""
    if Birth.objects.filter(act=form.cleaned_data["act"]).exists():
        return []
    found = lives.likely_children(mother.pk, form.cleaned_data["on"])
    return [one for one in found if is_shown(request, one, Right.MOVE)]


def station_of(request: HttpRequest) -> Unit | None:
    """The commune of whoever writes, by the first of their posts there."""
    return next((post.unit for post in access(request).with_right(Right.MOVE) if post.unit), None)


@needs(Right.MOVE)
def name(request: HttpRequest, person: UUID) -> HttpResponse:
    """The name, number, sex and people of somebody whose record was opened by hand."""
    one = one_of_the_area(request, person, Right.MOVE)
    if one.root != one.pk:
        return redirect("people:name", one.root)
    form = NameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def write() -> str:
            lives.amend(
                one.pk, name=said["name"], number=said["number"], sex=int(said["sex"] or 0),
                ethnicity=said["ethnicity"], at=timezone.now(), by=access(request),
            )  # fmt: skip
            return reverse("coverage:person", args=[one.pk])

        if (done := _done(request, form, write, _("Đã ghi."))) is not None:
            return done
    _look(request, one)
    return render(request, "people/name.html", {**_page(one), "form": form})


@needs(Right.MOVE)
def death(request: HttpRequest, person: UUID) -> HttpResponse:
    """The form of a death; of whose death stands, the form that takes it back."""
    one = one_of_the_area(request, person, Right.MOVE)
    if one.root != one.pk:
        return redirect("people:death", one.root)
    standing = lives.death_of(one.pk)
    sent = request.POST if request.method == "POST" else None
    today = access(request).day
    form = AliveForm(sent) if standing is not None else DeathForm(sent, today=today)
    if sent is not None and form.is_valid():
        told = _("Đã rút lại: người này còn sống.") if standing else _("Đã ghi là đã mất.")
        done = _done(request, form, lambda: _written(request, one, form), told)
        if done is not None:
            return done
    _look(request, one)
    died = standing.day if standing else None
    return render(request, "people/death.html", {**_page(one), "form": form, "died": died})


def _written(request: HttpRequest, one: Person, form: AliveForm | DeathForm) -> str:
    who, at = access(request), timezone.now()
    if isinstance(form, AliveForm):
        lives.take_back_death(one.pk, form.cleaned_data["why"], at=at, by=who)
    else:
        lives.record_death(one.pk, form.died(), at=at, by=who)
    return reverse("coverage:person", args=[one.pk])


def _done(
    request: HttpRequest, form: forms.Form, write: Callable[[], str], told: str
) -> HttpResponse | None:
    """Where to go on once it is written, which is said without a name; None where it was refused:
    the form says why."""
    try:
        url = write()
    except Refused as refusal:
        form.add_error(None, _(refusal.message).format(**refusal.params))
        return None
    messages.success(request, told)
    return redirect(url)


def _look(request: HttpRequest, *people: Person) -> None:
    looks.look(access(request), looks.OPEN, Right.MOVE, [one.pk for one in people])


def _page(one: Person) -> dict[str, Any]:
    """What the pages of all these acts show of whom they are about."""
    return {"person": one, "birth": one.birth, "back": reverse("coverage:person", args=[one.pk])}
