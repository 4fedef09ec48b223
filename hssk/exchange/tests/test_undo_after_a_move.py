"""Files and moves take turns: an undone file never was, and a move stands where its person is."""

from datetime import date

import pytest

from hssk.access.rights import Role
from hssk.exchange.models import Batch
from hssk.exchange.services import foreseeing, undoing, working
from hssk.exchange.tests.pipeline import (
    APRIL,
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
from hssk.kit.dates import PartialDate
from hssk.people.models import Listing, Move, Person, Release, Residence
from hssk.people.services import moves
from hssk.people.services.moves import Proposal, Typed
from hssk.people.tests.moving import unit, works
from hssk.places.models import Hamlet
from tests.village import hamlet, on_duty

pytestmark = pytest.mark.django_db
LEFT, NEW = "03386", "03403"  # Phường Quyết Thắng, where all files here are about; Xã Sùng Phài
NUMBER = "012190000123"
MOVED_ON = date(2024, 3, 20)
MO = person("Lò Thị Mơ", "05/03/1990", 2, pid=NUMBER, household="3")
OTHERS = [
    person("Nguyễn Văn Hùng", "12/04/1985", pid="012085000888", household="4"),
    person("Vàng A Không", "30/11/1979", pid="012079000999", household="5"),
]
RECORD = person("LÒ THỊ MƠ", "05/03/1990", 2, pid=NUMBER, system_number="HS9")


@pytest.fixture
def roster(tmp_path):
    return write_roster(tmp_path / "roster.xlsx", [MO, *OTHERS])


@pytest.fixture
def more(tmp_path):
    lines = [person("Giàng A Bịa", "01/02/2000", pid="012200000555", household="9")]
    return write_roster(tmp_path / "more.xlsx", lines)


def moved():
    """Mơ moves to another commune, as two people say; the move."""
    where = hamlet(NEW, "Bản Mới")
    said = Proposal(
        Typed("Lò Thị Mơ", PartialDate.of(1990, 3, 5), NUMBER), 2, where, "12", "P", MOVED_ON
    )
    nurse = works(f"y.ta.{Move.objects.count()}", Role.CLINICIAN, NEW, day=APRIL)
    clerk = works(f"can.bo.{Move.objects.count()}", Role.CLERK, LEFT, day=APRIL)
    move = moves.propose(said, by=nurse)
    assert moves.accept(Release.objects.get(move=move), by=clerk)
    return Move.objects.get(pk=move.pk)


def _people_and_figures():
    """All there is but places: those that tests and moves name come and go by other rules."""
    whole = everything()
    return {part: said for part, said in whole.items() if part not in ("hamlets", "households")}


def homes(name="Lò Thị Mơ"):
    stays = Residence.objects.filter(person__name=name, until=None)
    return sorted(stays.values_list("hamlet__unit__code", flat=True))


def test_the_commune_of_these_files_is_the_one_left(roster):
    take_in(roster, Batch.ROSTER)
    assert homes() == [LEFT]
    assert unit(LEFT).name == "Quyết Thắng"


def test_a_file_before_the_move_is_undone_and_the_move_stands_on_what_is_left(
    roster, more, tmp_path
):
    records, _ = take_in(write_records(tmp_path / "r.xlsx", [RECORD]), Batch.RECORDS)
    first, _ = take_in(more, Batch.ROSTER, partial=True, insist=True)
    take_in(roster, Batch.ROSTER, APRIL, partial=True, insist=True)
    move = moved()
    undoing.undo(first, actor=somebody())
    assert homes() == [NEW]
    move.refresh_from_db()
    assert move.standing
    undoing.undo(records, actor=somebody())
    assert homes() == [NEW]


def test_who_is_known_by_nobody_any_more_does_not_live_on_by_a_move(roster, more):
    file, _ = take_in(roster, Batch.ROSTER)
    take_in(more, Batch.ROSTER, APRIL, partial=True, insist=True)
    move = moved()
    undoing.undo(file, actor=somebody())
    assert not Person.objects.filter(name="Lò Thị Mơ").exists()
    move.refresh_from_db()
    assert not move.standing
    take_in(roster, Batch.ROSTER, MARCH, insist=True)
    assert homes() == [NEW]
    move.refresh_from_db()
    assert move.standing
    assert move.person == Person.objects.get(name="Lò Thị Mơ").pk


def test_a_file_after_the_move_is_undone_as_if_it_had_never_come(roster, more):
    take_in(roster, Batch.ROSTER)
    moved()
    before = _people_and_figures()
    later, _ = take_in(more, Batch.ROSTER, MAY, partial=True, insist=True)
    undoing.undo(later, actor=somebody())
    assert differences(before, _people_and_figures()) == {}


def test_moves_and_files_are_done_again_in_their_order(roster, more, tmp_path):
    """A list of the commune left that comes after the move and still names them is believed, also
    when a file before both is undone: what comes later speaks later."""
    first, _ = take_in(more, Batch.ROSTER, partial=True, insist=True)
    take_in(roster, Batch.ROSTER, APRIL, partial=True, insist=True)
    moved()
    again = write_roster(tmp_path / "again.xlsx", [{**MO, "household": "8"}, *OTHERS])
    take_in(again, Batch.ROSTER, MAY, partial=True, insist=True)
    before = homes()
    undoing.undo(first, actor=somebody())
    assert homes() == before


def test_an_undone_move_leaves_what_the_file_said(roster):
    take_in(roster, Batch.ROSTER)
    before = _people_and_figures()
    move = moved()
    officer = works("trung.tam", Role.OFFICER, "12-105", day=APRIL)
    moves.undo_alone(Release.objects.get(move=move), by=officer)
    assert differences(before, _people_and_figures()) == {}
    assert homes() == [LEFT]


def test_a_place_that_only_a_proposal_names_is_not_removed_with_a_file(roster, more):
    file, _ = take_in(more, Batch.ROSTER)
    where = Hamlet.objects.get(unit=unit(LEFT))
    nurse = works("y.ta", Role.CLINICIAN, LEFT, day=APRIL)
    moves.propose(
        Proposal(Typed("Ai Đó", PartialDate.of(1990), NUMBER), 1, where, "", "P", MOVED_ON),
        by=nurse,
    )
    undoing.undo(file, actor=somebody())
    assert Move.objects.get().hamlet == where


@pytest.mark.parametrize("delivered_by", ["the commune left", "who has both"])
def test_a_later_list_of_the_commune_left_fetches_nobody_back(roster, tmp_path, delivered_by):
    take_in(roster, Batch.ROSTER)
    moved()
    says_more = [{**MO, "note": "đi làm ăn xa"}, *OTHERS]
    later = write_roster(tmp_path / "later.xlsx", says_more)
    clerk = works("can.bo.sau", Role.CLERK, LEFT, day=APRIL)
    by = clerk.user if delivered_by == "the commune left" else None
    batch, counts = take_in(later, Batch.ROSTER, MAY, LEFT, by=by)
    assert (counts["same"], counts["new"], counts["ask"]) == (1, 0, 0)
    assert homes() == ([NEW] if by else [LEFT, NEW])
    listed = Listing.objects.filter(person__name="Lò Thị Mơ", until=None)
    assert listed.get().hamlet.unit.code == LEFT
    undoing.undo(batch, actor=somebody())
    assert homes() == [NEW]


@pytest.fixture
def officer_s_page(client, monkeypatch):
    """The page of the officer of the commune left that undoes a file, by GET or with what it saw."""
    monkeypatch.setattr(working, "start", lambda jobs, *words: None)
    client.force_login(on_duty("truong.tram", role=Role.OFFICER, unit=unit(LEFT)))

    def page(file, seen=None):
        address = f"/exchange/batches/{file.id}/undo/"
        return client.post(address, {"seen": seen}) if seen else client.get(address)

    return page


def test_a_move_into_another_commune_keeps_no_officer_from_undoing_a_file(roster, officer_s_page):
    file, _ = take_in(roster, Batch.ROSTER, unit=LEFT)
    moved()
    foreseeing.foresee(file, actor=somebody())
    seen = officer_s_page(file).context["seen"]
    officer_s_page(file, seen)
    assert working.undo_requested(file)


def test_a_file_is_not_undone_when_more_would_change_than_the_page_said(
    roster, more, officer_s_page
):
    file, _ = take_in(roster, Batch.ROSTER, unit=LEFT)
    foreseeing.foresee(file, actor=somebody())
    seen = officer_s_page(file).context["seen"]
    take_in(more, Batch.ROSTER, unit=LEFT, partial=True, insist=True)
    again = officer_s_page(file, seen)
    assert again.url.endswith("/undo/")
    assert not working.undo_requested(file)
