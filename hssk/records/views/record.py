"""The record of one person, at a glance."""

import re
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hssk.access.policy import needs
from hssk.access.rights import Right
from hssk.access.services import looks
from hssk.access.services.looks import LIST, OPEN
from hssk.access.tiers import Kind
from hssk.access.tiers import Tier as Told
from hssk.access.views.doorkeeper import access
from hssk.kit.dates import age_on
from hssk.people.models import Basis, Person, Residence
from hssk.people.services import beside, care_of, life_of
from hssk.people.services.lives import death_of, told_of
from hssk.people.views.asked import is_shown, may_here, person_asked
from hssk.people.views.why import bases_of
from hssk.records.rules.sections import Tier
from hssk.records.rules.summary import summarise
from hssk.records.sections import code_of
from hssk.records.services import Read, about, read, sight
from hssk.records.views import naming, showing
from hssk.records.views.filling import filling
from hssk.records.views.followed import trends
from hssk.records.views.looked import looked_lines
from hssk.records.views.telling_visits import withdrawn_of


@needs(Right.RECORD)
def record_page(request: HttpRequest, person: UUID) -> HttpResponse:
    """Who this is, what to beware of, what is wrong and taken, and what happened, at a glance; with
    `?on=` a day, as it was on that day by what is known now."""
    one = person_asked(request, person, Right.RECORD)
    if one.root != one.pk:
        return redirect("records:record", one.root)
    care, household = care_here(request, one), household_of(request, one)
    by_care = bool(care)
    every = readable(request, one, by_care=by_care, withdrawn=True)
    today, asked = timezone.localdate(), _day_asked(request)
    day = asked or today
    entries = [entry for entry in every if not entry.withdrawn and (entry.on or day) <= day]
    if household:
        named = [of["person"].pk for of in household]
        looks.look(access(request), LIST, Right.REGISTER, named, basis=Kind.AREA)
    who = who_is(one)
    context = {
        **who,
        **{"as_of": asked, "today": today},
        "summary": (summary := summarise(entries, day)),
        "problems": naming.problems(summary.problems),
        "beware": showing.beware(summary),
        "years": showing.years(summary, one.pk, showing.places_of(entries)),
        "trends": trends(summary, who["birth"], one.sex, day),
        **(doses := _doses(who, entries, day)),
        "doses": list(showing.lines(reversed(summary.doses))),
        "household": household,
        "history": showing.by_section(summary.history),
        "documents": list(showing.lines(summary.documents)),
        "withdrawn": withdrawn_of(one.pk, [entry.id for entry in every if entry.withdrawn]),
        "empty": not (entries or doses["due"]),
        "by_care": by_care,
        # by area alone most of a record is not read, and would seem to lack
        "filling": filling(one, entries, day) if by_care else None,
        **_links(one),
        "looked": looked_lines(one.pk) if by_care else None,
        "bases": bases_of(access(request), one, timezone.now(), Right.RECORD, care=care),
        "reads_log": access(request).allows(Right.LOOKS),
    }
    return render(request, "records/record.html", context)


def _links(one: Person) -> dict[str, str]:
    forms = {"new_url": "new-visit", "form_url": "form", "paper_url": "paper"}
    return {name: reverse(f"records:{page}", args=[one.pk]) for name, page in forms.items()}


def _day_asked(request: HttpRequest) -> date | None:
    """The past day that an address names; None for none, and for one that has not come."""
    try:
        asked = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return None
    return asked if asked < timezone.localdate() else None


def _doses(who: dict[str, Any], entries: list[Read], today: date) -> dict[str, Any]:
    """The doses that are due, and those that are not yet but have an appointment, as lines."""
    due = showing.doses_due(who, entries, today)
    booked = {k: day for k, day in showing.doses_booked(who, entries).items() if k not in due}
    return {"due": showing.due_lines(due), "booked": showing.due_lines(booked)}


