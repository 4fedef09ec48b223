"""Cards of records: printed by hamlet, handed over, ended; and how they stand.

What is read is read as whoever asks may see it; what is written of a card is written as the
machine, once the card was seen to be the asker's.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Count, Exists, OuterRef, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop as _n

from hssk.access.models import User
from hssk.access.services import Access, as_machine
from hssk.coverage.rules import FOUND
from hssk.coverage.services import settle
from hssk.coverage.services.lists import in_hamlets, those_of
from hssk.outreach.errors import CannotIssue
from hssk.outreach.models import Card, CardRun, Handover
from hssk.outreach.rules.cards import Ended, Face, Handing, Standing, Tally, faces
from hssk.people.models import Person, Residence
from hssk.people.rules import counted_stay
from hssk.people.services import keys_of, roots_of
from hssk.places.models import Hamlet

MISTAKEN = "Ghi nhầm là đã giao."

# A card lives until it ends; of several of one human being the newest. One that was not handed over
# lies where it was printed, and is no card of somebody who lives in another commune by now. Who has
# left since the day may be out of the asker's sight; of who lives there still that is known.
_STANDING = """
    SELECT DISTINCT ON (c.hamlet_id, c.person_id)
        c.hamlet_id, c.person_id, c.state = %(found)s, card.id, COALESCE(card.handed, false)
    FROM coverage_row c
    JOIN places_hamlet h ON h.id = c.hamlet_id
    LEFT JOIN (
        SELECT m.root, k.id, printed.unit_id, o.id IS NOT NULL AS handed
        FROM people_person m JOIN outreach_card k ON k.person = m.id
        JOIN outreach_cardrun r ON r.id = k.run_id
        JOIN places_hamlet printed ON printed.id = r.hamlet_id
        LEFT JOIN outreach_handover o ON o.card_id = k.id AND o.taken_back_at IS NULL
        WHERE k.taken_back_at IS NULL
    ) card ON card.root = c.person_id AND (card.handed OR card.unit_id = h.unit_id)
    WHERE c.hamlet_id = ANY(%(hamlets)s) AND c.since <= %(on)s AND c.until > %(on)s
      AND (c.until = '9999-12-31' OR EXISTS (SELECT FROM people_person p WHERE p.id = c.person_id))
    ORDER BY c.hamlet_id, c.person_id, card.id DESC NULLS LAST
"""


def standings(hamlets: Iterable[int], on: date) -> dict[int, list[Standing]]:
    """Hamlet → how each of its residents on a day stands now, as far as the asker may see them.

    The day says who lives there and has a record; cards are as they are.
    """
    settle()
    found: dict[int, list[Standing]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, {"hamlets": list(hamlets), "on": on, "found": FOUND})
        for hamlet, person, recorded, card, handed in cursor.fetchall():
            found[hamlet].append(Standing(person, recorded, card, handed))
    return found


def tallies(hamlets: Iterable[int], on: date) -> dict[int, Tally]:
    """Hamlet → how many of its residents on a day stand how: `standings`, counted."""
    settle()
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT hamlet, count(*) FILTER (WHERE recorded AND card IS NULL),
                count(card) FILTER (WHERE NOT handed), count(*) FILTER (WHERE handed)
            FROM ({_STANDING}) AS standing (hamlet, person, recorded, card, handed) GROUP BY 1""",
            {"hamlets": list(hamlets), "on": on, "found": FOUND},
        )
        return {hamlet: Tally(*numbers) for hamlet, *numbers in cursor.fetchall()}


def waiting_in(hamlet: int, on: date) -> frozenset[UUID]:
    """The residents of a hamlet whose card lies at the station (roots)."""
    return frozenset(one.person for one in standings([hamlet], on)[hamlet] if one.waits)


