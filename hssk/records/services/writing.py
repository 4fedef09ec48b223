"""Entries are written: appended, corrected, withdrawn. Nothing that stands is ever changed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

import orjson
from django.db import connection

from hssk.access.models import User
from hssk.kit.copying import array_of, copy_in
from hssk.kit.dates import PartialDate
from hssk.kit.moments import transaction_moment
from hssk.records.errors import Unsound
from hssk.records.models import Entry
from hssk.records.rules.fhir import Fault, faults_of
from hssk.records.rules.labels import closed, security_of
from hssk.records.rules.sections import tier_of
from hssk.records.rules.told import told_by

COLUMNS = (
    *("entry", "version", "person", "section", "kind", "on", "precision", "until", "system"),
    *("code", "display", "facility", "visit", "labels", "tier", "resource", "withdrawn", "why"),
    *("author", "source", "row", "recorded_at"),
)


@dataclass(slots=True)
class Draft:
    """One entry to be written, of a person whom the caller knows.

    entry     the id of the resource: the same id again is a new version of it
    on        the day it is about, as far as it is known
    code      the code that lists show, of `system`; `display` is its name there
    said      (kind, text) besides the resource that may be sensitive: a bill line, a department
    told      whether `said`, here or in another draft of the visit, tells all of it: the resource
              is not read for it again
    withdrawn  the entry no longer holds, from this version on
    """

    entry: UUID
    person: UUID
    section: str
    resource: dict
    on: PartialDate | None = None
    until: date | None = None
    system: str = ""
    code: str = ""
    display: str = ""
    facility: str = ""
    visit: UUID | None = None
    row: int | None = None
    said: Sequence[tuple[str, str]] = field(default_factory=tuple)
    told: bool = False
    withdrawn: bool = False


@dataclass(frozen=True)
class _Standing:
    """The version of an entry that holds: what a new one is compared with."""

    id: int
    version: int
    person: UUID
    labels: frozenset[str]
    withdrawn: bool
    resource: str


# what is to be written, what it replaces, its labels, and the resource as it is written
_Version = tuple[Draft, _Standing | None, frozenset[str], str]


def write(
    drafts: Sequence[Draft],
    *,
    author: User | None = None,
    source: int | None = None,
    why: str = "",
    left_out: list[Draft] | None = None,
) -> int:
    """Append every draft that says something new, inside the caller's transaction; how many.

    drafts  the drafts of whole visits: what one of a visit tells, labels all of it
    source  the label of the file that brings them; else `author` has typed them, and `why` says
            what for when they correct something
    left_out  where some is not sound, write the rest and tell here what was left out, as a file
              needs it; what is left out labels its visit all the same

    Raises Unsound, which names the draft and every fault, before anything is written.
    """
    sound = _sound(drafts, left_out)  # before anything is asked: who writes behind need not wait
    standing = _standing(draft.entry for draft in drafts)
    labels = _labels_by_visit(drafts, standing)
    if rest := list(_rest_of_visits(sound, labels)):
        standing |= _standing(draft.entry for draft in rest)
    new, moment = list(_new_versions([*sound, *rest], standing, labels)), transaction_moment()
    _replace([known.id for _draft, known, _marked, _text in new if known], moment)
    by = (author.pk if author else None, source)
    at = moment.isoformat()
    return copy_in(Entry, COLUMNS, (_row_of(version, why, by, at) for version in new))


def _row_of(version: _Version, why: str, by: tuple[int | None, int | None], moment: str) -> tuple:
    """A version as it is copied: what psycopg would write letter for letter, where it takes its
    time over a list or a day."""
    draft, known, marked, text = version
    return (
        str(draft.entry), known.version + 1 if known else 1, str(draft.person), draft.section,
        draft.resource["resourceType"], draft.on.value.isoformat() if draft.on else None,
        draft.on.precision if draft.on else "", draft.until and draft.until.isoformat(),
        draft.system, draft.code[:50], draft.display[:500], draft.facility,
        str(draft.visit) if draft.visit else None, f"{{{','.join(sorted(marked))}}}",
        int(tier_of(draft.section, bool(marked), draft.code)), text, draft.withdrawn, why, *by,
        draft.row, moment,
    )  # fmt: skip


def withdraw_entries(
    entries: Iterable[tuple[Entry, int | None]],
    *,
    author: User | None = None,
    source: int | None = None,
    why: str,
) -> int:
    """Say of entries that they no longer hold: a last version of each. The row before it stays.

    entries  each with the row that says so, of a file
    """
    drafts = [replace(draft_of(one, withdrawn=True), row=row) for one, row in entries]
    return write(drafts, author=author, source=source, why=why)


def write_more_sensitive(drafts: Sequence[Draft], before: Sequence[Entry], *, why: str) -> int:
    """Append, of entries that stand and that tell more than their labels say, a version that says
    the same, with the labels; how many. It is by the hand or file of the version before it: whoever
    typed it goes on seeing it, and a file takes it along.

    drafts  what stands of whole visits, as `before` has it
    """
    by, standing = {one.entry: one for one in before}, _standing(one.entry for one in before)
    labels = _labels_by_visit(drafts, standing)
    new = [
        one for one in _new_versions(drafts, standing, labels) if one[1] and one[2] - one[1].labels
    ]
    at = transaction_moment()
    _replace([known.id for _draft, known, _marked, _text in new if known], at)
    hands = [(by[one[0].entry].author_id, by[one[0].entry].source) for one in new]
    rows = (_row_of(one, why, hand, at.isoformat()) for one, hand in zip(new, hands, strict=True))
    return copy_in(Entry, COLUMNS, rows)


def take_back(source: int, *, rows: Sequence[int] | None = None) -> int:
    """Take back all versions that a file brought; what they replaced stands again. How many.

    rows  of the file, where not all of it is meant
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """DELETE FROM records_entry WHERE source = %(source)s
            AND (%(rows)s::bigint[] IS NULL OR row = ANY(%(rows)s::bigint[])) RETURNING entry""",
            {"source": source, "rows": None if rows is None else array_of(rows)},
        )
        gone = cursor.fetchall()
        cursor.execute(
            """UPDATE records_entry e SET replaced_at = NULL
            FROM (SELECT entry, max(version) AS version FROM records_entry
                  WHERE entry = ANY(%s::uuid[]) GROUP BY entry) AS last
            WHERE e.entry = last.entry AND e.version = last.version AND replaced_at IS NOT NULL""",
            [array_of({entry for (entry,) in gone})],
        )
    return len(gone)


