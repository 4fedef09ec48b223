"""Whoever stands at a desk to have their record opened is in the care of that station: the form
asks of illnesses, and nobody has to be examined first (docs/decisions/0041)."""

from hssk.access.services import Access, as_machine
from hssk.kit.moments import transaction_moment
from hssk.outreach.models import Contact
from hssk.people.services import Event, Opening, end_all, homes_of, open_many, station_at


def open_care(contact: Contact, by: Access) -> bool:
    """Open whoever a contact is about to the clinicians of the station of `by` where they live, for
    thirty days; False where `by` works at none."""
    unit = station_at(homes_of(contact.person).hamlets, by)
    if unit is None:
        return False
    at = transaction_moment()
    opening = Opening(contact.person, unit.pk, Event.OPENING, at)
    with as_machine(by.user, by.day):  # the person and the station are theirs
        open_many([opening], at=at, actor=by.user, source=_source(contact))
    return True


def end_care(contact: Contact, by: Access) -> None:
    """End what a contact opened, now that it is withdrawn; asked as the machine."""
    end_all(_source(contact), at=transaction_moment(), actor=by.user)


def _source(contact: Contact) -> str:
    return f"contact {contact.pk}"
