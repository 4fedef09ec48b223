"""Campaigns and sessions by hand: what may be made, who is free when, what a held one teaches."""

import sys
from datetime import datetime, time, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from hssk.outreach.errors import CannotPlan
from hssk.outreach.models import Barred, Session
from hssk.outreach.services.planning import (
    CampaignSaid,
    SessionSaid,
    TeamSaid,
    cancel_session,
    close_campaign,
    drop_team,
    fix_session,
    hold_session,
    make_session,
    move_session,
    open_campaign,
    save_campaign,
    save_cost,
    save_team,
)
from tests.village import commune, hamlet, on_duty

NOW = timezone.make_aware(datetime(2026, 12, 1, 9))
FIRST = NOW.date()
SATURDAY = FIRST + timedelta(days=4)


@pytest.fixture
def officer(db):
    return on_duty("can.bo")


@pytest.fixture
def place(db):
    return hamlet("03403", "Bản Tưởng Tượng")


def campaign_said(**more):
    return CampaignSaid(**{
        "name": "Cuối năm", "percent": Decimal(95), "first": FIRST,
        "last": FIRST + timedelta(days=60), "map_day": FIRST, **more,
    })  # fmt: skip


@pytest.fixture
def campaign(place, officer):
    return open_campaign(campaign_said(), place.unit, by=officer, at=NOW)


@pytest.fixture
def team(campaign):
    return save_team(campaign, TeamSaid(name="Đội 1", capacity=40, off=[SATURDAY + timedelta(1)]))


def said(place, **more):
    given = {"unit": place.unit, "hamlets": [place.pk], "on": SATURDAY, "place": "Nhà văn hóa bản",
             "staff": "Lò Thị Y Tá", **more}  # fmt: skip
    return SessionSaid(**given)


def test_a_session_is_made_by_hand_without_campaign_planner_or_solver(place, officer, monkeypatch):
    monkeypatch.setitem(sys.modules, "ortools", None)
    session = make_session(said(place, expected={place.pk: 12}), by=officer, at=NOW)
    assert (session.state, session.campaign, session.fixed) == ("planned", None, True)
    assert [(stop.hamlet, stop.expected) for stop in session.stops.all()] == [(place, 12)]


@pytest.mark.parametrize(("more", "told"), [
    ({"hamlets": []}, "ít nhất một tổ, bản"),
    ({"on": FIRST - timedelta(days=1)}, "từ hôm nay"),
    ({"on": FIRST + timedelta(days=2000)}, "trong vòng ba năm"),
    ({"ends": time(7, 30)}, "sau giờ bắt đầu"),
    ({"staff": " "}, "ghi ai đi"),
])  # fmt: skip
def test_a_session_that_cannot_be_is_refused_with_why(place, officer, more, told):
    with pytest.raises(CannotPlan, match=told):
        make_session(said(place, **more), by=officer, at=NOW)
    assert not Session.objects.exists()


def test_hamlets_of_another_unit_are_in_no_session(place, officer):
    other = hamlet("03404", "Bản Khác")
    with pytest.raises(CannotPlan, match="không thuộc"):
        make_session(said(place, hamlets=[place.pk, other.pk]), by=officer, at=NOW)


def test_a_team_is_in_one_place_a_day_and_never_out_on_its_day_off(place, officer, campaign, team):
    first = make_session(said(place, campaign=campaign, team=team), by=officer, at=NOW)
    for day, told in ((SATURDAY, "buổi khác"), (SATURDAY + timedelta(days=1), "nghỉ ngày ấy")):
        with pytest.raises(CannotPlan, match=told):
            make_session(said(place, campaign=campaign, team=team, on=day), by=officer, at=NOW)
    cancel_session(first, "trời mưa", by=officer, at=NOW)
    assert make_session(said(place, campaign=campaign, team=team), by=officer, at=NOW)


def test_a_team_goes_in_its_own_campaign_within_its_days_alone(place, officer, campaign, team):
    other = open_campaign(campaign_said(name="Khác"), place.unit, by=officer, at=NOW)
    late = campaign.last + timedelta(days=1)
    for more in ({"campaign": other}, {"campaign": None}, {"campaign": campaign, "on": late}):
        with pytest.raises(CannotPlan):
            make_session(said(place, team=team, **more), by=officer, at=NOW)