def unsound(drafts: Sequence[Draft]) -> Iterator[tuple[Draft, list[Fault]]]:
    """The drafts that `write` would refuse, each with its faults; none when all are sound."""
    beside: dict[UUID | None, set[str]] = {}
    for draft in drafts:
        beside.setdefault(draft.visit, {f"Encounter/{draft.visit}"}).add(_reference(draft))
    known = {visit: frozenset(references) for visit, references in beside.items()}
    for draft in drafts:
        mine = known[draft.visit] if draft.visit else frozenset({_reference(draft)})
        if found := faults_of(draft.resource, beside=mine):
            yield draft, found


def _reference(draft: Draft) -> str:
    return f"{draft.resource.get('resourceType')}/{draft.entry}"


def _sound(drafts: Sequence[Draft], left_out: list[Draft] | None) -> list[Draft]:
    wrong = set()
    for draft, found in unsound(drafts):
        if left_out is None:
            raise Unsound(draft.entry, found)
        left_out.append(draft)
        wrong.add(draft.entry)
    return [draft for draft in drafts if draft.entry not in wrong]


def _standing(entries: Iterable[UUID]) -> dict[UUID, _Standing]:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT entry, id, version, person, labels, withdrawn, resource FROM records_entry
            WHERE entry = ANY(%s::uuid[]) AND replaced_at IS NULL""",
            [array_of(entries)],
        )
        return {
            entry: _Standing(key, version, person, frozenset(labels), withdrawn, resource)
            for entry, key, version, person, labels, withdrawn, resource in cursor.fetchall()
        }


def _labels_by_visit(
    drafts: Sequence[Draft], standing: Mapping[UUID, _Standing]
) -> dict[UUID, frozenset[str]]:
    """The labels of each visit (or of an entry that has none), by its key: what any part of it
    tells, and what any part that stands told before, restated or withdrawn."""
    labels = _labels_standing({draft.visit for draft in drafts if draft.visit})
    for draft in drafts:
        key = draft.visit or draft.entry
        before = standing[draft.entry].labels if draft.entry in standing else frozenset()
        told = closed((*(() if draft.told else told_by(draft.resource)), *draft.said))
        labels[key] = labels.get(key, frozenset()) | before | told
    return labels


def _labels_standing(visits: Iterable[UUID]) -> dict[UUID, frozenset[str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT visit, array_agg(DISTINCT label) FROM records_entry, unnest(labels) AS label
            WHERE visit = ANY(%s::uuid[]) AND replaced_at IS NULL GROUP BY visit""",
            [array_of(visits)],
        )
        return {visit: frozenset(labels) for visit, labels in cursor.fetchall()}


def _new_versions(
    drafts: Sequence[Draft],
    standing: Mapping[UUID, _Standing],
    labels: Mapping[UUID, frozenset[str]],
) -> Iterator[_Version]:
    """What is to be written: drafts that say what does not stand already."""
    for draft in drafts:
        known, marked = standing.get(draft.entry), labels[draft.visit or draft.entry]
        text = orjson.dumps(_marked(draft.resource, marked)).decode()
        same = known and (known.person, known.labels, known.withdrawn, known.resource) == (
            draft.person, marked, draft.withdrawn, text
        )  # fmt: skip
        if not same:
            yield draft, known, marked, text


def _marked(resource: dict, labels: frozenset[str]) -> dict:
    if not labels:
        return resource
    return {**resource, "meta": {**resource.get("meta", {}), "security": security_of(labels)}}


def _rest_of_visits(
    drafts: Sequence[Draft], labels: Mapping[UUID, frozenset[str]]
) -> Iterator[Draft]:
    """What stands of a visit and is not restated, where the visit has become sensitive since."""
    marked = {key: of for key, of in labels.items() if of}
    restated = {draft.entry for draft in drafts}
    causes = {draft.visit: draft.row for draft in drafts if draft.visit in marked}
    if not causes:
        return
    for one in Entry.objects.current().filter(visit__in=list(causes)):
        if one.entry not in restated and not marked[one.visit] <= set(one.labels):
            yield replace(draft_of(one), row=causes[one.visit])


def draft_of(one: Entry, *, withdrawn: bool = False) -> Draft:
    """A draft that says what an entry says."""
    return Draft(
        entry=one.entry, person=one.person, section=one.section, resource=one.resource,
        on=PartialDate(one.on, one.precision) if one.on else None, until=one.until,
        system=one.system, code=one.code, display=one.display, facility=one.facility,
        visit=one.visit, row=one.row, withdrawn=withdrawn,
    )  # fmt: skip


def _replace(versions: Sequence[int], moment: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE records_entry SET replaced_at = %s WHERE id = ANY(%s::bigint[])",
            [moment, array_of(versions)],
        )
