"""What an accepted move does to residences, taken back and done again as often as needed.

What a move makes is labelled below zero (`source`, `ended_by` = minus its key), what files make
above: so each takes back its own. A move is a log of an act and stands wherever its person is
known, as a merge does; undoing a file takes back the moves after it and lets them stand again in
their turn.
"""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet, Value
from django.db.models.functions import Greatest

from hssk.people.models import Move, Person, Release, Residence
from hssk.people.models.moves import ACCEPTED, WAITING
from hssk.people.rules import counted_stay, kinds_ended
from hssk.people.services.homes_kept import keys_added
from hssk.people.services.moves.asking import who_is_meant
from hssk.people.services.moves.proposing import typed_of
from hssk.places import services as places


def accepted_after(at: datetime) -> QuerySet[Move]:
    """The moves accepted after `at` that still hold, in their order."""
    return Move.objects.filter(state=ACCEPTED, answered_at__gt=at).order_by("answered_at", "id")


def stand(move: Move, *, again: bool = False) -> bool:
    """Let the residences be as an accepted move says; whether anybody is there whom it is about.

    The homes that would count before the new one end the day before, and the new one begins. A list
    dated after the answer speaks after it: what it says stays.

    again  the move stood before: whom a merge has made one with the person since keeps their homes
    """
    root = _root(move)
    if root is None:
        return False
    homes = Residence.objects.filter(person__root=root)
    if again and move.person and move.answered_at:
        homes = homes.exclude(person__in=keys_added(move.person, move.answered_at))
    _end(homes, move)
    Residence.objects.create(
        person_id=root, since=move.since, source=-move.pk, hamlet_id=move.hamlet_id,
        household_id=_household(move), kind=move.kind,
    )  # fmt: skip
    move.standing = True
    move.save(update_fields=["standing"])
    waiting = Release.objects.filter(person__in=_keys(root), state=WAITING)
    waiting.exclude(move=move).update(hamlet=move.hamlet_id)
    return True


def _end(homes: QuerySet[Residence], move: Move) -> None:
    """End those of these homes that would count before the one that a move brings."""
    left = homes.filter(until=None, since__lte=move.answered_on, kind__in=kinds_ended(move.kind))
    left.update(until=Greatest("since", Value(move.since)), ended_by=-move.pk)


def end_reopened(homes: Collection[int], keys: Collection[UUID], *, after: datetime) -> None:
    """Let the moves of somebody (by all their keys) that were accepted after a moment end, in their
    order, those homes (by key) that had ended before and stand again."""
    later = Move.objects.filter(
        person__in=keys, state=ACCEPTED, standing=True, answered_at__gt=after
    )
    for move in later.order_by("answered_at", "id"):
        _end(Residence.objects.filter(pk__in=homes), move)


def take_back(move: Move) -> None:
    """Let the residences be as if the move had never been accepted."""
    Residence.objects.filter(source=-move.pk).delete()
    Residence.objects.filter(ended_by=-move.pk).update(until=None, ended_by=None)
    move.standing = False
    move.save(update_fields=["standing"])


def stand_again(*, before: datetime | None = None) -> int:
    """Let accepted moves stand whose person is known again (after a file came); how many do.

    before  only those accepted before then: when files are replayed each move has its turn
    """
    fallen = Move.objects.filter(state=ACCEPTED, standing=False).order_by("answered_at", "id")
    if before is not None:
        fallen = fallen.filter(answered_at__lt=before)
    return sum(stand(move, again=True) for move in fallen)


def home_of(person: UUID, on: date) -> int | None:
    """The hamlet where a person counts on a day."""
    stays = Residence.objects.filter(person__root=person, since__lte=on)
    counted = counted_stay(stays, on)
    return counted.hamlet_id if counted else None


def _root(move: Move) -> UUID | None:
    """Whom a move is about: by key, else (a file was undone and came anew) as it was typed."""
    known = Person.objects.filter(pk__in=[move.person]).exclude(died_on__lte=move.since)
    root = known.values_list("root", flat=True).first()
    if root is not None:
        return root
    meant = who_is_meant(typed_of(move), move.since)
    if meant is None:
        return None
    move.person = meant[0]
    move.save(update_fields=["person"])
    Release.objects.filter(move=move).update(person=meant[0])
    return meant[0]


def _keys(root: UUID) -> list[UUID]:
    return list(Person.objects.filter(root=root).values_list("pk", flat=True))


def _household(move: Move) -> int | None:
    if not move.household:
        return None
    pair = (move.hamlet_id, move.household)
    return places.households_for({pair}, move.since)[pair]
