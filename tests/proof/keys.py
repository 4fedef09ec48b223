"""Keys to fill in for those of an address: any at all, or such as are somebody else's.

They are known by their names: a new address with a key that is not here fails, so that nobody can
forget to have it attacked.
"""

import random
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cache, partial
from uuid import UUID, uuid4

from django.db.models import Model

from hssk.access.models import Look, Post
from hssk.access.rights import Role
from hssk.access.tiers import Kind
from hssk.coverage.models import SentReport
from hssk.exchange.models import (
    Delivery,
    LinkDecision,
    MemberFile,
    PostFile,
    Review,
    SoftwareLayout,
)
from hssk.outreach.models import (
    BookFile,
    Campaign,
    Card,
    CardRun,
    Contact,
    Copy,
    Cost,
    DayReport,
    Invitation,
    Proposal,
    Session,
    Slip,
    Team,
)
from hssk.people.models import AuditCase, Move, Release
from hssk.places.models import Hamlet, Household, Organisation, Unit
from tests.proof import deliveries, organisations, plans
from tests.proof.drawn import Drawn, Find, keys_of
from tests.proof.world import CASES, GIVES_POSTS, Reader, World

COUNTS = ("missing", "found", "expected", "doubles", "duplicates", "nobody_unknown", "unlisted",
          "records_unlisted", "kept_elsewhere", "kept_for_others", "listed_elsewhere",
          "verified", "unverified", "content", "empty", "complete", "outdated")  # fmt: skip
KINDS = ("found", "entered", "left", "lost", "progress", "quality", "facilities")
OF_A_MODEL: Mapping[str, type[Model]] = {
    "household": Household, "invitation": Invitation, "report": SentReport, "copy": Copy,
    "campaign": Campaign, "card": Card, "run": CardRun, "team": Team, "cost": Cost,
    "session": Session, "proposal": Proposal, "contact": Contact, "book": BookFile,
    "daily": DayReport, "outgoing": SoftwareLayout, "delivery": Delivery,
    "organisation": Organisation, "members": MemberFile, "move": Move, "look": Look,
    "case": AuditCase, "verdict": Review, "postings": PostFile, "slip": Slip, "post": Post,
}  # fmt: skip
NOWHERE = 999_999_999
NOBODY = {
    **dict.fromkeys((*OF_A_MODEL, "hamlet", "unit", "batch", "row", "basis", "user", "pk"), NOWHERE),
    "person": uuid4(), "visit": uuid4(), "slip": uuid4(), "code": "99999",
}  # fmt: skip
_NOTHING = {
    **dict.fromkeys(("hamlet", "household", "batch", "unit", "row", "basis", "case"), NOWHERE),
    "code": "99999", "count": "nothing", "kind": "nothing",
}  # fmt: skip


def keys(world: World, dice: random.Random) -> Drawn:
    """A key of each kind: of somebody, of a place, of a file; now and then of nothing."""
    known = Drawn({
        **{kind: keys_of(model) for kind, model in OF_A_MODEL.items()},
        "person": lambda: world.people,
        "visit": lambda: (one.visit for one in world.entries),
        "hamlet": lambda: (one.pk for one in world.hamlets),
        "code": lambda: (*(unit.code for unit in world.communes), "12", "12-105", "12-109"),
        "count": lambda: COUNTS,
        "unit": lambda: (one.pk for one in world.communes),
        "kind": lambda: KINDS,
        "batch": lambda: (one.pk for one in world.batches.values()),
        "row": lambda: world.rows,
        "basis": lambda: (one.pk for one in world.bases),
        "user": lambda: (one.user.pk for one in world.readers),
        "pk": tuple,  # of a security key: nobody here has any
    }, dice, NOBODY)  # fmt: skip
    if dice.random() < 0.15:
        known |= _NOTHING | {kind: uuid4() for kind in ("person", "visit", "slip")}
    return known


