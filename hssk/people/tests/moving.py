"""What the tests of moves share: two communes, who works there, and somebody with a number."""

from datetime import date

from hssk.access.rights import Role
from hssk.access.services import Access, access_of
from hssk.kit.dates import PartialDate
from hssk.people.models import Identifier, Person
from hssk.people.services.moves import Proposal, Typed
from hssk.places.models import Hamlet, Unit
from tests.village import MARCH, hamlet, lives, on_duty, person

OLD, NEW, CITY = "03403", "03387", "12-105"
APRIL = date(2024, 4, 10)
PLACES = ((OLD, "Bản Cũ"), (NEW, "Bản Mới"), ("03408", "Tổ 2"))
BORN = PartialDate.of(1990, 3, 5)
NUMBER = "012190000123"


def unit(code: str) -> Unit:
    return Unit.objects.on(MARCH).get(code=code)


def somebody(name: str = "Lò Thị Mơ", where: Hamlet | None = None, **facts) -> Person:
    """Somebody born on 5/3/1990 with a number, who lives in the old commune."""
    facts = {"number": NUMBER, "birth_on": date(1990, 3, 5), "birth_precision": "D", **facts}
    number, precision = facts.pop("number"), facts.pop("birth_precision")
    who = person(name, sex=2, **facts)
    Person.objects.filter(pk=who.pk).update(birth_precision=precision)
    Identifier.objects.create(person=who, kind=Identifier.PID, value=number)
    lives(who, where or hamlet(OLD, "Bản Cũ"))
    return who


def works(name: str, role: Role, code: str = "", day: date = APRIL) -> Access:
    """What somebody on duty in a commune may do on a day."""
    for place in PLACES:
        hamlet(*place)
    return access_of(on_duty(name, role, unit(code) if code else None), day)


def later(by: Access, day: date) -> Access:
    """The same user on another day."""
    return access_of(by.user, day)


def typed(name="lo thi mo", birth=BORN, number=NUMBER) -> Typed:
    return Typed(name, birth, number)


def said(where: Hamlet | None = None, **facts) -> Proposal:
    """A proposal about `somebody`, as a nurse of the new commune types it."""
    kind = facts.pop("kind", "P")
    return Proposal(
        typed=typed(**facts), sex=2, hamlet=where or hamlet(NEW, "Bản Mới"), household="12",
        kind=kind, since=date(2024, 4, 1),
    )  # fmt: skip
