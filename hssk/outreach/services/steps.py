"""Whose turn a household is: one side at a time, handed over by either."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext_noop as _n

from hssk.access.rights import Right
from hssk.access.services import Access, as_machine, look
from hssk.access.services.looks import CONTACT
from hssk.access.tiers import Kind
from hssk.kit.moments import transaction_moment
from hssk.kit.text import clean
from hssk.outreach.errors import CannotRecord
from hssk.outreach.models import Side, Step
from hssk.outreach.services.sides import Own, own_sides, sides_of
from hssk.places.models import Facility, Household


def steps_of(households: Iterable[int]) -> dict[int, Step]:
    """Household → the step that stands; none for those that are the turn of their own station."""
    standing = Step.objects.filter(household__in=set(households), ended_at=None)
    named = standing.select_related("owner", "other", "owner_facility", "other_facility", "by")
    return {step.household_id: step for step in named}


def sides_before(household: Household, by: Access) -> list[Side] | None:
    """The sides of a household, its own commune first; None where `by` is of none of them."""
    with as_machine(by.user, by.day):
        every, _registered = sides_of(household, at=transaction_moment())
    return every if _is_of(by, household, every) else None


def hand_over(
    household: Household, to: Side, *, by: Access, why: str = "", due: date | None = None
) -> Step:
    """Say that a household is the turn of `to` from now on.

    to   the commune where the household is, or a side with which somebody of it is registered for
         first contact: a commune for its station, a facility that is none
    by   of one of the sides, and nobody else; the other side takes it, or is given it
    due  by when, not past
    Raises CannotRecord for a third side, where it is the turn of `to` already, and for a past day.
    """
    with as_machine(by.user, by.day):
        # nobody hands the same household over meanwhile
        Household.objects.select_for_update().get(pk=household.pk)
        at = transaction_moment()
        every, registered = sides_of(household, at=at)
        if to not in every or not _is_of(by, household, every):
            raise CannotRecord(_n("Hộ này không có ai đăng ký khám ban đầu ở nơi ấy."))
        if due is not None and due < by.day:
            raise CannotRecord(_n("Hạn phải từ hôm nay trở đi."))
        step = steps_of([household.pk]).get(household.pk)
        owner = step.side if step else household.hamlet.unit
        if owner == to:
            raise CannotRecord(_n("Hộ này đang do chính nơi ấy phụ trách."))
        if step is not None:
            Step.objects.filter(pk=step.pk).update(ended_at=at)
        mine = own_sides(by)
        at_home = by.holds_hamlet(household.hamlet_id, Right.MOVE)
        look(
            by, CONTACT, by.first_of(Right.MOVE, Right.REGISTERED),
            [root for root, sides in registered.items() if at_home or mine.has_any(sides)],
            basis=Kind.AREA if at_home else mine.by,
        )  # fmt: skip
        return Step.objects.create(
            household=household, hamlet=household.hamlet, due=due, said=clean(why)[:200],
            by=by.user, at=at, **_as("owner", to), **_as("other", owner),
        )  # fmt: skip


def _is_of(by: Access, household: Household, sides: Iterable[Side]) -> bool:
    """Whether somebody is of one of the sides: of the hamlet itself, of a commune whose station it
    is, or the officer of a facility."""
    if by.holds_hamlet(household.hamlet_id, Right.MOVE):
        return True
    mine = Own(facilities=by.facilities)
    return any(
        mine.has(side) if isinstance(side, Facility) else by.holds_unit(side, Right.MOVE)
        for side in sides
    )


def _as(which: str, side: Side) -> dict[str, Side]:
    return {f"{which}_facility" if isinstance(side, Facility) else which: side}