def others(world: World, reader: Reader, at: Reader, dice: random.Random) -> Drawn:
    """A key of each kind that is somebody else's; of nothing where all there is are the reader's.

    at  the reader with those posts alone whose rights the address asks for: what their other posts
        hold is somebody else's there, and is what is tried first
    """
    units, hamlets = _places_of_others(world, reader, at)
    in_units, in_hamlets = {unit.pk for unit in units}, {hamlet.pk for hamlet in hamlets}
    hidden = cache(partial(_hidden, world, reader, at))
    one = [dice.choice(units)] if units else []  # its key and its code are of one and the same
    return Drawn({
        "hamlet": lambda: in_hamlets,
        "code": lambda: (unit.code for unit in one),
        "unit": lambda: (unit.pk for unit in one),
        "household": keys_of(Household, hamlet__in=in_hamlets),
        "report": keys_of(SentReport, unit__in=in_units),
        "batch": lambda: (b.pk for unit, b in world.batches.items() if unit in in_units),
        "copy": lambda: (c.pk for c in world.copies if c not in world.copies_of(at)),
        "invitation": keys_of(Invitation, hamlet__in=in_hamlets),
        "slip": keys_of(Slip, invitation__hamlet__in=in_hamlets),
        "move": lambda: _moves(in_hamlets),
        "row": lambda: _asking(
            row for row, (of, person) in world.rows.items() if of in in_units
            and person in hidden() and world.handed.get(row, 0) not in at.units
        ),
        **deliveries.of_others(in_units),
        "run": keys_of(CardRun, hamlet__in=in_hamlets),
        **plans.of_others(in_units, in_hamlets),
        **organisations.of_others(in_units, at.organisations,
                                   lambda who: at.sees(world.people[who].homes, ())),
        **_of_people(world, reader, hidden),
        **_of_users(world, reader, in_units),
        "verdict": keys_of(Review), "pk": tuple,
        "count": lambda: ("missing",), "kind": lambda: ("found",),
    }, dice, NOBODY)  # fmt: skip


def _places_of_others(world: World, reader: Reader, at: Reader) -> tuple[list[Unit], list[Hamlet]]:
    wide = at.everything
    units = [u for u in world.communes if not wide and u.pk not in at.units]
    units = [u for u in units if u.pk in reader.units] or units
    hamlets = [h for h in world.hamlets if not wide and h.pk not in at.hamlets]
    hamlets = [h for h in hamlets if h.pk in reader.hamlets] or hamlets
    if at.holds(Role.ADMINISTRATOR, Role.AUDITOR):
        hamlets = hamlets if units else []
    return units, hamlets


def _hidden(world: World, reader: Reader, at: Reader) -> list[UUID]:
    known = world.seen(at) | world.named_elsewhere_to(at) | world.behind_glass(reader)
    hidden = [key for key, one in world.people.items() if one.root not in known]
    theirs = world.seen(reader)
    return [key for key in hidden if world.people[key].root in theirs] or hidden


def _of_people(
    world: World, reader: Reader, hidden: Callable[[], Collection[UUID]]
) -> dict[str, Find]:
    return {
        "person": lambda: () if reader.holds(Role.AUDITOR) else hidden(),
        "visit": lambda: (one.visit for one in world.entries if one.root in hidden()),
        "contact": lambda: _about(Contact, hidden()),
        "card": lambda: _about(Card, hidden()),
        "basis": lambda: (
            one.pk for one in world.bases if not one.is_of(reader)
            and not (reader.holds(Role.AUDITOR) and one.kind is Kind.BREAK_GLASS)
        ),
    }  # fmt: skip


def _about(model: type[Model], people: Collection[UUID]) -> Iterable[int]:
    return model._default_manager.filter(person__in=people).values_list("pk", flat=True)


def _of_users(world: World, reader: Reader, units: Collection[int]) -> dict[str, Find]:
    me = reader.user
    posts = Post.objects.filter(unit__in=units).exclude(user=me).values_list("pk", flat=True)
    return {
        "post": posts.all,
        "user": lambda: (one.user.pk for one in world.readers if one.user.pk != me.pk),
        "case": lambda: _cases(reader),
        "look": lambda: () if reader.holds(Role.AUDITOR) else (
            Look.objects.exclude(actor=me).values_list("pk", flat=True)),
        "postings": lambda: () if reader.holds(*GIVES_POSTS) else (
            PostFile.objects.exclude(actor=me).values_list("pk", flat=True)),
    }  # fmt: skip


def _cases(reader: Reader) -> Iterable[int]:
    cases = AuditCase.objects.exclude(opened_by=reader.user)
    if reader.holds(*CASES):
        cases = cases.exclude(confirmed_at=None)
    return cases.values_list("pk", flat=True)


def _moves(hamlets: Collection[int]) -> Iterator[int]:
    releases = dict(Release.objects.values_list("move", "hamlet"))
    for move, hamlet in Move.objects.values_list("pk", "hamlet"):
        if hamlet in hamlets and releases.get(move, hamlet) in hamlets:
            yield move


def _asking(rows: Iterator[int]) -> list[int]:
    """Those of the rows that ask to be decided, where any do."""
    found = list(rows)
    asking = LinkDecision.objects.filter(row__in=found, decision=LinkDecision.ASK)
    return list(asking.values_list("row", flat=True)) or found
