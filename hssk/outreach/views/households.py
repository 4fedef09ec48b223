"""How a work list is shown, of a hamlet, an organisation or of those registered somewhere:
household by household, one key an outcome, whose turn it is and to whom it may be handed over."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hssk.access.rights import Right
from hssk.access.services import looks
from hssk.access.views.doorkeeper import access
from hssk.outreach.forms import OUTCOMES
from hssk.outreach.models import Kind, Side
from hssk.outreach.services import Lack, named
from hssk.outreach.services.sides import Own
from hssk.outreach.services.worklist import Home, tell_sides
from hssk.outreach.views.within import just_written, whole
from hssk.places.models import Unit

HOUSEHOLDS_ON_A_PAGE = 20
# the same outcome has the same key on every list
KEYS = dict(zip("1234567890-", OUTCOMES, strict=False))
# what an address of a list says, which a form brings back to it
_KEPT = ("list", "hamlet", "commune", "organisation", "lack", "page")
REGISTERED, ORGANISATION, ONE = "registered", "organisation", "one"


@dataclass(frozen=True)
class List:
    """A work list as a page is about to show it.

    right  by which it is looked at
    kept   what its address says, for the way back
    kinds  the outcomes that may be written down here
    mine   the sides of whoever looks, where the list is theirs and not that of a hamlet
    """

    homes: list[Home]
    lack: Lack
    right: Right
    kept: Mapping[str, object]
    kinds: Collection[Kind]
    mine: Own = field(default_factory=Own)


def lack_asked(request: HttpRequest) -> Lack:
    """What the people of a list have not; a record unless the address says so."""
    return Lack.BOOK if request.GET.get("lack") == Lack.BOOK else Lack.RECORD


def shown(request: HttpRequest, work: List) -> dict[str, Any]:
    """A page of a list for its template; whom it names is written down first."""
    who = access(request)
    page = Paginator(work.homes, HOUSEHOLDS_ON_A_PAGE).get_page(request.GET.get("page"))
    people = [one.person.id for home in page.object_list for one in home.people]
    done = just_written(request, request.GET.get("done"))
    looks.look(who, looks.LIST, work.right, [*people, *([done.person] if done else [])])
    tell_sides(page.object_list, by=who, at=timezone.now())
    keys = [(key, kind) for key, kind in KEYS.items() if kind in work.kinds]
    kept = [*work.kept.items(), ("lack", work.lack.value), ("page", page.number)]
    return {
        "lack": work.lack,
        "page": page,
        "done": done,
        "done_words": OUTCOMES[Kind(done.kind)] if done else "",
        "people": sum(len(home.people) for home in work.homes),
        "homes": [_drawn(home, who.day, work.mine) for home in page.object_list],
        "keys": [(key, OUTCOMES[kind]) for key, kind in keys],
        "kept": kept,
        "outcomes": _outcomes(request, keys, kept),
    }


def way_back(request: HttpRequest, person: UUID | None = None) -> str:
    """The list one came from: which, its hamlet, lack and page, and nothing else that was sent; or
    the page of all contacts with `person`."""
    kept = {name: said for name in _KEPT
            if (said := request.POST.get(name, "")).isalnum() and said.isascii()}  # fmt: skip
    which, organisation = kept.pop("list", ""), whole(kept.pop("organisation", ""))
    query = "&".join(f"{name}={said[:18]}" for name, said in kept.items())
    if which == ONE and person is not None:
        return reverse("outreach:contacts", args=[person])
    if which == ORGANISATION:
        return f"{reverse('organisations:work', args=[organisation])}?{query}"
    return f"{reverse('outreach:registered' if which == REGISTERED else 'outreach:work')}?{query}"


def called(side: Side) -> str:
    """What a side is called: the station of a commune, or a facility by its name."""
    if isinstance(side, Unit):
        return _("Trạm y tế {unit}").format(unit=f"{side.kind.lower()} {side.name}")
    return side.name


def _outcomes(request: HttpRequest, keys: list[tuple[str, Kind]], kept: list) -> str:
    """What is the same in the form of everybody on a page: drawn once, not for each of eighty."""
    choices = [(key, kind.value, OUTCOMES[kind]) for key, kind in keys]
    drawn = {"choices": choices, "kept": kept, "csrf_token": get_token(request)}
    return render_to_string("outreach/parts/outcomes.html", drawn)


def _drawn(home: Home, today: date, mine: Own) -> dict[str, Any]:
    def offered(side: Side) -> str:
        return _("bên mình: {side}").format(side=called(side)) if mine.has(side) else called(side)

    return {
        "home": home,
        "owner": called(home.owner),
        "before": called(home.step.before) if home.step else "",
        "sides": [(named(side), offered(side)) for side in home.sides] if home.key else [],
        "people": [
            {"asked": one, "said": OUTCOMES[Kind(one.contact.kind)] if one.contact else "",
             "registered": [called(side) for side in one.registered]}
            for one in home.people
        ],
        "late": home.due is not None and home.due <= today,
    }  # fmt: skip
