"""A list comes back on the very day of a session: what its holder ticked is not what the session
brought, and holds nothing of it up."""

from hssk.outreach.models import RETURNED, Contact, Kind
from hssk.outreach.rules import Holder, Purpose
from hssk.outreach.services import Wanted, close, issue, tick
from hssk.outreach.services.daybooks import THERE, plan
from hssk.outreach.services.daybooks.checking_in import came
from hssk.outreach.tests.test_daybooks import (  # noqa: F401
    NOW,
    TODAY,
    book,
    by,
    does,
    done,
    filled,
    session,
)


def ticked(place, nurse, said):
    """A list of the hamlet that came back on the day, with these ticks: name → tick."""
    wanted = Wanted(hamlet=place, purpose=Purpose.NO_RECORD, on=TODAY, office=Holder.HEAD,
                    holder="Giàng A Trưởng")  # fmt: skip
    copy = issue(wanted, by=nurse, at=NOW.replace(hour=6))
    numbers = dict(copy.lines.values_list("name", "number"))
    tick(copy, {numbers[name]: how for name, how in said.items()}, by=nurse, at=NOW)
    close(copy, RETURNED, by=nurse, at=NOW)


def test_who_was_told_at_the_door_that_morning_has_the_record_of_the_book(
    session, book, by, place, nurse  # noqa: F811
):  # fmt: skip
    said = {"Lò Thị A": "told", "Lò Thị C": "absent", "Lò Thị E": "refused"}
    ticked(place, nurse, said)
    upload = filled(book[2], dict.fromkeys(said, "Đã lập hồ sơ"))
    file, _steps, count = done(session, upload, by)
    assert count == 3
    assert does(plan(file, by=by)) == [THERE] * 3
    assert Contact.objects.filter(kind=Kind.RECORD_MADE, taken_back_at=None).count() == 3


def test_ticks_are_not_counted_as_people_whom_the_session_met(session, by, place, nurse):  # noqa: F811
    ticked(place, nurse, {"Lò Thị A": "told", "Lò Thị C": "refused"})
    [line] = came(session)
    assert (line.made, line.met, line.missing) == (0, 0, 20)
