"""A death: from its day on somebody counts nowhere; taken back, all is as it was.

No home is ended and no basis: what a death closes follows from the day of death, in the ledger, at
the doors of booklets and in moves. So there is nothing to be put together again when it was wrong.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_noop as _n

from hssk.access.rights import Right
from hssk.access.services import Access, as_machine, look
from hssk.access.services.looks import DEATH, NO_DEATH
from hssk.kit.dates import PartialDate
from hssk.kit.text import clean
from hssk.people.errors import Refused
from hssk.people.models import Death, Person
from hssk.people.rules.lives import counted_until, doubt_of_death
from hssk.people.services.guardians import life_of
from hssk.people.services.identity import keys_of
from hssk.people.services.lives.waiting import while_nobody_links

DOUBTS = {
    "to-come": _n("Ngày mất chưa đến. Hãy xem lại."),
    "unborn": _n("Ngày mất trước ngày sinh. Hãy xem lại."),
}


@dataclass(frozen=True)
class Died:
    """A death as it was typed: `place` one of Death's or ""; `paper` the number of its document."""

    on: PartialDate
    place: str = ""
    paper: str = ""


def death_of(person: UUID) -> Death | None:
    """The death that stands of a human being, whichever row of theirs it names."""
    return Death.objects.filter(person__in=keys_of(person), withdrawn_at=None).first()


def record_death(person: UUID, said: Died, *, at: datetime, by: Access) -> Death:
    """Write down that `person` (a root) died; what stands already is given back as it is.

    Raises Refused for a day that cannot be, and while a file is being linked.
    """
    with as_machine(by.user, by.day):
        while_nobody_links()
        one = Person.objects.select_for_update().get(pk=person)
        if (standing := death_of(person)) is not None:
            return standing
        doubt = doubt_of_death(said.on, by.day, birth=life_of(one).birth)
        if doubt:
            raise Refused(DOUBTS[doubt])
        death = Death.objects.create(
            person=person, on=said.on.value, precision=said.on.precision,
            counted_on=counted_until(said.on, by.day), place=said.place, paper=clean(said.paper),
            by=by.user, at=at,
        )  # fmt: skip
        deaths_stand_again()
        look(by, DEATH, Right.MOVE, [person])
    return death


def take_back_death(person: UUID, why: str, *, at: datetime, by: Access) -> None:
    """Say that `person` (a root) has not died after all, and why; both acts stay written.

    Raises Refused where no death stands, without a reason, and while a file is being linked.
    """
    with as_machine(by.user, by.day):
        while_nobody_links()
        Person.objects.select_for_update().get(pk=person)
        standing = Death.objects.filter(person__in=keys_of(person), withdrawn_at=None)
        if not standing:
            raise Refused(_n("Người này không ghi là đã mất; không có gì để rút lại."))
        if not clean(why):
            raise Refused(_n("Hãy ghi vì sao rút lại."))
        # of two rows that were merged each may have a death: whoever lives has none
        rows = {death.person for death in standing}
        standing.update(withdrawn_at=at, withdrawn_by=by.user, why=clean(why))
        Person.objects.filter(pk__in=rows).update(died_on=None)
        look(by, NO_DEATH, Right.MOVE, [person])


def deaths_stand_again() -> None:
    """Let every death that stands be on its person, also one whom a file has brought anew."""
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE people_person p SET died_on = d.counted_on FROM people_death d
            WHERE d.person = p.id AND d.withdrawn_at IS NULL
              AND p.died_on IS DISTINCT FROM d.counted_on"""
        )
