"""Whose turn a household is: one side at a time, handed over by either."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext_noop as _n

from hssk.access.rights import Right
from hssk.access.services import Access, as_machine, look
from hssk.access.services.looks import CONTACT
from hssk.kit.moments import transaction_moment
from hssk.kit.text import clean
from hssk.outreach.errors import CannotRecord
from hssk.outreach.models import Step
from hssk.people.models import Residence
from hssk.people.services import first_contacts
from hssk.places.models import Household, Unit


def steps_of(households: Iterable[int]) -> dict[int, Step]:
    """Household → the step that stands; none for those that are the turn of their own station."""
    standing = Step.objects.filter(household__in=set(households), ended_at=None)
    return {step.household_id: step for step in standing.select_related("owner", "by")}


def hand_over(
    household: Household, to: Unit, *, by: Access, why: str = "", due: date | None = None
) -> Step:
    """Say that a household is the turn of `to` from now on.

    to   the commune where the household is, or one with whose station somebody of it is registered
         for first contact
    by   of either side, and nobody else; the other side takes it, or is given it
    due  by when, not past
    Raises CannotRecord for a third side, where it is the turn of `to` already, and for a past day.
    """
    hamlet = household.hamlet
    at_home = by.holds_hamlet(hamlet.pk, Right.MOVE)
    with as_machine(by.user, by.day):
        # nobody hands the same household over meanwhile
        Household.objects.select_for_update().get(pk=household.pk)
        at = transaction_moment()
        members = list(
            Residence.objects.filter(household=household, until=None).values_list(
                "person__root", flat=True
            )
        )
        sides = Unit.objects.in_bulk({*first_contacts(members, at=at).values(), hamlet.unit_id})
        mine = [unit for unit in sides.values() if by.holds_unit(unit, Right.MOVE)]
        if to.pk not in sides or not (at_home or mine):
            raise CannotRecord(_n("Hộ này không có ai đăng ký khám ban đầu ở nơi ấy."))
        if due is not None and due < by.day:
            raise CannotRecord(_n("Hạn phải từ hôm nay trở đi."))
        step = steps_of([household.pk]).get(household.pk)
        owner = step.owner_id if step else hamlet.unit_id
        if owner == to.pk:
            raise CannotRecord(_n("Hộ này đang do chính nơi ấy phụ trách."))
        if step is not None:
            Step.objects.filter(pk=step.pk).update(ended_at=at)
        look(by, CONTACT, Right.MOVE, members)
        return Step.objects.create(
            household=household, hamlet=hamlet, owner=to, other_id=owner, due=due,
            said=clean(why)[:200], by=by.user, at=at,
        )  # fmt: skip
