"""What people typed of somebody is not lost when the file that first brought them is taken back."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, transaction
from django.utils.timezone import localdate

from hssk.access.models import User
from hssk.access.rights import Role
from hssk.coverage.services import figures, verify
from hssk.coverage.tests.test_own_record import said
from hssk.exchange.services import reviewing, waiting
from hssk.exchange.services.undoing import undo
from hssk.exchange.tests.pipeline import (
    APRIL,
    CITY,
    JUNE,
    MARCH,
    MAY,
    differences,
    everything,
    person,
    somebody,
    take_in,
    write_records,
    write_roster,
)
from hssk.exchange.tests.test_undo import NAMESAKES, RECORD, in_a_world_of_its_own
from hssk.people.models import Basis, Document, Holding, How, Merge, Person, Verification
from hssk.people.services import Event, merge, object_to_lists, objectors, open_care, verifications
from hssk.people.services import verify as confirm
from hssk.places.services import unit_on
from hssk.records.models import Entry, Note, Standing
from hssk.records.services import about, write
from tests.village import on_duty

pytestmark = pytest.mark.django_db
TYPED_ON = datetime(2024, 3, 14, 3, tzinfo=UTC)
MO = person("Lò Thị Mơ", "15/08/1984", 2, pid="012184000123", household="3")
HAI = person("Lò Văn Hải", "02/03/1960", pid="012060000001", household="9")
HOA = person("Vàng Thị Hoa", "01/01/1990", 2, pid="012190000777", household="5")
OTHERS = [person(f"Lò Văn {name}", f"0{n}/05/196{n}", household="9", pid=f"01206{n}000009")
          for n, name in enumerate(("Sơn", "Minh", "Páo"), 1)]  # fmt: skip
OWN = ("verified", "content", "complete", "updated")


@pytest.fixture
def roster(tmp_path):
    return take_in(write_roster(tmp_path / "first.xlsx", [MO, HAI, *OTHERS]), "roster")[0]


def list_again(tmp_path, *lines, on=APRIL, partial=True):
    path = write_roster(tmp_path / f"{on}.xlsx", list(lines))
    return take_in(path, "roster", on, partial=partial, insist=True)


def named(name="Lò Thị Mơ"):
    return Person.objects.get(name=name)


def nurse():
    return User.objects.filter(username="y.ta").first() or on_duty("y.ta", Role.CLINICIAN)


def type_of(one):
    """A nurse writes two entries, corrects one, and somebody else has confirmed who it is."""
    first = said(one, on=date(2024, 3, 14))
    write([first, said(one, "allergies", on=date(2024, 3, 14))], author=nurse())
    first.resource = {**first.resource, "status": "amended"}
    write([first], author=nurse(), why="ghi nhầm")
    confirm(one, How.DOCUMENT, Document.IDENTITY_CARD, by=somebody(), at=TYPED_ON, typed_by=())


def own(day):
    counts = figures(CITY, day).counts
    return {name: getattr(counts, name) for name in OWN}


def test_what_was_typed_follows_whom_a_later_file_brings_again(roster, tmp_path):
    gone = named()
    type_of(gone)
    list_again(tmp_path, MO)
    before = own(JUNE)
    assert (before["verified"], before["content"]) == (1, 1)
    undo(roster, actor=somebody())
    heir = named()
    assert heir.pk != gone.pk
    assert about(heir.pk).count() == 3
    assert verifications(heir.pk).count() == 1
    assert own(JUNE) == before
    assert verify([JUNE]) == []
    assert not Standing.objects.filter(person=gone.pk).exists()
    assert not Note.objects.filter(person=gone.pk).exists()


def test_who_wants_to_stand_on_no_list_still_does_not_under_the_new_key(roster, tmp_path):
    gone = named()
    object_to_lists(gone, by=nurse(), at=TYPED_ON)
    list_again(tmp_path, MO)
    undo(roster, actor=somebody())
    heir = named()
    assert heir.pk != gone.pk
    assert objectors([heir.pk]) == {heir.pk}


def test_who_wants_to_stand_on_no_list_is_kept_where_no_later_file_speaks_of_them(roster):
    gone = named()
    object_to_lists(gone, by=nurse(), at=TYPED_ON)
    undo(roster, actor=somebody())
    assert objectors([named().pk]) == {gone.pk}


def test_a_guardian_of_whom_nothing_else_is_typed_follows(roster, tmp_path):
    gone, unit = named(), unit_on("03386", MARCH)
    open_care(gone.pk, unit, Event.VISIT, at=TYPED_ON, actor=nurse())
    list_again(tmp_path, MO)
    undo(roster, actor=somebody())
    assert set(Basis.objects.values_list("person", flat=True)) == {named().pk}


def test_who_cares_for_somebody_still_does_under_the_new_key(roster, tmp_path):
    gone, unit = named(), unit_on("03386", MARCH)
    open_care(gone.pk, unit, Event.VISIT, at=TYPED_ON, actor=nurse())
    type_of(gone)
    list_again(tmp_path, MO)
    undo(roster, actor=somebody())
    assert set(Basis.objects.values_list("person", flat=True)) == {named().pk}


def test_of_whom_no_file_is_left_what_was_typed_is_kept_and_they_with_it(roster, tmp_path):
    gone = named()
    type_of(gone)
    list_again(tmp_path, *OTHERS)
    undo(roster, actor=somebody())
    kept = named()
    assert kept.pk == gone.pk
    assert about(kept.pk).count() == 3
    assert verifications(kept.pk).count() == 1
    counts = figures(CITY, JUNE).counts
    assert (counts.nobody_unknown, counts.expected, counts.found) == (1, len(OTHERS), 0)
    assert own(JUNE) == dict.fromkeys(OWN, 0)
    assert verify([JUNE]) == []
    assert not Person.objects.filter(name="Lò Văn Hải").exists()  # of whom nothing was typed


def test_who_is_kept_is_found_by_the_commune_where_they_lived_and_by_no_other(roster, client):
    type_of(named())
    undo(roster, actor=somebody())
    kept, today = named(), localdate()
    theirs = on_duty("clerk", Role.CLERK, unit_on("03388", today))  # what became of 03386
    client.force_login(theirs)
    assert client.get(f"/coverage/person/{kept.pk}/").status_code == 200
    listed = client.get(f"/coverage/unit/03388/list/nobody_unknown/?on={today}")
    assert MO["name"] in listed.content.decode()
    client.force_login(on_duty("far", Role.CLERK, unit_on("03403", MARCH)))
    assert client.get(f"/coverage/person/{kept.pk}/").status_code == 404


def test_who_was_kept_is_met_again_and_missing_again(roster, tmp_path):
    """A record that only what was typed makes counts for nobody's once a list has them."""
    type_of(named())
    undo(roster, actor=somebody())
    kept = named()
    again, counts = list_again(tmp_path, MO, on=MAY)
    assert (counts["new"], counts["same"]) == (0, 1)
    assert named().pk == kept.pk
    shown = figures(CITY, JUNE).counts
    assert (shown.expected, shown.found, shown.missing, shown.nobody_unknown) == (1, 0, 1, 0)
    assert own(JUNE)["verified"] == own(JUNE)["content"] == 1
    undo(again, actor=somebody())
    assert figures(CITY, JUNE).counts.nobody_unknown == 1
    assert about(kept.pk).count() == 3
    assert verify([JUNE]) == []


