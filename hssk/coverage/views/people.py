"""A household with its people, and what is known of one person."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hssk.access.policy import needs
from hssk.access.rights import Right
from hssk.access.services.looks import OPEN
from hssk.coverage import services
from hssk.coverage.forms import SEXES
from hssk.coverage.models import LedgerRow
from hssk.coverage.rules import STATES
from hssk.coverage.views import counts, reading, showing, within
from hssk.coverage.views.asking import Asked, asked_of
from hssk.coverage.views.life import life_of
from hssk.coverage.views.verifying import said_of
from hssk.kit.dates import PartialDate, age_on
from hssk.people.models import Holding, Listing, Person, Residence
from hssk.people.rules import PEOPLES, RULE
from hssk.people.views.asked import may_here, person_asked
from hssk.people.views.why import bases_of
from hssk.places.models import Hamlet

KINDS = {
    Residence.CURRENT: gettext_lazy("nơi ở hiện tại"),
    Residence.TEMPORARY: gettext_lazy("tạm trú"),
    Residence.PERMANENT: gettext_lazy("thường trú"),
}


@needs(Right.REGISTER)
def household_page(request: HttpRequest, household: int) -> HttpResponse:
    """One household: who lives there and what each has."""
    home = within.household_asked(request, household, Right.REGISTER)
    asked = asked_of(request)
    people = services.people_of(home.hamlet_id, home.pk, asked.on)
    head = next((person.head for person in people if person.head), "")
    return _home_page(
        request, home.hamlet, people, asked, showing.household_name(home.number, head)
    )


@needs(Right.REGISTER)
def alone_page(request: HttpRequest, hamlet: int) -> HttpResponse:
    """Those of a hamlet whom no list puts into a household."""
    place = within.hamlet_asked(request, hamlet, Right.REGISTER)
    asked = asked_of(request)
    people = services.people_of(place.pk, None, asked.on)
    return _home_page(request, place, people, asked, _("Chưa rõ hộ"))


def _home_page(
    request: HttpRequest, hamlet: Hamlet, people: list, asked: Asked, name: str
) -> HttpResponse:
    unit = reading.unit_of(hamlet, asked.on)
    within.look(request, OPEN, showing.shown(people))
    context = {
        **asked.context(request),
        "name": name,
        "hamlet": hamlet,
        "people": showing.people_lines(people, asked),
        "house": showing.house(people, asked) if len(people) <= showing.LARGEST_HOUSE else [],
        "found": sum(person.state == STATES["found"] for person in people),
        "own": [
            {"label": each.title, "found": sum(each.name in person.own for person in people)}
            for each in counts.OWN
        ],
        "breadcrumbs": showing.crumbs(asked, unit, hamlet, name),
        "counting_rule": _(RULE),
    }
    return render(request, "coverage/household.html", context)


@needs(Right.REGISTER)
def person_page(request: HttpRequest, person: UUID) -> HttpResponse:
    """One person: where they live and count, what lists and the software say, without numbers."""
    asked = asked_of(request)  # counts whoever changed: where they count says whose they are
    one = person_asked(request, person, Right.REGISTER)
    if one.root != one.pk:
        return redirect(asked.url("person", one.root))
    life = life_of(request, one)
    within.look(request, OPEN, [one.pk, *life["family"]])
    row = (
        LedgerRow.objects.filter(person=one, since__lte=asked.on, until__gt=asked.on)
        .select_related("hamlet__unit", "household")
        .first()
    )
    mine = {"person__root": one.pk, "since__lte": asked.on}
    unit = reading.unit_of(row.hamlet, asked.on) if row else None
    birth = one.birth
    context = {
        **asked.context(request),
        "person": one,
        "birth": birth,
        **_age(birth, min(filter(None, (asked.on, one.died_on))), asked.today),
        "sex": SEXES.get(str(one.sex), "") if one.sex else "",
        "ethnicity": PEOPLES.get(one.ethnicity, ""),
        "row": row,
        "state": showing.drawn(row.state) if row else "",
        "unit": unit,
        "hamlet": showing.hamlet_name(row.hamlet, unit) if row else "",
        "residences": _stays(Residence.objects.filter(**mine).order_by("-since", "id"), asked),
        "listings": _stays(Listing.objects.filter(**mine).order_by("-since", "id"), asked),
        "holdings": _holdings(mine, asked),
        "breadcrumbs": showing.crumbs(asked, unit, row and row.hamlet, str(one)),
        "bases": bases_of(within.access(request), one, timezone.now()),
        **_own_of(request, row, one, asked),
        **life,
        **_home_of(row, asked),
    }  # fmt: skip
    return render(request, "coverage/person.html", context)


def _age(birth: PartialDate | None, on: date, today: date) -> dict[str, Any]:
    """How old somebody was on a day, and that day where it is not today's: figures are of the day
    asked for, and the dead grow no older."""
    return {"age": age_on(birth, on) if birth else None, "age_day": on if on < today else None}


def _own_lines(row: LedgerRow | None, asked: Asked) -> Iterator[tuple[Any, bool]]:
    for has, lacks in zip(counts.OWN, counts.LACKING, strict=True):
        if row is not None and has.name != "verified":
            so = row.has(has.name, asked.on)
            yield (has.title if so else lacks.title), so


def _own_of(
    request: HttpRequest, row: LedgerRow | None, person: Person, asked: Asked
) -> dict[str, Any]:
    """What our own record says of somebody on the day asked, by whom they were verified, and the
    pages about them that other rights of the asker's open here."""
    acts, verify = said_of(person.pk), asked.url("verify", person.pk)
    reads = may_here(request, person, Right.RECORD, by_care=True)
    return {
        "acts": [act for act in acts if not act["taken_back_at"]],
        "verify_url": verify if may_here(request, person, Right.VERIFY, by_care=True) else "",
        "hands_lists": may_here(request, person, Right.LISTS, by_care=False),
        # on which day something was written about somebody's health is for who may read it
        "own": list(_own_lines(row, asked)) if reads else [],
        "reads_record": reads,
        "reads_log": within.access(request).allows(Right.LOOKS),
    }


def _home_of(row: LedgerRow | None, asked: Asked) -> dict[str, str]:
    if row is None:
        return {}
    if row.household is None:
        return {"home": _("Chưa rõ hộ"), "home_url": asked.url("alone", row.hamlet_id)}
    name = showing.household_name(row.household.number, "")
    return {"home": name, "home_url": asked.url("household", row.household_id)}


def _stays(stays, asked: Asked) -> list[dict[str, Any]]:
    """What each residence or row of a roster says, the latest first."""
    return [
        {
            "stay": stay,
            "kind": KINDS.get(getattr(stay, "kind", ""), ""),
            "place": showing.hamlet_name(stay.hamlet),
            "unit": stay.hamlet.unit,
            "ended": stay.until is not None and stay.until <= asked.on,
        }
        for stay in stays.select_related("hamlet__unit", "household")
    ]


def _holdings(mine: dict, asked: Asked) -> list[dict[str, Any]]:
    """The records of a person in the software, those in force first."""
    found = Holding.objects.filter(**mine).select_related("unit").order_by("-since", "id")
    lines = [
        {"holding": one, "ended": one.until is not None and one.until <= asked.on}
        for one in found
    ]  # fmt: skip
    return sorted(lines, key=lambda line: line["ended"])
