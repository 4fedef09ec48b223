"""Somebody written down by hand is somebody known: found, compared, and said with a reason."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n
from django.views.decorators.http import require_POST

from hssk.access.policy import needs
from hssk.access.rights import Right
from hssk.access.services import looks
from hssk.access.views.doorkeeper import access
from hssk.kit.compare import compare_line
from hssk.kit.numbers import format_date
from hssk.kit.words import language
from hssk.people.errors import Refused
from hssk.people.forms.known import SameForm, WhoForm
from hssk.people.models import Identifier, Person, Residence, Stranger
from hssk.people.rules import PEOPLES
from hssk.people.services import keys_of, lives, search
from hssk.people.views.asked import is_of_the_area, one_of_the_area, turn_away

_MOST = 20  # people who are offered for what was typed
_NUMBERS = {
    Identifier.PID: _n("Số định danh (CCCD)"), Identifier.CMND: _n("Số CMND cũ"),
    Identifier.BHXH: _n("Mã số BHXH"), Identifier.CARD: _n("Số thẻ BHYT"),
    Identifier.PASSPORT: _n("Số hộ chiếu"),
}  # fmt: skip


@needs(Right.DECIDE)
def known(request: HttpRequest, person: UUID) -> HttpResponse:
    """Three steps in one page: whom to look for, both side by side, and that they are one."""
    one = one_of_the_area(request, person, Right.DECIDE)
    if one.root != one.pk or not lives.may_be_known(one.pk):
        return redirect("coverage:person", one.root)
    sent = request.POST if request.method == "POST" else None
    if sent is not None and "other" in sent:
        return _compare(request, one)
    form = WhoForm(sent)
    found: list[Person] = []
    asked = form.is_valid()
    if asked:
        people, _more = search(form.cleaned_data["asked"], _MOST)
        found = [each for each in people if each.root != one.pk and _theirs(request, each)]
    looks.look(access(request), looks.OPEN, Right.DECIDE, [one.pk, *(each.pk for each in found)])
    context = {**_page(one), "form": form, "found": list(map(_line, found)), "searched": asked}
    return render(request, "people/known.html", context)


def _compare(request: HttpRequest, one: Person) -> HttpResponse:
    """Both side by side, and once a reason is typed, that they are one."""
    says = "why" in request.POST
    form = SameForm(request.POST if says else None, initial={"other": request.POST["other"]})
    other = _other(request, one)
    if says and form.is_valid():
        try:
            root = lives.say_known(
                one.pk, other.pk, form.cleaned_data["why"], by=access(request)
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, _(refusal.message).format(**refusal.params))
        else:
            messages.success(request, _("Đã gộp: hai hồ sơ là của một người."))
            return redirect("coverage:person", root)
    looks.look(access(request), looks.OPEN, Right.DECIDE, [one.pk, other.pk])
    sides = _side(one), _side(other)
    lines = [
        (label, *(side.get(label, "") for side in sides)) for label in {**sides[0], **sides[1]}
    ]
    context = {
        **_page(one), "form": form, "other": other,
        "lines": [compare_line(*line) for line in lines if line[1] or line[2]],
    }  # fmt: skip
    return render(request, "people/known_same.html", context)


def _other(request: HttpRequest, one: Person) -> Person:
    """The person who was chosen; nobody but one of the asker's own, whoever was typed."""
    try:
        key = UUID(request.POST["other"])
    except ValueError:
        turn_away(request, Right.DECIDE, one.pk)
    other = Person.objects.filter(pk=key).first()
    if other is None or other.root == one.pk or not _theirs(request, other):
        turn_away(request, Right.DECIDE, key)
    return other


def _theirs(request: HttpRequest, person: Person) -> bool:
    """Of the area, and no row that was merged away."""
    return person.root == person.pk and is_of_the_area(request, person, Right.DECIDE)


@needs(Right.DECIDE)
@require_POST
def apart(request: HttpRequest, person: UUID) -> HttpResponse:
    """What was said is taken back: the person is somebody of their own again."""
    one = one_of_the_area(request, person, Right.DECIDE)
    looks.look(access(request), looks.OPEN, Right.DECIDE, [one.pk, one.root])
    try:
        lives.say_apart(one.pk, by=access(request))
        messages.success(request, _("Đã tách: người này lại có hồ sơ riêng."))
    except Refused as refusal:
        messages.warning(request, _(refusal.message).format(**refusal.params))
    return redirect("coverage:person", one.pk)


def _side(one: Person) -> dict[str, str]:
    """What is known of somebody, label → text, as the two are compared."""
    keys = keys_of(one.root)
    stated = Identifier.objects.filter(person__in=keys).exclude(status=Identifier.CANCELLED)
    numbers: dict[str, dict[str, None]] = {}
    for number in stated.order_by("id"):  # somebody may have two of a kind: one of them decides
        numbers.setdefault(number.kind, {})[number.value] = None
    homes = Residence.objects.filter(person__in=keys, until=None)
    words = Stranger.objects.filter(person__in=keys).order_by("at")
    return {
        _("Họ và tên"): str(one),
        _("Ngày sinh"): _birth(one),
        _("Giới"): {1: _("Nam"), 2: _("Nữ")}.get(one.sex, ""),
        _("Dân tộc"): PEOPLES.get(one.ethnicity, ""),
        **{_(label): "; ".join(numbers.get(kind, ())) for kind, label in _NUMBERS.items()},
        _("Nơi ở"): "; ".join(
            f"{home.hamlet.name}, {home.hamlet.unit}"
            for home in homes.select_related("hamlet__unit").order_by("kind")
        ),
        _("Được ghi là"): "; ".join(filter(None, (said.words for said in words))),
    }


def _birth(one: Person) -> str:
    return format_date(one.birth, language()) if one.birth else ""


def _line(one: Person) -> dict[str, Any]:
    homes = Residence.objects.filter(person__in=keys_of(one.root), until=None)
    home = homes.select_related("hamlet__unit").order_by("kind").first()
    return {"person": one, "birth": _birth(one), "home": home and home.hamlet}


def _page(one: Person) -> dict[str, Any]:
    return {"person": one, "birth": one.birth, "back": reverse("coverage:person", args=[one.pk])}
