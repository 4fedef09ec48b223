"""Unusual looking: the log beside what is known of where people live and what was done."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.utils.timezone import localtime, make_aware

from hssk.access.models import Look, Post
from hssk.access.rules import NEAR, Finding, Known, Seen, unusual
from hssk.access.services import Access, as_machine
from hssk.access.services.looks import OPEN, PRINT
from hssk.access.services.questioning import ties
from hssk.access.tiers import Kind
from hssk.coverage.models import LedgerRow
from hssk.people.models import Basis, Holding, Listing, Merge, Person, Residence
from hssk.records.models import Entry

A_HOME = 30  # a page that opened more than a household is a list

Days = Iterable[tuple[UUID, date]]  # of whom, and when something was done about them
_further: list[Callable[[set[UUID], tuple[date, date]], Days]] = []


def tell_acts(acts: Callable[[set[UUID], tuple[date, date]], Days]) -> None:
    """Have a room above say on which days, of a first and a last, it did something about people of
    these keys, before the first request."""
    _further.append(acts)


def unusual_looks(who: Access, since: date, until: date) -> list[Finding]:
    """The findings of the days from `since` to the day before `until`, the latest first.

    who  somebody who may read the log: within their scope the looks are read; where people live
         is asked for the comparison alone, and leaves this function as counts
    """
    looks = list(
        Look.objects.filter(
            at__gte=make_aware(datetime.combine(since, time())),
            at__lt=make_aware(datetime.combine(until, time())),
        ).only("actor_id", "at", "act", "people", "refused")
    )
    selves, roles = ties(), _roles({look.actor_id for look in looks}, until)
    opened = {key for look in looks if _opens(look) for key in look.people}
    with as_machine(who.user, who.day):
        root = _roots(opened | set(selves.values()))
        seen = [
            Seen(
                user=look.actor_id,
                at=localtime(look.at),
                count=len(look.people),
                opened=frozenset(root.get(key, key) for key in look.people if _opens(look)),
                refused=look.refused,
            )
            for look in looks
        ]
        known = Known(
            homes=_homes(root.values(), until),
            selves={user: root.get(person, person) for user, person in selves.items()},
            roles=roles,
            acts=_acts(set(root.values()), root, since, until),
        )
    return unusual(seen, known)


def _opens(look: Look) -> bool:
    return look.act in (OPEN, PRINT) and not look.refused and len(look.people) <= A_HOME


def _roots(keys: set[UUID]) -> dict[UUID, UUID]:
    return dict(Person.objects.filter(pk__in=keys).values_list("id", "root"))


def _homes(people: Iterable[UUID], on: date) -> dict[UUID, tuple[int, int | None]]:
    rows = LedgerRow.objects.filter(person_id__in=set(people), since__lte=on, until__gt=on)
    return {
        person: (hamlet, household)
        for person, hamlet, household in rows.values_list("person_id", "hamlet_id", "household_id")
    }


def _roles(users: set[int], until: date) -> dict[int, frozenset[str]]:
    held: dict[int, set[str]] = defaultdict(set)
    posts = Post.objects.filter(user__in=users, since__lt=until)
    for user, role in posts.values_list("user_id", "role"):
        held[user].add(role)
    return {user: frozenset(roles) for user, roles in held.items()}


def _acts(
    people: set[UUID], root: dict[UUID, UUID], since: date, until: date
) -> dict[UUID, frozenset[date]]:
    """Days about then on which a list, a record, a visit, a move or a decision spoke of somebody,
    or a room above did something about them."""
    found: dict[UUID, set[date]] = defaultdict(set)
    days = (since - NEAR, until + NEAR)
    spoken: tuple[Any, ...] = (
        Residence.objects.filter(since__range=days).values_list("person__root", "since"),
        Listing.objects.filter(since__range=days).values_list("person__root", "since"),
        Holding.objects.filter(since__range=days).values_list("person__root", "since"),
        Holding.objects.filter(updated__range=days).values_list("person__root", "updated"),
    )
    for said in spoken:
        for person, day in said.filter(person__root__in=people):
            found[person].add(day)
    merged = Merge.objects.filter(keep__in=root, at__date__range=days)
    for keep, at in merged.values_list("keep", "at"):
        found[root[keep]].add(localtime(at).date())
    keys = dict(Person.objects.filter(root__in=people).values_list("id", "root"))
    for key, day in _of_labels(set(keys), days):
        found[keys[key]].add(day)
    return {person: frozenset(on) for person, on in found.items()}


def _of_labels(keys: set[UUID], days: tuple[date, date]) -> Days:
    """What names people by key alone: their visits, the care that began, what rooms above did."""
    visits = Entry.objects.filter(person__in=keys, on__range=days)
    for person, on in visits.values_list("person", "on").distinct():
        assert on is not None  # a range holds no day that is not known
        yield person, on
    cared = Basis.objects.filter(person__in=keys, kind=Kind.CARE, since__date__range=days)
    for person, at in cared.values_list("person", "since"):
        yield person, localtime(at).date()
    for acts in _further:
        yield from acts(keys, days)
