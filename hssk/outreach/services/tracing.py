"""A picture of a list that got out is held against the copies that were handed out."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from uuid import UUID

from hssk.access.rights import Right
from hssk.access.services import Access, as_machine
from hssk.coverage.services.lists import those_of
from hssk.kit.text import fold
from hssk.outreach.models import Copy, ListedPerson
from hssk.outreach.rules.tracing import Issued, Match, Seen, is_sure, matches


@dataclass(frozen=True)
class Shown:
    """A copy that shows what was seen, and where."""

    copy: Copy
    match: Match

    @property
    def agree(self) -> int:
        """How many of the marks that were read it has."""
        return self.match.read - self.match.wrong

    @property
    def one_in(self) -> int:
        """Of how many other copies one would show the same by accident."""
        return round(1 / self.match.chance)


@dataclass(frozen=True)
class Traced:
    """What came of it.

    shown   the copies that show the rows, the surest first
    peers   how many have all these people on them, in whatever order: 0 where none shows them so
    sure    whether the first of them is named
    people  whom the rows that were typed are
    """

    shown: list[Shown]
    peers: int
    sure: bool
    people: list[UUID]


def trace(seen: Sequence[Seen], *, by: Access) -> Traced:
    """Which of the copies of an area show these rows, one below the other.

    Read as the machine: who reads the log of looks reads no list. So nothing is told of a copy that
    has these people otherwise than they were seen; and of one that shows them no other line.
    """
    mine = by.hamlets(Right.LOOKS)
    with as_machine(by.user, by.day):
        lines = ListedPerson.objects.order_by("copy", "number")
        if mine is not None:
            lines = lines.filter(copy__hamlet__in=mine)
        wanted = Counter(fold(row.name) for row in seen)
        listing = _listing(lines.values_list("copy", "name", "person", "head_person"), wanted)
        found = [one for key, rows in listing.items() for one in _shown(key, rows, seen)]
        found.sort(key=lambda one: (one.match.chance, one.copy.serial))
        if not found:
            return Traced([], 0, False, [])
        best, *others = [one.match.chance for one in found]
        people = {
            listing[one.copy.pk][one.match.first - 1 + at][1]
            for one in found
            for at in range(len(seen))
        }
        return Traced(found, len(listing), is_sure(best, others, len(listing)), sorted(people))


Row = tuple[str, UUID, UUID | None]  # name, whom it is of, and the head beside it


def _listing(lines, wanted: Counter[str]) -> dict[int, list[Row]]:
    """Copy → its rows, of those on which every name stands as often as it was seen."""
    rows: defaultdict[int, list[Row]] = defaultdict(list)
    names: defaultdict[int, Counter[str]] = defaultdict(Counter)
    folded: dict[str, str] = {}
    for copy, name, person, head in lines.iterator():
        if (plain := folded.get(name)) is None:
            plain = folded[name] = fold(name)
        rows[copy].append((name, person, head))
        if plain in wanted:
            names[copy][plain] += 1
    return {copy: rows[copy] for copy, known in names.items() if known >= wanted}


def _shown(key: int, rows: list[Row], seen: Sequence[Seen]) -> list[Shown]:
    copy = Copy.objects.select_related("hamlet", "issued_by", "closed_by").get(pk=key)
    issued = Issued(bytes(copy.seed), [name for name, _who, _head in rows], _homes(copy, rows))
    return [Shown(copy, match) for match in matches(seen, issued)[:1]]


def _homes(copy: Copy, rows: list[Row]) -> list[Hashable]:
    """The household of each row on the day of the list; where a row is nobody's by now that of the
    head beside it, else one of its own."""
    known = {one.id: one for one in those_of((who for _name, who, _head in rows), copy.on)}
    homes: list[Hashable] = []
    for _name, who, head in rows:
        home = known[who].household_id if who in known else None
        homes.append(home or head or who)
    return homes
