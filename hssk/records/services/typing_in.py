"""A visit that somebody typed: care is opened to the station, and the visit is filed."""

from datetime import datetime, time
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from hssk.access.models import User
from hssk.kit.dates import PartialDate
from hssk.people.services import Event, Opening, open_many
from hssk.places.models import Facility, Unit
from hssk.records.models import Entry
from hssk.records.rules.typed import TypedVisit, entries_of
from hssk.records.services.correcting import source_of
from hssk.records.services.writing import Draft, write


@transaction.atomic
def file_visit(
    person: UUID, visit: TypedVisit, *, key: UUID, unit: Unit, author: User, at: datetime
) -> bool:
    """File a visit of `person` (a root) at the station of `unit`; False where another visit, or
    this one with other words, was filed under its key before. Sent twice as it is, it is filed
    once.

    key  of its Encounter, made when the form was opened: the form sent twice is one visit
    at   the moment of typing, from which care is open

    The visit opens care to the clinicians of that unit, as any visit does. Whoever opens it has
    seen before that the person and the station are the author's.
    Raises Unsound before anything is written.
    """
    said_now = list(entries_of(visit, key))
    last = Entry.objects.filter(visit=key, replaced_at=None)  # of a withdrawn one too
    if found := list(last.values_list("entry", "resource", "withdrawn")):
        stands = {entry: resource for entry, resource, gone in found if not gone}
        return stands.keys() == {said.entry for said in said_now} and all(
            _bare(stands[said.entry]) == said.resource for said in said_now
        )
    station = Facility.objects.filter(unit=unit).order_by("code").first()
    write(
        [
            Draft(
                entry=said.entry, person=person, section=said.section, resource=said.resource,
                on=PartialDate(visit.on), system=said.system, code=said.code,
                display=said.display, facility=station.code if station else "", visit=key,
            )
            for said in said_now
        ],
        author=author,
    )  # fmt: skip
    began = timezone.make_aware(datetime.combine(visit.on, time()))
    opening = Opening(person, unit.pk, Event.VISIT, min(began, at), max(began, at))
    open_many([opening], at=at, actor=author, source=source_of(key))
    return True


def _bare(resource: dict) -> dict:
    """A resource without the labels that it was given at the door."""
    return {name: value for name, value in resource.items() if name != "meta"}