def test_beside_whom_was_kept_all_is_as_if_the_file_had_never_come(tmp_path):
    first = write_roster(tmp_path / "first.xlsx", [MO, HAI, *OTHERS])
    second = write_roster(tmp_path / "second.xlsx", OTHERS)

    def with_it():
        roster, _counts = take_in(first, "roster")
        take_in(second, "roster", APRIL)
        type_of(named())
        undo(roster, actor=somebody())
        return everything()

    def without_it():
        take_in(second, "roster", APRIL)
        return everything()

    one, other = in_a_world_of_its_own(with_it), in_a_world_of_its_own(without_it)
    one["people"] = [group for group in one["people"] if MO["name"] not in group[0]]
    for day in (*map(str, (APRIL, MAY, JUNE)), "2025-01-01"):
        assert one.pop(day)[1] == other.pop(day)[1]  # the missing; of records there is one more
    assert differences(one, other) == {}


def test_typed_of_one_who_was_merged_stays_with_the_other(roster, tmp_path):
    """A file brings the other under the same key again, and the merge stands again."""
    list_again(tmp_path, HOA)
    other, gone = named("Vàng Thị Hoa"), named()
    merge(keep=gone, drop=other, actor=somebody())
    type_of(gone)
    undo(roster, actor=somebody())
    assert Merge.objects.get().undone_at is None
    assert about(other.pk).count() == 3
    assert figures(CITY, JUNE).counts.nobody_unknown == 0
    assert verify([JUNE]) == []


