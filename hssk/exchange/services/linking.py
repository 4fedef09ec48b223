"""Link: for each staged row, whom it is about. Rows that stand already are known at once."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from django.db import connection

from hssk.exchange import rules
from hssk.exchange.linkage import ASK, NEW, SAME, link
from hssk.exchange.linkage.levels import SAME_BIRTH
from hssk.exchange.models import Batch, LinkDecision, Review
from hssk.exchange.services import by_hand
from hssk.exchange.services.area import area_of
from hssk.exchange.services.knowing import RECORD, ROSTER, Known, entries_of, known_within
from hssk.exchange.services.receiving import Staged
from hssk.kit.text import fold
from hssk.places.models import Unit
from hssk.places.services import units_held

WORDS = {SAME: LinkDecision.SAME, NEW: LinkDecision.NEW, ASK: LinkDecision.ASK}
_LISTED = "people_listing s JOIN places_hamlet h ON h.id = s.hamlet_id"
_HELD = "(SELECT * FROM people_holding WHERE unlisted_since IS NULL) s"

Standing = dict[tuple[bytes, int | None], list]  # (digest, commune) → [person, row]


@dataclass(slots=True)
class Linked:
    """A staged row and what was decided of it.

    `known` tells whether the person was there before this file; `unchanged` whether the very same
    statement already stands, so that the row adds nothing.
    """

    row: Staged
    decision: str
    person: UUID
    score: float
    against: int | None = None
    evidence: dict | None = None
    known: bool = False
    unchanged: bool = False


def _standing(kind: str) -> Standing:
    """Every statement of this kind that stands now."""
    standing = _LISTED if kind == Batch.ROSTER else _HELD
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT r.digest, unit_id, s.person_id, r.id FROM {standing}
            JOIN exchange_sourcerow r ON r.id = s.row
            WHERE s.until IS NULL AND s.decided"""
        )
        return {(bytes(digest), unit): found for digest, unit, *found in cursor.fetchall()}


def reviews_of(rows: list[Staged]) -> dict[bytes, list[Review]]:
    """What people decided earlier of rows that say the same."""
    reviews: dict[bytes, list[Review]] = {}
    asked = {row.digest for row in rows}
    given = Review.objects.filter(taken_back_at=None).exclude(verdict=Review.LATER)
    for review in given.order_by("id"):
        if bytes(review.row_digest) in asked:
            reviews.setdefault(bytes(review.row_digest), []).append(review)
    return reviews


