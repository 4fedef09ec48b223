"""Organisations as somebody may look at them: which, with what figures, and those of the asker's
own area who have no record."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Q

from hssk.access.rights import Right
from hssk.access.services import Access, as_machine
from hssk.coverage.reports.parting import LEAST_OPEN
from hssk.coverage.services.lists import those_of
from hssk.coverage.services.organisations import (
    MemberFigures,
    ToldFigures,
    member_figures,
    tells_of_few,
    told_of_members,
)
from hssk.outreach.models import Session
from hssk.outreach.services.sides import Own
from hssk.outreach.services.worklist import COUNTED, LACKS, Home, Lack, homes_of_people
from hssk.people.services import members_of, members_of_each, organisations_met
from hssk.places.models import Organisation, Unit
from hssk.places.services import units_held

SESSIONS_SHOWN = 5


@dataclass(frozen=True)
class Shown:
    """An organisation with its figures as the asker is told them.

    exact  for who may see the rows of the whole unit; else None
    told   for anybody else; None where so few are residents that no figure is told
    beside whether nothing is told because another one's figures are: both differ in a few people
    """

    organisation: Organisation
    members: int
    exact: MemberFigures | None
    told: ToldFigures | None
    beside: bool = False


def organisations_for(who: Access, on: date) -> list[Organisation]:
    """Those of units of which the asker may see figures, those whose contact they are, and for who
    works from lists those to which somebody of their area belongs on a day; by name."""
    works = who.allows(Right.LISTS)
    met = organisations_met(on, who.hamlets(Right.LISTS)) if works else set()
    theirs = met | who.organisations
    every = Organisation.objects.select_related("unit__parent").order_by("key", "pk")
    return [one for one in every if one.pk in theirs or who.holds_unit(one.unit, Right.FIGURES)]


def shown(organisations: Iterable[Organisation], on: date, who: Access) -> list[Shown]:
    """These with their figures of a day, as the asker is told them: all that one may look at, for
    what is told of one follows from what is told beside it."""
    organisations = list(organisations)
    if not organisations:
        return []
    figures = member_figures((one.pk for one in organisations), on)
    lines = [_shown(one, figures.get(one.pk, MemberFigures()), who) for one in organisations]
    away = _away([one.organisation for one in lines if one.told], figures, on, who)
    return [
        replace(one, told=None, beside=True) if one.organisation.pk in away else one
        for one in lines
    ]  # fmt: skip


def _away(
    told: list[Organisation], figures: dict[int, MemberFigures], on: date, who: Access
) -> set[int]:
    """Which of those told would, taken from a larger one, tell of the few who belong to that alone:
    a class beside its school. Who belongs where is asked as the machine, and none of it is told."""
    if len(told) < 2:
        return set()
    with as_machine(who.user, who.day):
        people = members_of_each(told, on)
    kept: list[int] = []
    for one in sorted(told, key=lambda one: (-figures[one.pk].expected, one.pk)):
        if not any(
            tells_of_few(figures[large], figures[one.pk], len(people[one.pk] - people[large]))
            for large in kept
        ):
            kept.append(one.pk)
    return {one.pk for one in told} - set(kept)


def _shown(one: Organisation, figures: MemberFigures, who: Access) -> Shown:
    if who.holds_unit(one.unit, Right.REGISTER):
        return Shown(one, figures.members, figures, None)
    return Shown(one, figures.members, None, told_of_members(figures))


@dataclass(frozen=True)
class WorkList:
    """The members of an organisation who lack something and live in the asker's area, household by
    household; and how many live elsewhere.

    elsewhere  None where they are too few to be told apart
    """

    homes: list[Home]
    people: int
    elsewhere: int | None


def members_list(
    organisation: Organisation, on: date, lack: Lack, *, by: Access, at: datetime
) -> WorkList:
    """Whom to go to of an organisation: those who lack it on a day and whose hamlet is the asker's.

    How many live in other communes is told as figures are.
    """
    found = those_of(members_of(organisation, on), on, COUNTED[lack])
    mine = [
        one for one in found if by.holds_hamlet(one.hamlet_id, Right.LISTS) and LACKS[lack](one)
    ]
    units = frozenset(one.unit_id for one in mine)
    whole = member_figures([organisation.pk], on).get(organisation.pk, MemberFigures())
    every = whole.missing if lack is Lack.RECORD else whole.found - whole.opened
    elsewhere = max(0, every - len(mine))
    apart = elsewhere == 0 or elsewhere >= LEAST_OPEN
    return WorkList(
        homes_of_people(mine, Own(units=units), by=by, at=at), len(mine),
        elsewhere if apart else None,
    )  # fmt: skip


def next_sessions(unit: Unit, today: date) -> list[Session]:
    """The next sessions of a unit or in its hamlets, where and when: nothing of anybody."""
    units = units_held(unit)
    there = Q(unit__in=units) | Q(stops__hamlet__unit__in=units)
    coming = Session.objects.standing().filter(there, on__gte=today)
    keys = coming.order_by("on", "begins", "pk").values_list("pk", flat=True)
    first = list(dict.fromkeys(keys[: 20 * SESSIONS_SHOWN]))[:SESSIONS_SHOWN]
    found = Session.objects.filter(pk__in=first).prefetch_related("stops")
    return list(found.order_by("on", "begins", "pk"))
