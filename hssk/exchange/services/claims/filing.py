"""File what claims say in the record of whom they are about. A claim that is still in question is
filed nowhere until somebody has decided."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import islice
from uuid import UUID

import orjson
from django.utils.translation import gettext_noop as _n

from hssk.exchange.models import Batch, Claim, LinkDecision, SourceRow
from hssk.exchange.services.claims.receiving import claims_of
from hssk.exchange.services.linking import Linked
from hssk.kit.copying import array_of, writing_behind
from hssk.kit.dates import PartialDate
from hssk.people.models import Person
from hssk.records import services as records
from hssk.records.models import Entry
from hssk.records.services import Draft

_TOGETHER = 50  # claims filed at once: a thousand entries or two
GONE = "không còn trong lần gửi sau"  # why an entry was withdrawn, kept with it


def file_visits(batch: Batch, linked: Iterable[Linked]) -> int:
    """File every decided claim of `batch`, inside the caller's transaction; how many versions."""
    decided = ((item.row.id, item.person) for item in linked if item.decision != LinkDecision.ASK)
    filed = 0
    runs = _with_claims(decided)
    some = next(runs, None)
    with writing_behind():  # what is next is fetched before, worked out while, we write
        while some is not None:
            following = next(runs, None)
            filed += _file(batch, *some)
            some = following
    return filed


def _with_claims(decided: Iterator[tuple[int, UUID]]) -> Iterator[tuple[dict[int, UUID], dict]]:
    """Some rows at a time: row → person, and what their claims say (`claims_of`)."""
    while people := dict(islice(decided, _TOGETHER)):
        yield people, claims_of(list(people))


def file_row(batch: Batch, row: int, person: UUID | None) -> None:
    """File one claim anew, now that somebody has decided; None when it is in question again.

    What a later file said of the visit meanwhile stands.
    """
    records.take_back(batch.pk, rows=[row])
    visit = Claim.objects.filter(row=row).values_list("visit", flat=True).first()
    if person is not None and not _said_later(batch, visit):
        _file(batch, {row: person}, claims_of([row]))


def _said_later(batch: Batch, visit: UUID | None) -> bool:
    if visit is None or batch.applied_at is None:
        return False
    sources = Entry.objects.filter(visit=visit, source__isnull=False).values("source")
    return Batch.objects.filter(pk__in=sources, applied_at__gt=batch.applied_at).exists()


def _file(batch: Batch, people: dict[int, UUID], claims: dict[int, tuple]) -> int:
    """File these claims. Where one visit is told twice, the later word stands; what was sensitive
    in the earlier stays so."""
    told: dict[UUID | int, tuple[int, str, str]] = {}
    words: dict[UUID | int, set[tuple[str, str]]] = {}
    for row, (facility, name, visit, made, said) in sorted(claims.items()):
        told[visit or row] = row, facility, made
        place = {("place", name)}
        words.setdefault(visit or row, place).update(map(tuple, orjson.loads(said)))
    for visit in _of_others(batch, {key: people[row] for key, (row, *_rest) in told.items()}):
        del told[visit]
    drafts: dict[UUID, Draft] = {}
    for key, (row, facility, made) in told.items():
        visit = key if isinstance(key, UUID) else None
        mine = _drafts((row, people[row], facility, visit), made, sorted(words[key]))
        drafts |= {draft.entry: draft for draft in mine}
    _doubt_the_dead(drafts.values())
    whole = {key: row for key, (row, *_rest) in told.items() if isinstance(key, UUID)}
    gone = _not_restated(whole, drafts)
    left_out: list[Draft] = []
    written = records.write(list(drafts.values()), source=batch.pk, left_out=left_out)
    _tell(left_out)
    return written + (records.withdraw_entries(gone, source=batch.pk, why=GONE) if gone else 0)


def _of_others(batch: Batch, visits: dict[UUID | int, UUID]) -> set[UUID]:
    """The visits that stand in the record of somebody else than a file of one area now says: such a
    file takes nothing out of anybody's record. What it says is kept with its claim."""
    if batch.area is None:
        return set()
    standing = Entry.objects.current().filter(visit__in=[v for v in visits if isinstance(v, UUID)])
    pairs = set(standing.values_list("visit", "person"))
    everybody = {person for _visit, person in pairs} | set(visits.values())
    roots = dict(Person.objects.filter(pk__in=everybody).values_list("pk", "root"))
    return {visit for visit, person in pairs if roots.get(person) != roots.get(visits[visit])}


