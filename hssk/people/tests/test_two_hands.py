"""Whoever gives posts can come in as those he gives them to: that is no second key."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import make_aware

from hssk.access.models import Post, User
from hssk.access.rights import Role
from hssk.people.errors import CannotMove
from hssk.people.models import Move, Release
from hssk.people.services import moves
from hssk.people.tests.moving import APRIL, CITY, NEW, OLD, later, said, somebody, typed, works
from tests.village import on_duty

pytestmark = pytest.mark.django_db
LONG_AGO = date(2023, 1, 1)


@pytest.fixture
def mo():
    return somebody()


def given(who, by, on=APRIL):
    """As if `by` had given `who` the posts that they have, on that day."""
    Post.objects.filter(user=who.user).update(
        granted_by=by.user, granted_at=make_aware(datetime.combine(on, datetime.min.time()))
    )


def made(who, on):
    User.objects.filter(pk=who.user.pk).update(
        date_joined=make_aware(datetime.combine(on, datetime.min.time()))
    )
    who.user.refresh_from_db()


def release_of(move):
    return Release.objects.get(move=move)


def refused(act):
    with pytest.raises(CannotMove, match="độc lập"):
        act()
    return True


def test_who_gave_the_post_by_which_the_second_key_turns_does_not_propose(mo):
    officer = works("trung.tam", Role.OFFICER, CITY)
    clerk = works("can.bo.cu", Role.CLERK, OLD)
    given(clerk, officer, LONG_AGO)
    release = release_of(moves.propose(said(), by=officer))
    assert refused(lambda: moves.accept(release, by=clerk))
    assert refused(lambda: moves.refuse(release, "here", by=clerk))
    assert moves.waiting_for(clerk) == 0
    assert Move.objects.get().state == "waiting"


def test_neither_does_who_gave_it_through_somebody_else_or_changed_it(mo):
    officer, other = (works(name, Role.OFFICER, CITY) for name in ("mot", "hai"))
    clerk = works("can.bo.cu", Role.CLERK, OLD)
    given(clerk, other, LONG_AGO)
    release = release_of(moves.propose(said(), by=officer))
    assert moves.can_answer(clerk, release)
    given(other, officer, LONG_AGO)
    assert refused(lambda: moves.accept(release, by=clerk))
    given(other, other)
    Post.objects.filter(user=clerk.user).update(ended_by=officer.user, until=APRIL + timedelta(9))
    assert refused(lambda: moves.accept(release, by=clerk))


@pytest.mark.parametrize(("days", "his"), [(0, True), (30, True), (31, False)])
def test_an_officer_does_not_decide_on_who_got_a_post_from_him_lately(mo, days, his):
    officer, nurse = works("trung.tam", Role.OFFICER, CITY), works("y.ta", Role.CLINICIAN, NEW)
    given(nurse, officer, APRIL - timedelta(days=days))
    release = release_of(moves.propose(said(), by=nurse))
    late = later(officer, APRIL + timedelta(days=40))
    if his:
        assert refused(lambda: moves.accept(release, by=late))
    else:
        assert moves.accept(release, by=late)


def test_who_gave_everybody_a_post_keeps_nobody_else_from_answering(mo):
    officer = works("trung.tam", Role.OFFICER, CITY)
    nurse, clerk = works("y.ta", Role.CLINICIAN, NEW), works("can.bo.cu", Role.CLERK, OLD)
    for one in (nurse, clerk):
        given(one, officer)
    assert moves.accept(release_of(moves.propose(said(), by=nurse)), by=clerk)


def test_the_installation_s_own_operator_is_nobody_s_hand(mo):
    operator = User.objects.get(username=User.LOCAL_OPERATOR)
    nurse, clerk = works("y.ta", Role.CLINICIAN, NEW), works("can.bo.cu", Role.CLERK, OLD)
    Post.objects.update(granted_by=operator)
    assert moves.accept(release_of(moves.propose(said(), by=nurse)), by=clerk)


def test_who_could_have_handed_over_a_new_password_does_not_answer_as_them(mo):
    officer, clerk = works("trung.tam", Role.OFFICER, CITY), works("can.bo.cu", Role.CLERK, OLD)
    release = release_of(moves.propose(said(), by=officer))
    assert moves.can_answer(clerk, release)
    clerk.user.woken_on = APRIL
    clerk.user.save()
    assert refused(lambda: moves.accept(release, by=clerk))
    clerk.user.woken_on = APRIL - timedelta(days=31)
    clerk.user.save()
    assert moves.accept(release, by=clerk)


@pytest.mark.parametrize(("second", "his"), [(APRIL, True), (LONG_AGO, False)])
def test_two_new_accounts_of_one_maker_are_no_two_workers_at_the_desk(mo, second, his):
    head = works("truong.tram", Role.OFFICER, NEW)
    first, other = works("y.ta", Role.CLINICIAN, NEW), works("y.ta.hai", Role.CLINICIAN, NEW)
    for one, day in ((first, APRIL), (other, second)):
        given(one, head, LONG_AGO)
        made(one, day)
    move = moves.propose(said(), by=first)
    if his:
        assert refused(lambda: moves.witness(move, typed().number, by=other))
    else:
        assert moves.witness(move, typed().number, by=other)


def test_a_move_is_not_undone_by_both_sides_in_one_hand(mo):
    nurse, clerk = works("y.ta", Role.CLINICIAN, NEW), works("can.bo.cu", Role.CLERK, OLD)
    officer = works("trung.tam", Role.OFFICER, CITY)
    move = moves.propose(said(), by=nurse)
    moves.accept(release_of(move), by=clerk)
    moves.agree_or_ask_to_undo(Move.objects.get(), by=officer)
    given(clerk, officer, LONG_AGO)
    with pytest.raises(CannotMove, match="độc lập"):
        moves.agree_or_ask_to_undo(release_of(move), by=clerk)
    given(clerk, clerk)
    assert moves.agree_or_ask_to_undo(release_of(move), by=clerk)


def test_whose_posts_are_whose_is_asked_once_for_a_list(mo):
    nurse, clerk = works("y.ta", Role.CLINICIAN, NEW), works("can.bo.cu", Role.CLERK, OLD)
    on_duty("ai.do", Role.CLERK)
    for n in range(20):
        moves.propose(said(), by=nurse)
        Move.objects.update(name_folded=f"another {n}")  # of whom the next is not the same
    assert moves.waiting_for(clerk) == 20
    with CaptureQueriesContext(connection) as asked:
        moves.waiting_for(clerk)
    assert sum('FROM "access_post"' in one["sql"] for one in asked) <= 4
