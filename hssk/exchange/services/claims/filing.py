"""File what claims say in the record of whom they are about. A claim that is still in question is
filed nowhere until somebody has decided."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from uuid import UUID

import orjson

from hssk.exchange.models import Batch, LinkDecision
from hssk.exchange.services.claims.receiving import claims_of
from hssk.exchange.services.linking import Linked
from hssk.kit.dates import PartialDate
from hssk.places.models import Facility
from hssk.records import services as records
from hssk.records.models import Entry
from hssk.records.services import Draft

_TOGETHER = 100  # claims filed at once: some thousands of entries
GONE = "không còn trong lần gửi sau"  # why an entry was withdrawn, kept with it


def file_visits(batch: Batch, linked: Iterable[Linked]) -> int:
    """File every decided claim of `batch`, inside the caller's transaction; how many versions."""
    decided = ((item.row.id, item.person) for item in linked if item.decision != LinkDecision.ASK)
    written = 0
    while some := dict(islice(decided, _TOGETHER)):
        written += _file(batch.id, some)
    return written


def file_row(batch: int, row: int, person: UUID | None) -> None:
    """File one claim anew, now that somebody has decided; None when it is in question again."""
    records.take_back(batch, rows=[row])
    if person is not None:
        _file(batch, {row: person})


def take_back(batch: int) -> None:
    """Take out of all records what this file brought."""
    records.take_back(batch)


def _file(batch: int, people: dict[int, UUID]) -> int:
    """File these claims. Where one visit is told twice, the later word stands."""
    names = dict(Facility.objects.values_list("code", "name"))
    told: dict[UUID | int, list[Draft]] = {}
    whole: dict[UUID, UUID] = {}  # visits of which a claim tells everything → whose
    for row, (facility, visit, made, said) in sorted(claims_of(list(people)).items()):
        words = [*map(tuple, orjson.loads(said)), ("place", names.get(facility, ""))]
        told[visit or row] = list(_drafts((row, people[row], facility, visit), made, words))
        if visit is not None:
            whole[visit] = people[row]
    drafts = list({draft.entry: draft for some in told.values() for draft in some}.values())
    written = records.write(drafts, source=batch, leave_out=True)
    return written + _withdraw_rest(batch, whole, {draft.entry for draft in drafts})


def _drafts(
    of: tuple[int, UUID, str, UUID | None], made: str, told: Sequence[tuple[str, str]]
) -> Iterator[Draft]:
    row, person, facility, visit = of
    for resource, section, day, precision, code, display in orjson.loads(made):
        yield Draft(
            entry=UUID(resource["id"]), person=person, section=section, resource=resource,
            on=PartialDate(date.fromisoformat(day), precision) if day else None,
            system=_system_of(resource), code=code, display=display, facility=facility,
            visit=visit, row=row, said=told, told=True,
        )  # fmt: skip
        told = ()  # what one entry tells, the whole visit is


def _system_of(resource: dict) -> str:
    coding: dict = next(iter((resource.get("code") or {}).get("coding") or ()), {})
    return coding.get("system", "")[:100]


def _withdraw_rest(batch: int, whole: dict[UUID, UUID], restated: set[UUID]) -> int:
    """Withdraw what an earlier sending said of these visits and this one does not say any more:
    all of it, where the visit itself was withdrawn."""
    if not whole:
        return 0
    standing = Entry.objects.current().filter(
        person__in=set(whole.values()), visit__in=list(whole), source__isnull=False
    )
    gone = [one for one in standing if one.entry not in restated]
    return records.withdraw_entries(gone, source=batch, why=GONE) if gone else 0
