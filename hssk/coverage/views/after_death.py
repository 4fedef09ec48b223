"""Those of whom something is said after the day of their death, for whoever can put it right."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from hssk.access.policy import needs
from hssk.access.rights import Right
from hssk.access.services.looks import LIST
from hssk.access.views.doorkeeper import access
from hssk.coverage.services.after_death import LISTED, UPDATED, Sign, signs_after
from hssk.coverage.views import within
from hssk.people.models import Death, Person, Residence

SIGNS = {
    UPDATED: gettext_lazy("hồ sơ ở phần mềm còn được cập nhật"),
    LISTED: gettext_lazy("có tên trong danh sách nhân khẩu mới"),
}


def signs_of(death: Death) -> list[dict[str, Any]]:
    """The signs of life after one death of somebody whom whoever asks may see, in words."""
    return _in_words(signs_after([death]).get(death.pk, []))


def _in_words(signs: list[Sign]) -> list[dict[str, Any]]:
    return [{"on": sign.on, "what": SIGNS[sign.kind]} for sign in signs]


@needs(Right.REGISTER)
def after_death_page(request: HttpRequest) -> HttpResponse:
    """The deaths of people of the area that something gainsays."""
    deaths = {death.person: death for death in _deaths_of_the_area(request)}
    found = signs_after(deaths.values())
    people = Person.objects.in_bulk([person for person, d in deaths.items() if d.pk in found])
    within.look(request, LIST, people)
    lines = [
        {
            "person": one,
            "died": deaths[key].day,
            "by": deaths[key].by,
            "signs": _in_words(found[deaths[key].pk]),
        }
        for key, one in sorted(people.items(), key=lambda item: item[1].name_sort)
    ]
    return render(request, "coverage/after_death.html", {"lines": lines})


def _deaths_of_the_area(request: HttpRequest) -> list[Death]:
    """The deaths that stand of people who lived last where whoever asks has the register."""
    standing = Death.objects.filter(withdrawn_at=None).select_related("by")
    mine = access(request).hamlets(Right.REGISTER)
    if mine is None:
        return list(standing)
    homes = Residence.objects.filter(hamlet__in=mine, until=None)
    here = set(homes.filter(person__in=standing.values("person")).values_list("person", flat=True))
    return [death for death in standing if death.person in here]
