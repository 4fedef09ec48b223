"""After an undo, at any later time, everything is as if the file had never come (ids aside)."""

from collections import defaultdict
from datetime import UTC, date, datetime
from functools import cache
from uuid import UUID

import pytest
from django.db import transaction
from django.db.models import F
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from hssk.access.models import User
from hssk.access.services import access_of
from hssk.coverage.services import figures
from hssk.coverage.services import verify as ledger_verify
from hssk.coverage.tests.test_own_record import said
from hssk.exchange.errors import Refused
from hssk.exchange.invented import invent
from hssk.exchange.models import Batch, Review
from hssk.exchange.services import by_hand, reviewing, undoing, waiting
from hssk.exchange.services.showing import undoing_told
from hssk.exchange.services.undoing import undo
from hssk.exchange.tests.pipeline import (
    APRIL,
    CITY,
    JUNE,
    MARCH,
    MAY,
    differences,
    everything,
    lines_of,
    person,
    somebody,
    take_in,
    write,
    write_records,
    write_roster,
)
from hssk.kit import progress
from hssk.kit.dates import PartialDate
from hssk.people.models import How, Identifier, Person, Verification
from hssk.people.services import lives as typed
from hssk.people.services import verify
from hssk.people.services.lives import Child, Died, Newborn
from hssk.places.services import unit_on
from hssk.records.models import Entry
from hssk.records.services import write as write_entries
from tests.village import on_duty

pytestmark = pytest.mark.django_db
TYPED_ON = datetime(2024, 3, 14, 3, tzinfo=UTC)
ROSTER, RECORDS = Batch.ROSTER, Batch.RECORDS


@cache
def pool():
    """(kind, lines, day, partial) of files that speak of the same few people in every way."""
    city = invent(70, seed=5)
    roster, records = lines_of(city, ROSTER), lines_of(city, RECORDS)
    moved = [{**line, "hamlet": "Tổ dân phố số 9"} if n % 9 == 0 else line
             for n, line in enumerate(roster) if n % 11]  # fmt: skip
    renamed = [{**line, "name": line["name"].upper(), "phone": "0912000111"} if n % 5 == 0 else line
               for n, line in enumerate(roster)]  # fmt: skip
    restated = [{**line, "visits": (line["visits"] or 0) + 1, "updated": "01/05/2024"}
                for n, line in enumerate(records) if n % 7]  # fmt: skip
    first_commune = [line for line in roster if line["unit"] == roster[0]["unit"]]
    return (
        (ROSTER, roster, MARCH, False),
        (RECORDS, records, MARCH, False),
        (ROSTER, moved, APRIL, False),
        (RECORDS, restated, MAY, False),
        (ROSTER, renamed, MAY, True),
        (ROSTER, first_commune, JUNE, False),
        (RECORDS, records[::2], JUNE, True),
    )


@pytest.fixture(scope="module")
def paths(tmp_path_factory):
    folder = tmp_path_factory.mktemp("files")
    return [
        write(folder / f"{n}.xlsx", kind, lines) for n, (kind, lines, _, _) in enumerate(pool())
    ]


def come(paths, numbers):
    """Take these files of the pool in, in this order; number → batch."""
    batches = {}
    for number in numbers:
        kind, _, on, partial = pool()[number]
        batches[number], _ = take_in(
            paths[number], kind, on, unit="12", partial=partial, insist=True
        )
    return batches


def in_a_world_of_its_own(work):
    """What `work` returns, and nothing of what it did."""
    with transaction.atomic():
        found = work()
        transaction.set_rollback(True)
    return found