def digest_of(row: int | None) -> bytes:
    """The digest of a source row; empty for none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT digest FROM exchange_sourcerow WHERE id = %s", [row])
        found = cursor.fetchone()
        return bytes(found[0]) if found else b""


def _lists(*columns: np.ndarray) -> Iterator[list]:
    """The columns as lists: taking single values out of arrays is slow."""
    return (column.tolist() for column in columns)


def _numbered(known: Known) -> dict[str, list[int]]:
    """Number of a record in the other software → the known statements that bear it."""
    numbered: dict[str, list[int]] = {}
    for index, number in enumerate(known.entries.system_number):
        if number:
            numbered.setdefault(number, []).append(index)
    return numbered


def _same_record(row: Staged, known: Known, indexes: list[int]) -> int | None:
    """The known statement of the record that `row` restates, if it still means that person.

    A number alone is not enough: software re-uses them.
    """
    name, birth = fold(row.facts.get("name", "")), row.facts.get("birth", 0)
    for index in indexes:
        same_name = fold(known.entries.name[index]) == name
        if same_name or (birth and known.entries.birth[index] == birth):
            return index
    return None


class Linker:
    """Links the rows of one batch against what is known in its area, and against each other.

    What it decides is the same whoever else there is: see `elsewhere` for the rest.
    """

    def __init__(self, batch: Batch, staged: list[Staged], households: dict[int, int]):
        self.batch, self.staged, self.households = batch, staged, households
        by_hand.give_rows()
        self.known, self.elsewhere = known_within(area_of(batch))
        self.kind = ROSTER if batch.kind == Batch.ROSTER else RECORD
        self.done: dict[int, Linked] = {}
        self.communes: dict[int, frozenset[int]] = {}
        self.asking: dict[int, int] = {}  # row → the earlier row whose open question it says again

    def run(self, told: Callable[[int, int], None] = lambda done, total: None) -> list[Linked]:
        """The decision of every row, in the order of the rows."""
        self._recognise()
        self._meet_again()
        rest = [row for row in self.staged if row.id not in self.done]
        told(len(self.done), len(self.staged))
        self._link(rest)
        self._ask_again()
        told(len(self.staged), len(self.staged))
        return [self.done[row.id] for row in self.staged]

    def _recognise(self) -> None:
        """Rows that say what already stands, and records that restate themselves."""
        standing = self._standing()
        numbered = _numbered(self.known) if self.kind == RECORD else {}
        for row in self.staged:
            found = self._said_before(row, standing)
            if found:
                self.done[row.id] = Linked(
                    row, LinkDecision.SAME, found[0], 1.0, found[1], known=True, unchanged=True
                )
            elif indexes := numbered.get(row.facts.get("number", "")):
                index = _same_record(row, self.known, indexes)
                if index is not None:
                    self.done[row.id] = self._restated(row, index)

    def _said_before(self, row: Staged, standing: Standing) -> list | None:
        """[person, row] of the statement that `row` says again of the same commune: people of two
        communes may be written alike. One that names no hamlet may stand in a former commune."""
        if row.unit is None:
            return standing.get((row.digest, None))
        found = standing.get((row.digest, row.unit.id))
        if found or row.facts.get("hamlet"):
            return found
        former = [standing.get((row.digest, unit)) for unit in self._lying_in(row.unit)]
        told = [found for found in former if found]
        return told[0] if len(told) == 1 else None

    def _lying_in(self, unit: Unit) -> frozenset[int]:
        """The communes of all days that lie in `unit`, asked for once."""
        if unit.id not in self.communes:
            self.communes[unit.id] = units_held(unit)
        return self.communes[unit.id]

    def _standing(self) -> Standing:
        """What stands now in the area, as `_standing` tells it."""
        standing = _standing(self.batch.kind)
        if self.batch.area is None:
            return standing
        mine = set(self.known.rows)
        return {said: found for said, found in standing.items() if found[1] in mine}

    def _meet_again(self) -> None:
        """Rows about children whose birth was written down by hand: no name tells who they are."""
        fresh = [row for row in self.staged if row.id not in self.done]
        found = by_hand.met_again(fresh, self.households, set(self.known.people))
        for row in fresh:
            if row.id in found:
                person, against, sure = found[row.id]
                linked = Linked(
                    row, LinkDecision.SAME if sure else LinkDecision.ASK, person,
                    1.0 if sure else 0.5, against, {"birth": SAME_BIRTH}, known=True,
                )  # fmt: skip
                if not sure:
                    self._judge(linked, row, person)
                self.done[row.id] = linked

    def _judge(self, linked: Linked, row: Staged, candidate: UUID) -> None:
        """What somebody decided earlier of such a row stands again."""
        reviews = reviews_of([row])
        if row.digest in reviews:
            self._review(linked, reviews[row.digest], candidate)

    def _restated(self, row: Staged, index: int) -> Linked:
        person = self.known.people[self.known.entries.person[index]]
        self._note_question(row, index)
        return Linked(
            row, LinkDecision.SAME, person, 1.0, self.known.rows[index],
            {"number": "same"}, known=True,
        )  # fmt: skip

    def _link(self, rest: list[Staged]) -> None:
        if not rest:
            return
        links = link(self.known.entries, entries_of(rest, self.kind, self.households))
        brought = self._people_brought(rest, links.person)
        reviews = reviews_of(rest)
        known = len(self.known.people)
        for row, person, decision, score, against, *levels in zip(
            rest, *_lists(links.person, links.decision, links.score, links.against),
            *_lists(*links.levels.values()), strict=True,
        ):  # fmt: skip
            self.done[row.id] = linked = Linked(
                row=row,
                decision=WORDS[decision],
                person=self.known.people[person] if person < known else brought[person],
                score=score,
                against=self._row_at(against, rest),
                known=person < known,
            )
            if linked.against is None:
                continue
            linked.evidence = dict(zip(links.levels, levels, strict=True))
            if linked.decision == LinkDecision.SAME and self._knows_no_name(row, against):
                linked.decision = LinkDecision.ASK
            if against < len(self.known) and self.known.entries.source[against] == self.kind:
                self._note_question(row, against)
            if linked.decision == LinkDecision.ASK and row.digest in reviews:
                candidate = self._person_at(against, links.person, brought)
                self._review(linked, reviews[row.digest], candidate)

    def _note_question(self, row: Staged, index: int) -> None:
        """Remember a row that says again what an earlier row of such a file still asks."""
        earlier = self.known.rows[index]
        if earlier is not None and not self.known.decided[index]:
            self.asking[row.id] = earlier

    def _ask_again(self) -> None:
        """A later file answers no question by saying the same again: the question passes on."""
        questions = LinkDecision.objects.in_bulk(self.asking.values())
        for row, earlier in self.asking.items():
            linked, question = self.done[row], questions.get(earlier)
            if question is not None and linked.decision == LinkDecision.SAME:
                linked.decision, linked.score = LinkDecision.ASK, question.score
                linked.against, linked.evidence = question.against, question.evidence

    def _knows_no_name(self, row: Staged, index: int) -> bool:
        """Whether a row with a name was compared with somebody who has none: two children of one
        day are not one for that. A number that both have speaks for itself."""
        entries, said = self.known.entries, row.facts
        if index >= len(self.known) or entries.name[index] or not said.get("name"):
            return False
        numbers = ((entries.pid, "pid"), (entries.bhxh, "bhxh"), (entries.cmnd, "cmnd"))
        return not any(said.get(kind) and said[kind] == held[index] for held, kind in numbers)

    def _people_brought(self, rest: list[Staged], person: np.ndarray) -> dict[int, UUID]:
        """Person number → key, for people that the file brings; keyed by their first row."""
        new = np.flatnonzero(person >= len(self.known.people))
        numbers, first = np.unique(person[new], return_index=True)
        return {
            number: rules.person_of_row(rest[index].id)
            for number, index in zip(*_lists(numbers, new[first]), strict=True)
        }

    def _row_at(self, against: int, rest: list[Staged]) -> int | None:
        if against < 0:
            return None
        known = len(self.known)
        return self.known.rows[against] if against < known else rest[against - known].id

    def _person_at(self, against: int, person: np.ndarray, brought: dict[int, UUID]) -> UUID | None:
        """Whom the row that was compared with is about."""
        if against < 0:
            return None
        if against < len(self.known):
            return self.known.people[self.known.entries.person[against]]
        number = int(person[against - len(self.known)])
        known = number < len(self.known.people)
        return self.known.people[number] if known else brought[number]

    def _review(self, linked: Linked, reviews: list[Review], candidate: UUID | None) -> None:
        """People's own decisions stand again where their ground does: both rows, still asked."""
        other = digest_of(linked.against)
        for review in reviews:
            if bytes(review.other_digest) != other:
                continue
            if review.verdict == Review.SAME and candidate:
                linked.decision, linked.person = LinkDecision.SAME, candidate
                linked.known = candidate in set(self.known.people)
            elif review.verdict == Review.DIFFERENT:
                linked.decision = LinkDecision.NEW
                linked.person, linked.known = rules.person_of_row(linked.row.id), False
