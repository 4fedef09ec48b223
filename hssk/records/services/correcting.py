"""A visit that was typed is corrected, or withdrawn: new versions that say who and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q

from hssk.access.models import User
from hssk.access.services import as_machine
from hssk.kit.dates import PartialDate
from hssk.people.services import end_all
from hssk.records.models import Entry, EntryQuerySet
from hssk.records.rules.labels import closed
from hssk.records.rules.retyped import merged, numbers_for, parts_of, typed_of
from hssk.records.rules.told import told_by
from hssk.records.rules.typed import TypedVisit, entries_of
from hssk.records.services.marks import entries_marked
from hssk.records.services.reading import about
from hssk.records.services.writing import Draft, draft_of, withdraw_entries, write

_CORRECTING = 7_310_011  # with a visit's key: its corrections are filed one after the other


@dataclass(frozen=True)
class FieldClash:
    """A field that somebody else changed since the form was opened, and who wrote last."""

    field: str
    theirs: TypedVisit
    by: User | None


@dataclass(frozen=True)
class Corrected:
    """What came of a correction: how many versions were written; or what stands in its way.

    gone   the visit was withdrawn meanwhile
    hides  it says something sensitive, and others wrote the visit: they would lose sight of it
    asked  where something stands in its way: the visit as it would be, with what others changed
           and the asker did not
    """

    written: int = 0
    clashes: Sequence[FieldClash] = ()
    gone: bool = False
    hides: bool = False
    asked: TypedVisit | None = None


def source_of(visit: UUID) -> str:
    """The label of the care that a typed visit opened (`Basis.source`)."""
    return f"visit {visit}"


def typed_standing(person: UUID, visit: UUID, sight: Q) -> list[Entry]:
    """The entries that stand of a visit that somebody typed; none of one that a file brought, that
    was withdrawn, or that `sight` hides. The first version of its Encounter tells whose it is."""
    entries = _of_visit(person, visit).current().filter(sight, source=None)
    found = list(entries.select_related("author").order_by("id"))
    return found if any(one.entry == visit for one in found) else []


def _of_visit(person: UUID, visit: UUID) -> EntryQuerySet:
    return about(person).filter(visit=visit)


@transaction.atomic
def correct_visit(
    of: tuple[UUID, UUID], said: TypedVisit, *, seen: str, sight: Q, author: User, why: str
) -> Corrected:
    """Correct a typed visit to what is `said`: what differs becomes a new version of its entry,
    what is left out is withdrawn, what is new is added. Field by field: what others changed since
    the form was opened stays, where it was not changed here.

    of    the person (any key) and the visit, which `author` may correct
    seen  the marks of the versions that the form showed
    why   what for; kept with each version

    Raises Unsound before anything is written.
    """
    person, visit = of
    _wait_for_others(visit)
    standing = typed_standing(person, visit, sight)
    if not standing:
        return Corrected(gone=True)
    shown = [one for one in entries_marked(seen) if one.visit == visit]
    theirs = typed_of(standing, visit)
    base = typed_of(shown, visit) if any(one.entry == visit for one in shown) else theirs
    found = merged(base, said, theirs)
    if found.clashes:
        last = max(standing, key=lambda one: one.id).author
        clashes = [FieldClash(name, theirs, last) for name in found.clashes]
        return Corrected(clashes=clashes, asked=found.visit)
    if parts_of(found.visit) == parts_of(theirs):
        return Corrected()
    with as_machine(author, said.on):  # whoever asks has seen that the person is theirs
        drafts = _drafts(found.visit, standing)
        hides = any(one.author_id != author.pk for one in standing)
        if hides and closed(told for one in drafts for told in told_by(one.resource)):
            return Corrected(hides=True, asked=found.visit)
        return Corrected(written=write(drafts, author=author, why=why))


def _wait_for_others(visit: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_CORRECTING, str(visit)])


def _drafts(visit: TypedVisit, standing: Sequence[Entry]) -> list[Draft]:
    """All that the visit says now, and that the rest of what stood no longer holds."""
    head = next(one for one in standing if one.entry == one.visit)
    ever = set(Entry.objects.filter(visit=head.entry).values_list("entry", flat=True))
    numbers = numbers_for(visit, standing, head.entry, ever)
    drafts = [
        Draft(
            entry=told.entry, person=head.person, section=told.section, resource=told.resource,
            on=PartialDate(visit.on), system=told.system, code=told.code, display=told.display,
            facility=head.facility, visit=head.entry,
        )
        for told in entries_of(visit, head.entry, numbers)
    ]  # fmt: skip
    said = {draft.entry for draft in drafts}
    return [*drafts, *(draft_of(one, withdrawn=True) for one in standing if one.entry not in said)]


@transaction.atomic
def withdraw_visit(
    of: tuple[UUID, UUID], *, sight: Q, author: User, why: str, at: datetime, on: date
) -> int:
    """Withdraw a typed visit, every entry of it, as one written under the wrong person; how many
    versions, 0 where it was withdrawn before. The care that it opened ends: there was none.

    of  the person (any key) and the visit, which `author` may withdraw
    """
    person, visit = of
    _wait_for_others(visit)
    if not typed_standing(person, visit, sight):
        return 0
    with as_machine(author, on):  # whoever asks has seen that the person is theirs
        standing = Entry.objects.current().filter(visit=visit)
        written = withdraw_entries([(one, None) for one in standing], author=author, why=why)
        end_all(source_of(visit), at=at, actor=author)
    return written