@given(
    order=st.lists(st.sampled_from(range(7)), min_size=2, max_size=5, unique=True),
    which=st.integers(0, 4),
)
@settings(
    max_examples=8,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_an_undone_file_never_was(paths, order, which):
    taken_back = order[which % len(order)]

    def with_it():
        batches = come(paths, order)
        undo(batches[taken_back], actor=somebody())
        return everything()

    def without_it():
        come(paths, [number for number in order if number != taken_back])
        return everything()

    one, other = in_a_world_of_its_own(with_it), in_a_world_of_its_own(without_it)
    assert differences(one, other) == {}


def acts_by_hand():
    """A birth, its name, a death and one taken back, of people whom the first file of the pool has."""
    by = access_of(on_duty("y.ta"), TYPED_ON.date())
    known = Person.objects.filter(root=F("id"), birth_precision="D").order_by("name", "birth_on")
    mother = known.filter(sex=2, birth_on__range=(date(1985, 1, 1), date(2002, 1, 1))).first()
    old, young = known.filter(sex=1, birth_on__lt=date(1990, 1, 1))[:2]
    children = (Child(2), Child(1, "Bé Trai"))
    said = Newborn(act=UUID(int=7), on=date(2024, 3, 12), children=children)
    girl, _boy = typed.record_births(mother.pk, said, unit=unit_on(CITY, MARCH), at=TYPED_ON, by=by)
    typed.amend(girl, name="Bé Gái Út", number="", at=TYPED_ON, by=by)
    for one in (old, young):
        typed.record_death(one.pk, Died(PartialDate.of(2024, 3, 13)), at=TYPED_ON, by=by)
    typed.take_back_death(young.pk, "ghi nhầm", at=TYPED_ON, by=by)


@given(
    order=st.lists(st.sampled_from(range(1, 7)), min_size=1, max_size=3, unique=True),
    which=st.integers(0, 2),
)
@settings(
    max_examples=4,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_an_undone_file_moves_nothing_that_a_hand_wrote(paths, order, which):
    taken_back = order[which % len(order)]

    def with_it():
        come(paths, [0])
        acts_by_hand()
        undo(come(paths, order)[taken_back], actor=somebody())
        by_hand.give_rows()
        return everything()

    def without_it():
        come(paths, [0])
        acts_by_hand()
        come(paths, [number for number in order if number != taken_back])
        by_hand.give_rows()
        return everything()

    one, other = in_a_world_of_its_own(with_it), in_a_world_of_its_own(without_it)
    assert differences(one, other) == {}


def records_typed(numbers):
    """A line in the record, and a confirmation, of whoever alone has each of these numbers."""
    nurse = User.objects.filter(username="y.ta").first() or on_duty("y.ta")
    for number in numbers:
        roots = Person.objects.filter(identifiers__value=number).values_list("root", flat=True)
        one = Person.objects.get(pk=roots[0])
        write_entries([said(one, on=date(2024, 3, 14))], author=nurse)
        verify(one, How.POPULATION, by=somebody(), at=TYPED_ON, typed_by=())


def numbers_of_one():
    """The personal numbers that one human being alone has."""
    roots = defaultdict(set)
    for number, root in Identifier.objects.filter(kind="pid").values_list("value", "person__root"):
        roots[number].add(root)
    return {number for number, theirs in roots.items() if len(theirs) == 1}


def with_records():
    """All there is, with what was typed in records, by who it is about."""
    held = Entry.objects.current().values_list(
        "person", "on", "section", "display", "author__username"
    )
    verified = Verification.objects.values_list("person", "on", "by__username", "how")
    names = dict(Person.objects.values_list("pk", "name"))
    typed = [(names[who], *map(str, facts)) for who, *facts in (*held, *verified)]
    return everything() | {"typed": sorted(typed), "figures astray": ledger_verify([JUNE])}


@given(order=st.lists(st.sampled_from(range(1, 7)), min_size=1, max_size=3, unique=True))
@settings(
    max_examples=6,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_what_was_typed_in_records_follows_whoever_comes_again(paths, order):
    """The first list of all is taken back; typed is of those whom the other files name too."""
    both = [in_a_world_of_its_own(lambda files=files: (come(paths, files), numbers_of_one())[1])
            for files in ([0, *order], order)]  # fmt: skip
    numbers = sorted(both[0] & both[1])[::5]
    assert numbers

    def with_it():
        batches = come(paths, [0, *order])
        records_typed(numbers)
        undo(batches[0], actor=somebody())
        return with_records()

    def without_it():
        come(paths, order)
        records_typed(numbers)
        return with_records()

    one, other = in_a_world_of_its_own(with_it), in_a_world_of_its_own(without_it)
    assert differences(one, other) == {}
    assert len(one["typed"]) == 2 * len(numbers)


def test_everything_undone_in_any_order_leaves_nobody(paths):
    batches = come(paths, [0, 1, 2, 3])
    for number in (1, 3, 0, 2):
        undo(batches[number], actor=somebody())
    left = everything()
    assert left["people"] == []
    assert left["batches"] == []


NAMESAKES = [
    person("Nguyễn Văn Hùng", "12/04/1985", pid="012085000888", household="3"),
    person("Nguyễn Văn Hùng", "30/11/1985", pid="012085000999", household="4"),
]
RECORD = person("NGUYỄN VĂN HÙNG", "1985", system_number="HS9", created="01/02/2022")


def test_a_verdict_stands_where_its_rows_do_and_goes_with_them(tmp_path):
    roster, _ = take_in(write_roster(tmp_path / "a.xlsx", NAMESAKES), ROSTER)
    take_in(write_records(tmp_path / "b.xlsx", [RECORD]), RECORDS)
    more = write_roster(tmp_path / "c.xlsx", [person("Lò Thị Mơ", "15/08/1984", 2)])
    other, _ = take_in(more, ROSTER, APRIL, partial=True)
    [asked] = waiting.asked()
    reviewing.decide(asked, Review.SAME, actor=somebody())
    undo(other, actor=somebody())
    assert waiting.waiting_for_review() == 0
    assert figures(CITY, JUNE).counts.found == 1
    undo(roster, actor=somebody())
    assert figures(CITY, JUNE).counts.expected == 0
    take_in(write_roster(tmp_path / "a.xlsx", NAMESAKES), ROSTER, MAY)
    assert figures(CITY, JUNE).counts.to_decide + figures(CITY, JUNE).counts.found <= 1


def test_a_file_is_undone_once(paths):
    batches = come(paths, [0])
    undo(batches[0], actor=somebody())
    with pytest.raises(Refused):
        undo(batches[0], actor=somebody())


def test_an_undo_says_that_it_takes_back_and_leaves_no_word_behind(tmp_path, monkeypatch):
    lines = [person("Giàng A Bịa", "02/03/1980", pid="012080000001")]
    first, _ = take_in(write_roster(tmp_path / "a.xlsx", lines), ROSTER)
    second, _ = take_in(write_records(tmp_path / "b.xlsx", lines), RECORDS, on=APRIL)
    progress.tell(f"batch-{second.id}", "apply", 0, 1)  # by a worker that was killed
    told, take_back = [], undoing._take_back

    def listened(act):
        told.append(undoing_told(first, True))
        take_back(act)

    monkeypatch.setattr(undoing, "_take_back", listened)
    undoing.undo(first, actor=somebody())
    assert [word["stage"] for word in told] == ["undo", "undo"]
    assert not any(progress.asked(f"batch-{file.id}") for file in (first, second))
