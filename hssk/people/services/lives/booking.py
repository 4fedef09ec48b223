"""The book on VNeID was opened: seen on the telephone of the person, or of one of their family."""

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_noop as _n

from hssk.access.rights import Right
from hssk.access.services import Access, as_machine, look
from hssk.access.services.looks import BOOK
from hssk.kit.text import clean
from hssk.people.errors import Refused
from hssk.people.models import Book, Person
from hssk.people.services.identity import keys_of


def open_book(person: UUID, *, on: date, by_family: bool, at: datetime, by: Access) -> Book:
    """Write down that the book of `person` (a root) was opened on a day.

    It counts in the ledger from that day on, for whoever has a record.
    Raises Refused where one stands already, for the dead and for a day to come.
    """
    with as_machine(by.user, by.day):
        Person.objects.select_for_update().get(pk=person)
        if on > by.day:
            raise Refused(_n("Ngày này chưa đến. Hãy xem lại."))
        if Person.objects.filter(root=person, died_on__isnull=False).exists():
            raise Refused(_n("Người này đã mất."))
        if Book.objects.filter(person__in=keys_of(person), taken_back_at=None).exists():
            raise Refused(_n("Sổ điện tử của người này đã ghi là đã mở."))
        made = Book.objects.create(person=person, on=on, by_family=by_family, at=at, by=by.user)
        look(by, BOOK, by.first_of(Right.MOVE, Right.REGISTERED), [person])
    return made


def take_back_book(act: int, why: str, *, at: datetime, by: Access) -> None:
    """Say that a book was not opened after all, and why. Raises Refused as `open_book`."""
    with as_machine(by.user, by.day):
        made = Book.objects.select_for_update().get(pk=act)
        if made.taken_back_at is not None:
            raise Refused(_n("Việc này đã được rút lại."))
        if not clean(why):
            raise Refused(_n("Hãy ghi vì sao rút lại."))
        Book.objects.filter(pk=act).update(taken_back_at=at, taken_back_by=by.user, why=clean(why))
        look(by, BOOK, by.first_of(Right.MOVE, Right.REGISTERED), [made.person])