def test_while_somebody_is_there_nothing_of_theirs_is_said_of_another(roster):
    one, other = named(), named("Lò Văn Hải")
    type_of(one)
    for model in (Entry, Verification, Basis):
        if model is Basis:
            open_care(one.pk, unit_on("03386", MARCH), Event.VISIT, at=TYPED_ON, actor=nurse())
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.filter(person=one.pk).update(person=other.pk)


def test_nothing_is_said_of_nobody_and_nothing_else_changes_with_the_name(roster, tmp_path):
    gone = named()
    type_of(gone)
    list_again(tmp_path, MO)
    undo(roster, actor=somebody())
    heir = named()
    for change in (
        lambda: Entry.objects.update(person=gone.pk),
        lambda: Verification.objects.update(person=gone.pk),
        lambda: Entry.objects.update(display="khác"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert about(heir.pk).count() == 3


@pytest.fixture
def asked_apart(tmp_path):
    """A record said to be of nobody on the roster, and what was typed of whom it brought."""
    take_in(write_roster(tmp_path / "namesakes.xlsx", NAMESAKES), "roster")
    take_in(write_records(tmp_path / "records.xlsx", [RECORD]), "records")
    [row] = waiting.asked()
    decision = reviewing.decide(row, "different", actor=somebody())
    type_of(Person.objects.get(name=RECORD["name"]))
    return row, decision


def test_what_was_typed_of_a_row_is_read_with_whom_it_is_said_to_be_of(asked_apart):
    mine = Person.objects.get(name=RECORD["name"])
    assert reviewing.take_back(asked_apart[1]) is not None
    other = Person.objects.get(pk=Person.objects.get(pk=mine.pk).root)
    assert other.name == NAMESAKES[0]["name"]
    assert about(other.pk).count() == 3
    assert verifications(other.pk).count() == 1
    assert verify([JUNE]) == []


def test_a_verdict_that_flips_twice_leaves_everybody_what_was_typed_of_them(asked_apart):
    row, decision = asked_apart
    mine = Person.objects.get(name=RECORD["name"])
    reviewing.take_back(decision)
    other = Person.objects.get(pk=Person.objects.get(pk=mine.pk).root)
    write([said(other, on=date(2024, 3, 15))], author=nurse())
    said_same = reviewing.decide(row, "same", actor=somebody())
    assert about(other.pk).count() == 4
    reviewing.take_back(said_same)
    reviewing.decide(row, "different", actor=somebody())
    mine.refresh_from_db()
    assert mine.root == mine.pk
    assert about(mine.pk).count() == 3
    assert verifications(mine.pk).count() == 1
    assert about(other.pk).count() == 1
    assert not verifications(other.pk).exists()
    assert verify([JUNE]) == []


def test_a_file_that_comes_after_does_not_make_them_one_again(asked_apart, tmp_path):
    row, decision = asked_apart
    mine = Person.objects.get(name=RECORD["name"])
    reviewing.take_back(decision)
    reviewing.decide(row, "different", actor=somebody())
    list_again(tmp_path, HOA)
    mine.refresh_from_db()
    assert mine.root == mine.pk


def test_who_was_kept_is_there_again_once_the_file_is_said_to_speak_of_somebody_else(tmp_path):
    file = take_in(write_roster(tmp_path / "one.xlsx", NAMESAKES[:1]), "roster")[0]
    kept = named(NAMESAKES[0]["name"])
    alike = person("NGUYỄN VĂN HÙNG", "1986", system_number="HS9", created="01/02/2022")
    type_of(kept)
    undo(file, actor=somebody())
    take_in(write_records(tmp_path / "records.xlsx", [alike]), "records", APRIL, insist=True)
    [row] = waiting.asked()
    decision = reviewing.decide(row, "different", actor=somebody())
    assert Holding.objects.filter(person=kept.pk, until=None).exists()
    assert figures(CITY, JUNE).counts.nobody_unknown == 2
    reviewing.take_back(decision)
    reviewing.decide(row, "same", actor=somebody())
    assert figures(CITY, JUNE).counts.nobody_unknown == 1
    assert about(kept.pk).count() == 3
    assert verify([JUNE]) == []
