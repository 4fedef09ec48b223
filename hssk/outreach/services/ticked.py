"""What stood beside the lines of a copy that came back is a contact each: nobody types it twice."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.utils.timezone import localdate

from hssk.access.models import User
from hssk.access.rights import Right
from hssk.access.services import access_of, look
from hssk.access.services.looks import CONTACT
from hssk.outreach.models import ABSENT, REFUSED, TOLD, Contact, Kind, ListedPerson
from hssk.people.models import Person, Residence
from hssk.people.rules import counted_stay

# "to be looked at" is no outcome: it says that somebody is to go there
_KINDS = {TOLD: Kind.TOLD, ABSENT: Kind.ABSENT, REFUSED: Kind.REFUSED}
_CHANGED = "Dấu trên bản danh sách đã sửa."


def contacts_of_ticks(lines: Iterable[ListedPerson], *, by: User, at: datetime) -> list[Contact]:
    """Let each line have the contact that its tick says, on the day of the tick; the new ones.

    by  who took the copy back, as the machine. Of whom a line names and nobody knows any more, or
        who lives elsewhere by now, none is written: they are not his to speak of
    One that says otherwise than the tick does is withdrawn. One look names all of them.
    """
    lines = list(lines)
    standing = {
        contact.line: contact
        for contact in Contact.objects.filter(
            line__in=[line.pk for line in lines], taken_back_at=None
        )
    }
    stale = [
        standing[line.pk].pk for line in lines
        if line.pk in standing and _KINDS.get(line.tick) != standing[line.pk].kind
    ]  # fmt: skip
    Contact.objects.filter(pk__in=stale).update(taken_back_at=at, taken_back_by=by, why=_CHANGED)
    wanted = [
        line for line in lines
        if line.tick in _KINDS and (line.pk not in standing or standing[line.pk].pk in stale)
    ]  # fmt: skip
    who, today = access_of(by, localdate(at)), localdate(at)
    homes = _homes([line.person for line in wanted], today)
    made = Contact.objects.bulk_create(
        Contact(person=root, household_id=home.household_id, kind=_KINDS[line.tick], line=line.pk,
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