def household_of(request: HttpRequest, one: Person) -> list[dict[str, Any]]:
    """Who of one's own area lives in the same household now, as the register tells it: nothing of
    their health, and nobody where the person is seen by care alone."""
    hamlets = access(request).hamlets(Right.REGISTER)
    homes = Residence.objects.filter(person__in=one.keys, until=None)
    stays = beside(homes).filter(person__died_on=None)
    if hamlets is not None:
        stays = stays.filter(hamlet__in=hamlets)
    found = {stay.person_id: stay for stay in stays}
    return [
        {
            "person": stay.person,
            "birth": stay.person.birth_on and stay.person.birth_on.year,
            "relation": stay.relation,
            "url": reverse("records:record", args=[stay.person_id]),
        }
        for stay in sorted(found.values(), key=lambda stay: stay.person.birth_on or date.max)
        if stay.person.root != one.root
    ]


def known_of(request: HttpRequest, one: Person) -> dict[str, str]:
    """What the register knows that the form asks, by the code of its item: the mother by whom a
    birth was written down, where a page may name her too; of which country a stranger is."""
    told, known = told_of(one.root), {}
    mother = told.mother
    if mother is not None and mother.name and is_shown(request, mother, Right.REGISTER):
        known[code_of("administrative", "mother")] = mother.name
    for stranger in told.strangers:
        if stranger.nationality:
            known[code_of("administrative", "nationality")] = stranger.nationality
    return known


def in_care(request: HttpRequest, person: Person) -> bool:
    """Whether care opens this person too, besides what the area may."""
    return bool(care_here(request, person))


def care_here(request: HttpRequest, person: Person) -> list[Basis]:
    """The bases by which care opens this person too; where there are any, the log says care."""
    who = access(request)
    if found := list(care_of(person, who, at=timezone.now())):
        who.by = Kind.CARE
    return found


def readable(
    request: HttpRequest, person: Person, *, by_care: bool, act: str = OPEN, withdrawn: bool = False
) -> list[Read]:
    """The entries that whoever asks may read, by our own rule before that of the database.

    That they read them, or print them (`act`), is written down before.

    withdrawn  whether visits that were withdrawn are among them
    """
    mine, every = sight(access(request).user, by_care=by_care), about(person)
    entries = read((every.with_visits_withdrawn() if withdrawn else every.current()).filter(mine))
    far = Tier.ROUTINE if by_care else Tier.PREVENTIVE
    most = max((Tier(entry.tier) for entry in entries), default=far)
    looks.look(access(request), act, Right.RECORD, [person.root], tier=Told[max(most, far).name])
    return entries


def closed(request: HttpRequest, one: Person, who: dict[str, Any]) -> HttpResponse:
    """The answer where a form of the record of somebody dead is asked for: why there is none, and
    where whoever may take back a death that was wrong does so."""
    wrong = may_here(request, one, Right.MOVE, by_care=False)
    links = {
        "back": reverse("records:record", args=[one.root]),
        "death_url": reverse("people:death", args=[one.root]) if wrong else "",
    }
    return render(request, "records/form_closed.html", who | links)


def filed(request: HttpRequest, one: Person, *, to: str = "") -> HttpResponse:
    """Back to the record, or to a page of it, after something was filed, telling the page which
    turn of its form it was (kit/keep.js): digits that it made up itself."""
    turn = request.POST.get("turn", "")
    told = f"?filed={turn}" if re.fullmatch(r"[0-9-]{1,30}", turn) else ""
    return redirect((to or reverse("records:record", args=[one.root])) + told)


def who_is(one: Person) -> dict[str, Any]:
    """What the head of every page of a record says of the person; the dead grow no older, and died
    on what is known of the day. After it their record is `closed`: nothing happens to them any more
    that could be typed, but what was typed wrongly of a visit is corrected."""
    birth, until = one.birth, life_of(one).died_on
    told = death_of(one.root) if until else None
    return {
        "person": one,
        "died": told.day if told else until,
        "closed": until is not None and until < timezone.localdate(),
        "birth": birth,
        "age": age_on(birth, until or timezone.localdate()) if birth else None,
        "sex": {1: _("Nam"), 2: _("Nữ")}.get(one.sex, ""),
    }