def _tell(left_out: list[Draft]) -> None:
    """Note beside a claim how much of it could not be filed: nothing is lost without a word."""
    counts = Counter(draft.row for draft in left_out if draft.row is not None)
    rows = list(SourceRow.objects.filter(pk__in=counts))
    for row in rows:
        said = {"column": "", "severity": "warning", "params": {"count": str(counts[row.pk])},
                "message": _n("{count} mục của hồ sơ không ghi được vào bệnh án."),
                "advice": _n("Kiểm tra dữ liệu trong phần mềm, rồi gửi lại hồ sơ.")}  # fmt: skip
        row.problems = [*(row.problems or []), said]
    SourceRow.objects.bulk_update(rows, ["problems"])


def _doubt_the_dead(filed: Iterable[Draft]) -> None:
    """Note beside a claim that its visit came after a death that somebody wrote down: one of the
    two is wrong, or about somebody else."""
    visits = [
        (one.row, one.person, one.on.value) for one in filed
        if one.resource["resourceType"] == "Encounter" and one.on and one.row is not None
    ]  # fmt: skip
    dead = _died_on({person for _row, person, _on in visits})
    late = [row for row, person, on in visits if person in dead and on > dead[person]]
    rows = list(SourceRow.objects.filter(pk__in=late))
    said = {
        "column": "", "severity": "warning", "params": {},
        "message": _n("Lần khám này sau ngày người bệnh đã được ghi là mất."),
        "advice": _n("Xem đúng người chưa; nếu ghi mất nhầm, hãy rút lại ở trang của họ."),
    }  # fmt: skip
    for row in rows:
        if said not in (row.problems or []):
            row.problems = [*(row.problems or []), said]
    SourceRow.objects.bulk_update(rows, ["problems"])


def _died_on(people: set[UUID]) -> dict[UUID, date]:
    """Those of these people who are dead, as any of their merged rows says, and since when."""
    roots = dict(Person.objects.filter(pk__in=people).values_list("pk", "root"))
    dead = Person.objects.filter(root__in=set(roots.values()), died_on__isnull=False)
    days = {root: on for root, on in dead.order_by("-died_on").values_list("root", "died_on") if on}
    return {person: days[root] for person, root in roots.items() if root in days}


def _drafts(
    of: tuple[int, UUID, str, UUID | None], made: str, told: Sequence[tuple[str, str]]
) -> Iterator[Draft]:
    row, person, facility, visit = of
    for resource, section, day, precision, code, display in orjson.loads(made):
        yield Draft(
            entry=UUID(resource["id"]), person=person, section=section, resource=resource,
            on=PartialDate(date.fromisoformat(day), precision) if day else None,
            until=_until(resource, day),
            system=_system_of(resource), code=code, display=display, facility=facility,
            visit=visit, row=row, said=told, told=True,
        )  # fmt: skip
        if visit is not None:
            told = ()  # what one entry tells, the whole visit is; without one, each tells itself


def _until(resource: dict, day: str | None) -> date | None:
    """The day after the last of a stay; None for what is of one day."""
    ended = (resource.get("period") or {}).get("end", "")[:10]
    return date.fromisoformat(ended) + timedelta(days=1) if day and ended > day else None


def _system_of(resource: dict) -> str:
    coding: dict = next(iter((resource.get("code") or {}).get("coding") or ()), {})
    return coding.get("system", "")[:100]


def _not_restated(whole: dict[UUID, int], restated: Iterable[UUID]) -> list[tuple[Entry, int]]:
    """What an earlier sending said of these visits and this one does not say any more, each with
    the row that is silent of it: all of it, where the visit itself was withdrawn.

    whole  visit → the row that tells it
    """
    standing = Entry.objects.raw(
        """SELECT e.* FROM records_entry e WHERE e.visit = ANY(%s::uuid[])
        AND e.replaced_at IS NULL AND NOT e.withdrawn AND e.source IS NOT NULL
        AND NOT EXISTS (SELECT FROM unnest(%s::uuid[]) AS r (entry) WHERE r.entry = e.entry)""",
        [array_of(whole), array_of(restated)],
    )
    return [(one, whole[one.visit]) for one in standing if one.visit]