def waiting_of(people: Iterable[UUID]) -> dict[UUID, Card]:
    """Root → the card that is theirs and was not handed over, of those of these human beings, with
    its run; nobody else hands one of them over meanwhile."""
    every = Card.objects.filter(pk__in=_living(people)).select_related("run")
    living = list(every.select_for_update(of=("self",)))
    standing = Handover.objects.filter(card__in=living, taken_back_at=None)
    handed = set(standing.values_list("card", flat=True))
    roots = roots_of(card.person for card in living)
    return {roots[card.person]: card for card in living if card.pk not in handed}


@transaction.atomic
def print_run(hamlet: Hamlet, on: date, *, by: User, at: datetime) -> CardRun:
    """A card for each resident of a hamlet on a day who has a record and no card, in the order of
    its households.

    A card of theirs that lies at a station which they have left ends. Who objected to lists has one
    too: it is no list, and theirs.
    Raises CannotIssue where nobody lacks one.
    """
    Hamlet.objects.select_for_update().get(pk=hamlet.pk)  # two runs at once would make two of one
    lacking = {one.person for one in standings([hamlet.pk], on)[hamlet.pk] if one.lacks}
    named = _faces(hamlet.pk, on)
    chosen = {key: face for key, face in named.items() if key in lacking}
    if not chosen:
        raise CannotIssue(_n("Ai có hồ sơ ở đây cũng đã có thẻ. Không in thêm."))
    with as_machine(by, localdate(at)):
        _end(_living(chosen), Ended.ELSEWHERE, by=by, at=at)
        return _printed(hamlet, chosen, by=by, at=at)


@transaction.atomic
def print_anew(card: Card, why: Ended, on: date, *, by: User, at: datetime) -> CardRun:
    """End a card that is lost or spoilt and print another, a run of its own, where its person lives
    on a day.

    Raises CannotIssue where it has ended already, and where they live nowhere in the asker's area.
    """
    root, home = roots_of([card.person]).get(card.person), home_of(card, on)
    face = _faces(home, on).get(root) if root and home else None
    if root is None or home is None or face is None:
        raise CannotIssue(_n("Người này không còn ở địa bàn của bạn. Không in thẻ khác."))
    hamlet = Hamlet.objects.select_for_update().get(pk=home)
    with as_machine(by, localdate(at)):
        _lock_living(card)
        _end([card.pk], why, by=by, at=at)
        return _printed(hamlet, {root: face}, by=by, at=at)


@transaction.atomic
def hand_over(
    card: Card, how: Handing, *, by: User, at: datetime, on: date | None = None,
    line: int | None = None,
) -> Handover:  # fmt: skip
    """Write down that a card is with its person.

    on    the day of it; by default that of `at`
    line  the key of the line of a copy that says so
    Raises CannotIssue for a card that has ended, and for one that was handed over already.
    """
    with as_machine(by, localdate(at)):
        _lock_living(card)
        if card.handovers.filter(taken_back_at=None).exists():
            raise CannotIssue(_n("Thẻ này đã ghi là đã giao."))
        return Handover.objects.create(
            card=card, how=how, on=on or localdate(at), line=line, at=at, by=by
        )


@transaction.atomic
def take_back_handover(card: Card, *, by: User, at: datetime, why: str = MISTAKEN) -> None:
    """A card was not handed over after all: it lies at the station again.

    Raises CannotIssue where it has ended, and where nothing says that it was.
    """
    with as_machine(by, localdate(at)):
        _lock_living(card)
        standing = card.handovers.filter(taken_back_at=None)
        if not standing.update(taken_back_at=at, taken_back_by=by, why=why):
            raise CannotIssue(_n("Thẻ này chưa ghi là đã giao."))


def card_of_token(token: UUID) -> Card | None:
    """The living card with a code, of somebody whom the asker may see; None for any other code."""
    card = Card.objects.filter(token=token, taken_back_at=None).first()
    if card is None:
        return None
    mine = Card.objects.filter(person__in=keys_of(card.person), taken_back_at=None)
    return card if mine.order_by("-pk").first() == card else None


