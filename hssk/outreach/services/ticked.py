"""What stood beside the lines of a copy that came back is a contact each, or a card handed over:
nobody types it twice."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from uuid import UUID

from django.utils.timezone import localdate

from hssk.access.models import User
from hssk.access.rights import Right
from hssk.access.services import access_of, look
from hssk.access.services.looks import CARD, CONTACT
from hssk.outreach.models import (
    ABSENT,
    REFUSED,
    TOLD,
    Card,
    Contact,
    Copy,
    Handover,
    Kind,
    ListedPerson,
)
from hssk.outreach.rules import Purpose
from hssk.outreach.rules.cards import Handing
from hssk.outreach.services.cards import waiting_of
from hssk.people.models import Person, Residence
from hssk.people.rules import counted_stay

# "to be looked at" is no outcome: it says that somebody is to go there
_KINDS = {TOLD: Kind.TOLD, ABSENT: Kind.ABSENT, REFUSED: Kind.REFUSED}
# on a list of cards to hand out the first tick says that somebody has theirs
_KINDS_OF_CARDS = {tick: kind for tick, kind in _KINDS.items() if tick != TOLD}
_CHANGED = "Dấu trên bản danh sách đã sửa."


def follow_ticks(
    copy: Copy, lines: Iterable[ListedPerson], *, by: User, at: datetime
) -> list[Contact]:
    """Let each of these lines of a copy that came back have what its tick says: a contact, or the
    card handed over. The new contacts.

    by  who took the copy back, as the machine
    """
    lines = list(lines)
    if copy.purpose != Purpose.CARD:
        return _contacts_of_ticks(lines, _KINDS, by=by, at=at)
    _cards_of_ticks(lines, by=by, at=at)
    return _contacts_of_ticks(lines, _KINDS_OF_CARDS, by=by, at=at)


def _cards_of_ticks(lines: Collection[ListedPerson], *, by: User, at: datetime) -> None:
    """A tick "told" hands over the card that waited then, on the day of the tick; taken back it
    takes that handover back, and no other. Whose card waits nowhere or was printed since, and who
    lives elsewhere by now, is passed over."""
    keys = [line.pk for line in lines]
    standing = Handover.objects.filter(line__in=keys, taken_back_at=None)
    no_more = [line.pk for line in lines if line.tick != TOLD]
    back = list(standing.filter(line__in=no_more).select_related("card"))
    standing.filter(line__in=no_more).update(taken_back_at=at, taken_back_by=by, why=_CHANGED)
    told = [line for line in lines if line.tick == TOLD]
    who, today = access_of(by, localdate(at)), localdate(at)
    homes = _homes([line.person for line in told], today)
    mine = {
        root: line
        for line in told
        for root, home in homes.get(line.person, ())
        if who.holds_hamlet(home.hamlet_id, Right.LISTS)
    }
    made = Handover.objects.bulk_create(
        Handover(card=card, how=Handing.TICK, line=mine[root].pk, at=at, by=by,
                 on=min(localdate(mine[root].ticked_at or at), today))
        for root, card in waiting_of(mine).items()
        if card.run.at <= (mine[root].ticked_at or at)
    )  # fmt: skip
    named: list[Card] = [one.card for one in (*back, *made)]
    if named:
        look(who, CARD, Right.LISTS, [card.person for card in named])


def _contacts_of_ticks(
    lines: Collection[ListedPerson], kinds: dict[str, Kind], *, by: User, at: datetime
) -> list[Contact]:
    """Let each line have the contact that its tick says, on the day of the tick; the new ones.

    by  who took the copy back, as the machine. Of whom a line names and nobody knows any more, or
        who lives elsewhere by now, none is written: they are not his to speak of
    One that says otherwise than the tick does is withdrawn. One look names all of them.
    """
    standing = {
        contact.line: contact
        for contact in Contact.objects.filter(
            line__in=[line.pk for line in lines], taken_back_at=None
        )
    }
    stale = [
        standing[line.pk].pk for line in lines
        if line.pk in standing and kinds.get(line.tick) != standing[line.pk].kind
    ]  # fmt: skip
    Contact.objects.filter(pk__in=stale).update(taken_back_at=at, taken_back_by=by, why=_CHANGED)
    wanted = [
        line for line in lines
        if line.tick in kinds and (line.pk not in standing or standing[line.pk].pk in stale)
    ]  # fmt: skip
    who, today = access_of(by, localdate(at)), localdate(at)
    homes = _homes([line.person for line in wanted], today)
    made = Contact.objects.bulk_create(
        Contact(person=root, household_id=home.household_id, kind=kinds[line.tick], line=line.pk,
                on=min(localdate(line.ticked_at or at), today), by=by, at=at)
        for line in wanted
        for root, home in homes.get(line.person, ())
        if who.holds_hamlet(home.hamlet_id, Right.LISTS)
    )  # fmt: skip
    if made:
        look(who, CONTACT, Right.LISTS, [contact.person for contact in made])
    return made


def _homes(people: Iterable[UUID], day: date) -> dict[UUID, list[tuple[UUID, Residence]]]:
    """Key → the root and the home that counts, for those who have one."""
    roots = dict(Person.objects.filter(pk__in=set(people)).values_list("pk", "root"))
    stays: dict[UUID, list[Residence]] = {}
    found = Residence.objects.filter(person__root__in=set(roots.values())).select_related("person")
    for stay in found:
        stays.setdefault(stay.person.root, []).append(stay)
    homes = {root: counted_stay(theirs, day) for root, theirs in stays.items()}
    return {
        key: [(root, home)] for key, root in roots.items() if (home := homes.get(root)) is not None
    }
