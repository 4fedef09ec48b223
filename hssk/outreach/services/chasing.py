"""Copies whose end has come and that did not come back: whose they are to chase, who owes them."""

from hssk.access.rights import Right
from hssk.access.services import Access, as_machine
from hssk.outreach.models import Copy
from hssk.outreach.models.copies import CopyQuerySet


def overdue_for(by: Access) -> CopyQuerySet:
    """The copies that should be back by today, of the hamlets in which one hands lists out."""
    mine = by.hamlets(Right.LISTS)
    late = Copy.objects.out().filter(until__lte=by.day)
    return late if mine is None else late.filter(hamlet__in=mine)


def owed_by(by: Access) -> list[Copy]:
    """The copies that one holds and should have brought back by today, the longest first.

    Read as the machine: who holds a copy reads nothing of it after its end, but which one it is and
    where it belongs. No line of it is read here.
    """
    with as_machine(by.user, by.day):
        mine = Copy.objects.out().filter(holder_user=by.user, until__lte=by.day)
        return list(mine.select_related("hamlet").order_by("until", "pk"))