def test_who_moves_a_session_fixes_it(place, officer, campaign, team):
    wanted = said(place, campaign=campaign, team=team, fixed=False, proposed=True)
    session = make_session(wanted, by=officer, at=NOW)
    later = SATURDAY + timedelta(days=7)
    move_session(session, said(place, campaign=campaign, team=team, on=later), at=NOW)
    session.refresh_from_db()
    assert (session.on, session.fixed, session.stops.count()) == (later, True, 1)
    fix_session(session, fixed=False)
    session.refresh_from_db()
    assert not session.fixed


def test_what_is_cancelled_is_not_proposed_for_that_weekend_again(place, officer, campaign, team):
    wanted = said(place, campaign=campaign, team=team, proposed=True, on=SATURDAY)
    session = make_session(wanted, by=officer, at=NOW)
    with pytest.raises(CannotPlan, match="vì sao"):
        cancel_session(session, " ", by=officer, at=NOW)
    cancel_session(session, "bản có đám cưới", by=officer, at=NOW)
    assert Barred.objects.filter(campaign=campaign, hamlet=place, on=SATURDAY).exists()
    with pytest.raises(CannotPlan, match="đã hủy"):
        move_session(session, wanted, at=NOW)


def test_a_held_session_says_how_many_came_and_only_once_its_day_is_there(place, officer):
    session = make_session(said(place, remaining={place.pk: 30}), by=officer, at=NOW)
    with pytest.raises(CannotPlan, match="đã diễn ra"):
        hold_session(session, {place.pk: 9}, by=officer, at=NOW)
    hold_session(session, {place.pk: 9, 0: 7}, by=officer, at=NOW + timedelta(days=4))
    hold_session(session, {place.pk: 11}, by=officer, at=NOW + timedelta(days=5))
    session.refresh_from_db()
    assert (session.state, session.stops.get().came) == ("held", 11)


def test_days_of_a_campaign_do_not_leave_a_session_outside(place, officer, campaign, team):
    make_session(said(place, campaign=campaign, team=team), by=officer, at=NOW)
    with pytest.raises(CannotPlan, match="nằm ngoài"):
        save_campaign(campaign, campaign_said(first=SATURDAY + timedelta(days=1)))
    save_campaign(campaign, campaign_said(percent=Decimal(90)))
    campaign.refresh_from_db()
    assert campaign.percent == 90


def test_a_closed_campaign_takes_nothing_more(place, officer, campaign, team):
    close_campaign(campaign, by=officer, at=NOW)
    acts = (
        lambda: make_session(said(place, campaign=campaign, team=team), by=officer, at=NOW),
        lambda: save_team(campaign, TeamSaid(name="Đội 2", capacity=9)),
        lambda: save_cost(campaign, "xăng", "session", 100_000),
        lambda: save_campaign(campaign, campaign_said()),
        lambda: close_campaign(campaign, by=officer, at=NOW),
        lambda: drop_team(team),
    )
    for act in acts:
        with pytest.raises(CannotPlan, match="khép lại"):
            act()


@pytest.mark.parametrize("wrong", [
    {"percent": Decimal(0)}, {"percent": Decimal(101)}, {"last": FIRST - timedelta(days=1)},
    {"last": FIRST + timedelta(days=4000)},
])  # fmt: skip
def test_a_goal_or_days_that_cannot_be_are_refused(officer, place, wrong):
    with pytest.raises(CannotPlan):
        open_campaign(campaign_said(**wrong), commune("03403"), by=officer, at=NOW)


def test_a_team_with_sessions_stays_and_names_are_not_given_twice(place, officer, campaign, team):
    make_session(said(place, campaign=campaign, team=team), by=officer, at=NOW)
    with pytest.raises(CannotPlan, match="đã có buổi"):
        drop_team(team)
    with pytest.raises(CannotPlan, match="đặt tên khác"):
        save_team(campaign, TeamSaid(name="Đội 1", capacity=10))
    save_team(campaign, TeamSaid(name="Đội 1", capacity=25, weekdays={6}), team)
    team.refresh_from_db()
    assert (team.capacity, team.weekdays, team.days_off.count()) == (25, [6], 0)
    drop_team(save_team(campaign, TeamSaid(name="Đội 2", capacity=5)))
