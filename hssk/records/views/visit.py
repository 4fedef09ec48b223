"""One visit with everything that belongs to it, as it is printed too; what was done to it since it
was written; and how it read at a moment."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from hssk.access.policy import needs
from hssk.access.rights import Right
from hssk.access.services import looks
from hssk.access.services.looks import OPEN
from hssk.access.tiers import Tier as Told
from hssk.access.views.doorkeeper import access
from hssk.people.models import Person
from hssk.people.views.asked import person_asked
from hssk.records.models import Entry
from hssk.records.rules.sections import Tier
from hssk.records.services import about, sight
from hssk.records.views.correcting import may_correct
from hssk.records.views.record import in_care, who_is
from hssk.records.views.telling_visits import history_of, visit_of, whole_visit


@needs(Right.RECORD)
def visit_page(request: HttpRequest, person: UUID, visit: UUID) -> HttpResponse:
    """What a visit says, and what was done to it; with `?known=` a moment, what it said then."""
    one = person_asked(request, person, Right.RECORD)
    by_care = in_care(request, one)
    versions = _versions(request, one, visit, by_care=by_care)
    if not versions:
        raise Http404
    now = [one for one in versions if one.replaced_at is None and not one.withdrawn]
    at = moment_named(request.GET.get("known", ""))
    shown = now if at is None else _known_at(one, visit, versions, at)
    acts = history_of(versions)
    context: dict[str, Any] = {
        **who_is(one),
        "visit": whole_visit(visit_of(visit, shown)) if shown else None,
        "withdrawn": None if now else acts[0],
        "at": at,
        "acts": acts,
        "may_correct": at is None and by_care and may_correct(request, now, visit),
        "here": reverse("records:visit", args=[person, visit]),
        "back": reverse("records:record", args=[one.root]),
    }
    return render(request, "records/visit.html", context)


def _versions(request: HttpRequest, one: Person, visit: UUID, *, by_care: bool) -> list[Entry]:
    """Every version of the visit's entries that whoever asks may read, of those entries of which
    they may read the last: what has become sensitive since is not told by what it was before.

    That they read them is written down before.
    """
    mine = sight(access(request).user, by_care=by_care)
    of_visit = about(one.pk).filter(mine, visit=visit)
    found = list(of_visit.select_related("author").order_by("id"))
    last = {version.entry for version in found if version.replaced_at is None}
    versions = [version for version in found if version.entry in last]
    far = Tier.ROUTINE if by_care else Tier.PREVENTIVE
    most = max((Tier(version.tier) for version in versions), default=far)
    tier = Told[max(most, far).name]
    looks.look(access(request), OPEN, Right.RECORD, [one.root], tier=tier)
    return versions


def _known_at(one: Person, visit: UUID, versions: list[Entry], at: datetime) -> list[Entry]:
    """Of these versions, those that were written by a moment and held then."""
    then = about(one.pk).recorded_by(at).filter(visit=visit).values_list("pk", flat=True)
    known = set(then)
    return [version for version in versions if version.pk in known]


def moment_named(text: str) -> datetime | None:
    """The moment that an address names; None for what is none."""
    try:
        at = parse_datetime(text)
    except ValueError:
        return None
    return timezone.make_aware(at) if at and timezone.is_naive(at) else at
