"""Whoever stands at a desk to have their record opened is in the care of that station: the form
asks of illnesses, and nobody has to be examined first (docs/decisions/0041)."""

from hssk.access.rights import Right
from hssk.access.services import Access, as_machine
from hssk.kit.moments import transaction_moment
from hssk.outreach.models import Contact
from hssk.people.services import Event, Opening, end_all, open_many


def open_care(contact: Contact, by: Access) -> None:
    """Open whoever a contact is about to the clinicians of the station of `by`, for thirty days;
    nothing where `by` works at none."""
    posts = by.with_right(Right.RECORD)
    unit = next((post.unit for post in posts if post.unit is not None), None)
    if unit is None:
        return
    at = transaction_moment()
    opening = Opening(contact.person, unit.pk, Event.OPENING, at)
    with as_machine(by.user, by.day):  # the person and the station are theirs
        open_many([opening], at=at, actor=by.user, source=_source(contact))


def end_care(contact: Contact, by: Access) -> None:
    """End what a contact opened, now that it is withdrawn; asked as the machine."""
    end_all(_source(contact), at=transaction_moment(), actor=by.user)


def _source(contact: Contact) -> str:
    return f"contact {contact.pk}"