def is_handed(card: Card) -> bool:
    """Whether a card is with its person."""
    return card.handovers.filter(taken_back_at=None).exists()


def home_of(card: Card, day: date) -> int | None:
    """The hamlet in which the person of a card lives on a day; None where they live nowhere, or the
    asker may not see it."""
    stays = Residence.objects.filter(person__in=keys_of(card.person))
    stay = counted_stay(stays, day)
    return stay.hamlet_id if stay else None


@dataclass(frozen=True)
class Printed:
    """A run, and how many of its cards lie at the station, were handed over, and have ended: they
    add up to its size."""

    run: CardRun
    lying: int
    handed: int
    ended: int


def runs_of(hamlet: Hamlet, *, by: Access) -> list[Printed]:
    """The runs of a hamlet, the newest first.

    Counted as the machine: whom a card names may live elsewhere by now, and it still lies here.
    """
    is_with_them = Exists(Handover.objects.filter(card=OuterRef("pk"), taken_back_at=None))
    with as_machine(by.user, by.day):
        counted = Card.objects.filter(run__hamlet=hamlet).values("run").annotate(
            ended=Count("pk", filter=Q(taken_back_at__isnull=False)),
            handed=Count("pk", filter=Q(is_with_them, taken_back_at=None)),
        ).order_by()  # fmt: skip
        numbers = {row["run"]: (row["handed"], row["ended"]) for row in counted}
    runs = CardRun.objects.filter(hamlet=hamlet).select_related("by").order_by("-pk")
    found = [(run, *numbers.get(run.pk, (0, 0))) for run in runs]
    return [Printed(run, run.size - handed - ended, handed, ended) for run, handed, ended in found]


def to_print(run: CardRun, on: date) -> list[Card]:
    """The cards of a run that its paper has: living and not handed over, of those who are residents
    of the asker's area on a day. What is with its person is not printed a second time."""
    handed = Handover.objects.filter(card=OuterRef("pk"), taken_back_at=None)
    lying = list(run.cards.filter(~Exists(handed), taken_back_at=None))
    roots = roots_of(card.person for card in lying)
    there = {one.id for one in those_of(roots.values(), on) if not one.elsewhere}
    newest = _living(there)
    return [card for card in lying if card.pk in newest]


def _faces(hamlet: int, on: date) -> dict[UUID, Face]:
    """What the card of each resident of a hamlet says, in the order of its households."""
    there = [one for one in in_hamlets([hamlet], on) if not one.elsewhere]
    return faces({one.id: (one.name, one.birth.value.year if one.birth else None) for one in there})


def _living(roots: Iterable[UUID]) -> set[int]:
    """The keys of the newest of the cards that have not ended of each of these human beings."""
    keys = dict(Person.objects.filter(root__in=set(roots)).values_list("pk", "root"))
    cards = Card.objects.filter(person__in=keys, taken_back_at=None).order_by("pk")
    return set({keys[card.person]: card.pk for card in cards}.values())


def _end(cards: Iterable[int], why: Ended, *, by: User, at: datetime) -> None:
    Card.objects.filter(pk__in=list(cards), taken_back_at=None).update(
        taken_back_at=at, taken_back_by=by, why=why
    )


def _printed(hamlet: Hamlet, named: dict[UUID, Face], *, by: User, at: datetime) -> CardRun:
    run = CardRun.objects.create(hamlet=hamlet, size=len(named), at=at, by=by)
    Card.objects.bulk_create(
        Card(run=run, number=number, person=person, name=face.name, year=face.year)
        for number, (person, face) in enumerate(named.items(), 1)
    )
    return run


def _lock_living(card: Card) -> None:
    if Card.objects.select_for_update().get(pk=card.pk).taken_back_at is not None:
        raise CannotIssue(_n("Thẻ này đã hủy."))
