"""Carry out what a book that came back says, whole, and take it back: nothing is erased."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_noop as _n

from hssk.access.services import Access, as_machine
from hssk.outreach.errors import CannotWork
from hssk.outreach.models import BookFile, BookRow, Kind
from hssk.outreach.models.daybooks import DONE, UNDONE
from hssk.outreach.services.contacts import withdraw
from hssk.outreach.services.daybooks.planning import (
    BACK,
    DOES,
    NOTHING,
    WRONG,
    Step,
    digest_of_plan,
    do,
    plan,
)


@transaction.atomic
def carry_out(file: BookFile, shown: str, *, by: Access, at: datetime) -> int:
    """Write down the outcome of every right row; how many. Wrong rows do nothing and hold nothing
    up: what is mended since is done by the same act again.

    shown  digest of the plan that somebody saw and agreed to
    Raises CannotWork when it was taken back, or the plan is no longer the one that was shown; and
    as `record_outcome` does.
    """
    file = BookFile.objects.select_for_update().get(pk=file.pk)
    if file.state == UNDONE:
        raise CannotWork(_n("Tệp này đã được rút lại."))
    steps = plan(file, by=by)
    if digest_of_plan(steps) != shown:
        raise CannotWork(
            _n("Từ lúc bạn xem đã có thay đổi. Hãy xem lại từng dòng rồi ghi lần nữa.")
        )
    doing = [step for step in steps if step.does == DOES]
    for step in doing:
        contact = do(step, file.session.on, by)
        with as_machine(by.user, by.day):
            BookRow.objects.filter(pk=step.row.pk).update(contact=contact)
    BookFile.objects.filter(pk=file.pk).update(state=DONE, done_at=at)
    return len(doing)


@transaction.atomic
def take_back(file: BookFile, *, by: Access, at: datetime) -> int:
    """Take a file back: every outcome that it brought is withdrawn, and the ledger with it; how
    many. Those that somebody withdrew by hand stay so.

    Raises CannotWork when it was taken back already, and as `withdraw` does.
    """
    file = BookFile.objects.select_for_update().get(pk=file.pk)
    if file.state == UNDONE:
        raise CannotWork(_n("Tệp này đã được rút lại."))
    done = file.rows.exclude(contact=None).filter(contact__taken_back_at=None)
    standing = [row.contact for row in done.select_related("contact") if row.contact]
    for contact in standing:
        withdraw(contact, by)
    BookFile.objects.filter(pk=file.pk).update(state=UNDONE, undone_at=at, undone_by=by.user)
    return len(standing)


def taken_back(file: BookFile) -> list[Step]:
    """What became of each row of a file that was taken back: it would do nothing any more."""
    steps = []
    for row in file.rows.select_related("contact").order_by("pk"):
        if row.contact is not None:
            step = Step(row, BACK, person=row.contact.person, kind=Kind(row.contact.kind))
        else:
            step = Step(row, WRONG if "outcome" in row.said else NOTHING)
        steps.append(step)
    return steps
