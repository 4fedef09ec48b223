"""Make the book of a session: those of its hamlets who have no record, as a workbook."""

import secrets
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from hssk.access.models import User
from hssk.access.services import as_machine
from hssk.coverage.services import Person
from hssk.kit.numbers import format_date
from hssk.outreach.errors import CannotWork
from hssk.outreach.models import CANCELLED, BookLine, Daybook, Session
from hssk.outreach.papers.daybook import BookRow, set_daybook
from hssk.outreach.rules.daybooks import MOST_ROWS, SERIAL, SIGNS, code_of
from hssk.outreach.services.issuing import residents
from hssk.outreach.services.naming import names_on
from hssk.people.services import objectors


def open_people(session: Session, on: date) -> list[Person]:
    """Those of the hamlets of a session who have no record on a day and may be listed, hamlet by
    hamlet, households together."""
    stops = session.stops.select_related("hamlet")
    found = [one for stop in stops for one in residents(stop.hamlet, on)]
    asked = [one for one in found if one.state_name == "missing"]
    away = objectors(one.id for one in asked)
    return [one for one in asked if one.id not in away]


@transaction.atomic
def make_daybook(
    session: Session, on: date, *, by: User, at: datetime
) -> tuple[Daybook, list[BookLine], bytes]:
    """A new book of a session, whom it names, and the workbook.

    on  the day whose residents are meant; the hamlets lie in the area of whoever asks
    Raises CannotWork for a session that was cancelled, where nobody is missing, and where more are
    than one book can hold.
    """
    if session.state == CANCELLED:
        raise CannotWork(_n("Buổi này đã hủy."))
    people = open_people(session, on)
    if not people:
        raise CannotWork(_n("Ở các tổ, bản của buổi này không còn ai thiếu hồ sơ."))
    if len(people) > MOST_ROWS:
        raise CannotWork(
            _n("Một sổ ghi được 999 người. Hãy chia buổi này thành nhiều buổi ít tổ, bản hơn.")
        )
    with as_machine(by, localdate(at)):  # what is read above, the asker could see
        book = Daybook.objects.create(
            serial=_serial(), session=session, on=on, made_at=at, made_by=by
        )
        lines = BookLine.objects.bulk_create(
            BookLine(book=book, number=number, person=one.id, hamlet_id=one.hamlet_id,
                     name=one.name)
            for number, one in enumerate(people, 1)
        )  # fmt: skip
    rows = [_row(book, number, one) for number, one in enumerate(people, 1)]
    return book, lines, set_daybook(
        rows, title=_("SỔ CỦA BUỔI LÀM HỒ SƠ"), serial=book.serial, on=session.on,
        subtitle=_("{day}, {place}. Sổ số {serial}, {count} người chưa có hồ sơ.").format(
            day=format_date(session.on), place=session.place, serial=book.serial, count=len(rows),
        ),
    )  # fmt: skip


def _row(book: Daybook, number: int, one: Person) -> BookRow:
    return BookRow(
        code=code_of(book.serial, number), hamlet=names_on(book.on)[one.hamlet_id],
        head=one.head, name=one.name,
        birth=str(one.birth or ""),
    )  # fmt: skip


def _serial() -> str:
    return "".join(secrets.choice(SIGNS) for _each in range(SERIAL))
