"""Moving is an act of two keys: nobody opens anybody's record alone."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from hssk.access.models import Look, Post
from hssk.access.rights import Role
from hssk.access.services import access_of, looks_at, within
from hssk.coverage.services import figures, settle
from hssk.people.errors import CannotMove
from hssk.people.models import Identifier, Move, Person, Release, Residence
from hssk.people.models.moves import ACCEPTED, REFUSED, UNDONE, WAITING, WITHDRAWN
from hssk.people.services import moves
from hssk.people.services.moves.proposing import typed_of
from hssk.people.tests.moving import (
    APRIL,
    CITY,
    NEW,
    NUMBER,
    OLD,
    later,
    said,
    somebody,
    typed,
    unit,
    works,
)
from tests.village import JANUARY, hamlet, lives, on_duty

pytestmark = pytest.mark.django_db
WEEK = APRIL + timedelta(days=7)


@pytest.fixture
def mo():
    return somebody()


@pytest.fixture
def nurse():
    return works("y.ta.moi", Role.CLINICIAN, NEW)


@pytest.fixture
def clerk():
    return works("can.bo.cu", Role.CLERK, OLD)


def homes(who):
    stays = Residence.objects.filter(person=who).order_by("since", "id")
    return [(stay.hamlet.name, stay.since, stay.until) for stay in stays]


def seen(by):
    """The people, proposals and releases that the database shows to somebody."""
    with within(by):
        return (
            set(Person.objects.values_list("name", flat=True)),
            Move.objects.count(),
            Release.objects.count(),
        )


def release_of(move):
    return Release.objects.get(move=move)


def test_the_commune_left_accepts_and_the_homes_change(mo, nurse, clerk):
    move = moves.propose(said(), by=nurse)
    assert homes(mo) == [("Bản Cũ", JANUARY, None)]
    assert moves.accept(release_of(move), by=clerk)
    assert homes(mo) == [("Bản Cũ", JANUARY, date(2024, 4, 1)), ("Bản Mới", date(2024, 4, 1), None)]
    new = Residence.objects.get(person=mo, until=None)
    assert (new.household.number, new.kind) == ("12", "P")


def test_until_then_the_receiver_sees_only_what_was_typed(mo, nurse, clerk):
    assert seen(nurse) == (set(), 0, 0)
    move = moves.propose(said(), by=nurse)
    assert seen(nurse) == (set(), 1, 0)
    assert seen(clerk) == ({mo.name}, 0, 1)
    moves.accept(release_of(move), by=clerk)
    assert seen(nurse) == ({mo.name}, 1, 0)


def test_a_proposal_about_nobody_is_as_one_about_somebody(mo, nurse):
    known = moves.propose(said(), by=nurse)
    nobody = moves.propose(said(number="012190000999"), by=nurse)
    facts = [{k: v for k, v in vars(m).items() if k not in ("id", "_state", "number")}
             for m in Move.objects.filter(pk__in=(known.pk, nobody.pk))]  # fmt: skip
    assert facts[0] == facts[1]
    assert Release.objects.get().move == known


@pytest.mark.parametrize(
    ("number", "name", "known"),
    [
        ("012190000123", "LÒ THỊ MƠ", True),
        ("12190000123", "lò thị mơ", True),
        ("012 190 000 123", "Lo Thi Mo", True),
        ("012190000124", "Lò Thị Mơ", False),
        ("012190000123", "Lò Thị Mở Rộng", False),
    ],
)
def test_numbers_and_names_are_compared_as_people_write_them(mo, nurse, number, name, known):
    moves.propose(said(number=number, name=name), by=nurse)
    assert Release.objects.exists() is known


def test_an_old_number_of_nine_digits_will_do(mo, nurse):
    Identifier.objects.create(person=mo, kind=Identifier.CMND, value="045123456")
    moves.propose(said(number="45123456"), by=nurse)
    assert Release.objects.get().person == mo.pk


def test_the_proposer_never_holds_the_second_key(mo):
    both = on_duty("mot.nguoi.hai.viec", Role.CLERK, unit(NEW))
    Post.objects.create(user=both, role=Role.CLERK, unit=unit(OLD), since=JANUARY, granted_by=both)
    by = access_of(both, APRIL)
    move = moves.propose(said(), by=by)
    for attempt in (
        lambda: moves.accept(release_of(move), by=by),
        lambda: moves.witness(move, typed().number, by=by),
        lambda: moves.close(move, "record", by=by),
    ):
        with pytest.raises(CannotMove):
            attempt()
    assert homes(mo) == [("Bản Cũ", JANUARY, None)]


@pytest.mark.parametrize(
    ("role", "code"),
    [(Role.CLERK, NEW), (Role.CLINICIAN, OLD), (Role.COLLABORATOR, OLD), (Role.OFFICER, CITY),
     (Role.OFFICER, NEW), (Role.PROVINCE, "12")],
)  # fmt: skip
def test_nobody_else_accepts_at_once(mo, nurse, role, code):
    move = moves.propose(said(), by=nurse)
    with pytest.raises(CannotMove):
        moves.accept(release_of(move), by=works("nguoi.khac", role, code))
    move.refresh_from_db()
    assert move.state == WAITING


def test_after_seven_days_an_officer_of_both_communes_decides_and_nothing_does_by_itself(mo, nurse):
    move = moves.propose(said(), by=nurse)
    officer = works("trung.tam", Role.OFFICER, CITY, WEEK - timedelta(days=1))
    with pytest.raises(CannotMove):
        moves.accept(release_of(move), by=officer)
    assert moves.accept(release_of(move), by=later(officer, WEEK))
    assert release_of(move).how == "officer"


def test_an_officer_of_the_commune_left_needs_not_wait(mo, nurse):
    move = moves.propose(said(), by=nurse)
    assert moves.accept(release_of(move), by=works("can.bo", Role.OFFICER, OLD))


def test_a_proposal_is_refused_with_a_reason_that_the_proposer_does_not_read(mo, nurse, clerk):
    move = moves.propose(said(), by=nurse)
    moves.refuse(release_of(move), "here", by=clerk)
    assert release_of(move).reason == "here"
    move.refresh_from_db()
    assert move.state == REFUSED
    assert "here" not in str(vars(move))
    with pytest.raises(CannotMove):
        moves.accept(release_of(move), by=clerk)


def test_an_officer_of_the_new_commune_closes_what_nobody_answers(mo, nurse):
    officer = works("can.bo.moi", Role.OFFICER, NEW)
    known, nobody = moves.propose(said(), by=nurse), moves.propose(said(name="Ai Đó"), by=nurse)
    for move in (known, nobody):
        moves.close(move, "record", by=officer)
        move.refresh_from_db()
        assert move.state == REFUSED
    assert release_of(known).state == REFUSED


def test_the_citizen_at_the_desk_is_the_second_key_with_a_second_worker(mo, nurse):
    move = moves.propose(said(), by=nurse)
    with pytest.raises(CannotMove, match="khác với số"):
        moves.witness(move, "012190000999", by=works("dong.nghiep", Role.CLINICIAN, NEW))
    other = works("dong.nghiep.hai", Role.CLERK, NEW)
    assert moves.witness(move, "12190000123", by=other)
    assert homes(mo)[-1] == ("Bản Mới", date(2024, 4, 1), None)
    assert (release_of(move).how, release_of(move).answered_by) == ("citizen", other.user)


def test_who_gave_a_post_is_no_second_worker_beside_the_one_who_got_it(mo, nurse):
    puppet = works("nguoi.moi", Role.CLERK, NEW)
    Post.objects.filter(user=puppet.user).update(granted_by=nurse.user)
    move = moves.propose(said(), by=nurse)
    with pytest.raises(CannotMove):
        moves.witness(move, typed().number, by=puppet)
    other = moves.propose(said(), by=puppet)
    with pytest.raises(CannotMove):
        moves.witness(other, typed().number, by=nurse)


def test_a_witnessed_proposal_about_nobody_stays_with_the_health_centre(nurse):
    move = moves.propose(said(), by=nurse)
    assert not moves.witness(move, typed().number, by=works("dong.nghiep", Role.CLERK, NEW))
    move.refresh_from_db()
    assert (move.state, move.witnessed_by.username) == (WAITING, "dong.nghiep")


def test_the_proposer_withdraws_and_nobody_else(mo, nurse, clerk):
    move = moves.propose(said(), by=nurse)
    with pytest.raises(CannotMove):
        moves.withdraw_proposal(move, by=works("dong.nghiep", Role.CLINICIAN, NEW))
    moves.withdraw_proposal(move, by=nurse)
    move.refresh_from_db()
    assert move.state == WITHDRAWN
    with pytest.raises(CannotMove):
        moves.accept(release_of(move), by=clerk)


def test_a_proposal_expires(mo, nurse, clerk):
    move = moves.propose(said(), by=nurse)
    assert moves.can_answer(later(clerk, APRIL + timedelta(days=89)), release_of(move))
    assert not moves.can_answer(later(clerk, APRIL + timedelta(days=90)), release_of(move))


def test_the_commune_left_keeps_a_stub_for_thirty_days_then_nothing(mo, nurse, clerk):
    move = moves.propose(said(), by=nurse)
    moves.accept(release_of(move), by=clerk)
    for days, stubs in ((29, 1), (30, 0)):
        with within(later(clerk, APRIL + timedelta(days=days))):
            assert Release.objects.count() == stubs
    with within(later(clerk, APRIL)):
        assert Move.objects.count() == 0  # where exactly they live now is not theirs


@pytest.mark.parametrize(
    ("kind", "left"),
    [("P", ["Bản Mới P"]), ("T", ["Bản Cũ P", "Bản Mới T"]),
     ("C", ["Bản Cũ P", "Bản Khác T", "Bản Mới C"])],
)  # fmt: skip
def test_a_move_ends_the_homes_that_would_count_before_it(mo, nurse, clerk, kind, left):
    lives(mo, hamlet(OLD, "Bản Khác"), kind="T")
    move = moves.propose(said(kind=kind), by=nurse)
    moves.accept(release_of(move), by=clerk)
    open_now = Residence.objects.filter(person=mo, until=None).order_by("hamlet__name")
    assert [f"{stay.hamlet.name} {stay.kind}" for stay in open_now] == left


def test_whom_a_file_has_moved_meanwhile_is_asked_about_where_they_are_now(mo, nurse, clerk):
    move = moves.propose(said(), by=nurse)
    Residence.objects.filter(person=mo).update(hamlet=hamlet("03408", "Tổ 2"))
    assert not moves.accept(release_of(move), by=clerk)
    assert release_of(move).hamlet.name == "Tổ 2"
    assert moves.accept(release_of(move), by=works("noi.khac", Role.CLERK, "03408"))


def test_of_two_communes_that_ask_the_second_asks_where_the_first_brought_them(mo, nurse, clerk):
    first = moves.propose(said(), by=nurse)
    third = works("y.ta.ba", Role.CLINICIAN, "03408")
    second = moves.propose(said(hamlet("03408", "Tổ 2")), by=third)
    moves.accept(release_of(first), by=clerk)
    assert release_of(second).hamlet.name == "Bản Mới"
    with pytest.raises(CannotMove):
        moves.accept(release_of(second), by=clerk)


def test_the_figures_follow(mo, nurse, clerk):
    def expected(code):
        settle()
        return figures(code, APRIL).counts.expected

    assert (expected(OLD), expected(NEW)) == (1, 0)
    move = moves.propose(said(), by=nurse)
    assert (expected(OLD), expected(NEW)) == (1, 0)
    moves.accept(release_of(move), by=clerk)
    assert (expected(OLD), expected(NEW)) == (0, 1)
    moves.undo_alone(release_of(move), by=works("trung.tam", Role.OFFICER, CITY))
    assert (expected(OLD), expected(NEW)) == (1, 0)


def test_undoing_takes_both_sides(mo, nurse, clerk):
    move = moves.propose(said(), by=nurse)
    moves.accept(release_of(move), by=clerk)
    assert not moves.agree_or_ask_to_undo(Move.objects.get(), by=nurse)
    assert not moves.agree_or_ask_to_undo(Move.objects.get(), by=nurse)
    assert homes(mo)[-1] == ("Bản Mới", date(2024, 4, 1), None)
    assert moves.agree_or_ask_to_undo(release_of(move), by=clerk)
    assert homes(mo) == [("Bản Cũ", JANUARY, None)]
    assert Move.objects.get().state == release_of(move).state == UNDONE


def test_nobody_undoes_alone_but_an_officer_of_both(mo, nurse, clerk):
    both = on_duty("hai.viec", Role.CLERK, unit(NEW))
    Post.objects.create(user=both, role=Role.CLERK, unit=unit(OLD), since=JANUARY, granted_by=both)
    move = moves.propose(said(), by=nurse)
    moves.accept(release_of(move), by=clerk)
    by = access_of(both, APRIL)
    moves.agree_or_ask_to_undo(Move.objects.get(), by=by)
    with pytest.raises(CannotMove):
        moves.agree_or_ask_to_undo(release_of(move), by=by)
    with pytest.raises(CannotMove):
        moves.undo_alone(release_of(move), by=by)
    assert Move.objects.get().state == ACCEPTED


def test_twenty_proposals_a_day_and_no_more(nurse):
    for n in range(20):
        moves.propose(said(number=f"0121900001{n:02}"), by=nurse)
    with pytest.raises(CannotMove, match="20 đề nghị"):
        moves.propose(said(), by=nurse)
    assert moves.propose(said(), by=later(nurse, WEEK)).state == WAITING


def test_who_is_often_refused_is_locked_until_an_officer_has_looked(nurse):
    officer = works("can.bo.moi", Role.OFFICER, NEW)
    for _ in range(2):
        moves.close(moves.propose(said(), by=nurse), "record", by=officer)
    with pytest.raises(CannotMove, match="tạm khóa"):
        moves.propose(said(), by=nurse)
    assert [user for user, _standing in moves.locked_within(officer)] == [nurse.user]
    with pytest.raises(CannotMove):
        moves.let_propose(nurse.user, by=works("can.bo.cu", Role.OFFICER, OLD))
    with pytest.raises(CannotMove):
        moves.let_propose(nurse.user, by=nurse)
    moves.let_propose(nurse.user, by=officer)
    assert moves.locked_within(officer) == []
    assert moves.propose(said(), by=nurse).state == WAITING


def test_a_button_pressed_twice_asks_the_commune_left_once(mo, nurse, clerk):
    """Both waited; the second was refused as one too many, and two of those locked the proposer."""
    first = moves.propose(said(), by=nurse)
    for again in (said(), said(number=f" {NUMBER} "), said(name="LÒ THỊ MƠ")):
        with pytest.raises(CannotMove, match="đang chờ trả lời"):
            moves.propose(again, by=nurse)
    assert Release.objects.count() == Move.objects.count() == 1
    moves.withdraw_proposal(first, by=nurse)
    second = moves.propose(said(), by=nurse)
    moves.refuse(release_of(second), "unsure", by=clerk)
    assert moves.propose(said(), by=nurse).state == WAITING


def test_nobody_proposes_into_another_commune(clerk):
    with pytest.raises(CannotMove, match="địa bàn"):
        moves.propose(said(), by=clerk)
    assert not Move.objects.exists()


def test_who_looked_names_each_step_and_its_writer_does_not_read_whom(mo, nurse, clerk):
    move = moves.propose(said(), by=nurse)
    with within(nurse):
        assert list(Look.objects.values_list("people", flat=True)) == []
    moves.accept(release_of(move), by=clerk)
    acts = [(one.actor.username, one.act) for one in looks_at(mo.pk)]
    assert acts == [("can.bo.cu", "answer"), ("y.ta.moi", "propose")]


def test_a_dead_person_is_not_moved(mo, nurse):
    Person.objects.update(died_on=JANUARY)
    moves.propose(said(), by=nurse)
    assert not Release.objects.exists()


def test_a_move_waits_where_its_person_is_not_known_any_more_and_finds_them_anew(mo, nurse, clerk):
    move = moves.propose(said(), by=nurse)
    moves.accept(release_of(move), by=clerk)
    move = Move.objects.get()
    moves.take_back(move)
    assert homes(mo) == [("Bản Cũ", JANUARY, None)]
    Person.objects.filter(pk=mo.pk).update(name_folded="x")
    Move.objects.update(person=uuid4())
    assert moves.stand_again() == 0
    Person.objects.filter(pk=mo.pk).update(name_folded=typed_of(move).name.lower())
    assert moves.stand_again() == 1
    assert moves.stand_again() == 0
    assert homes(mo)[-1] == ("Bản Mới", date(2024, 4, 1), None)
