"""The planner's proposal: from the ledger, around what is fixed, taken over whole or in part."""

import sys
from datetime import datetime, time, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from hssk.outreach.errors import CannotPlan
from hssk.outreach.models import RETURNED, Copy, Proposal, Session
from hssk.outreach.planning_forms import Money, Time
from hssk.outreach.rules import Holder, Purpose
from hssk.outreach.services import Wanted, close, issue, tick
from hssk.outreach.services.planning import (
    CampaignSaid,
    SessionSaid,
    TeamSaid,
    cancel_session,
    costs,
    ground_of,
    hold_session,
    make_session,
    move_session,
    open_campaign,
    outlook,
    save_cost,
    save_roads,
    save_team,
    sessions_ahead,
    take_over,
    work_out,
)
from hssk.outreach.tests.place import many
from hssk.outreach.views.showing_plans import TROUBLES
from hssk.outreach.views.showing_plans import proposal as shown
from tests.village import MARCH, hamlet, on_duty, village

NOW = timezone.make_aware(datetime(2026, 12, 1, 9))
TODAY = NOW.date()
SATURDAY = TODAY + timedelta(days=4)
CODE = "03403"


@pytest.fixture
def officer(db):
    return on_duty("can.bo")


@pytest.fixture
def campaign(officer):
    village(many(60, "Bản Một", CODE))
    village(many(40, "Bản Hai", CODE).replace("Lò Thị", "Vàng Thị"))
    said = CampaignSaid(name="Cuối năm", percent=Decimal(95), first=TODAY,
                        last=TODAY + timedelta(days=60), map_day=MARCH)  # fmt: skip
    campaign = open_campaign(said, hamlet(CODE, "Bản Một").unit, by=officer, at=NOW)
    save_team(campaign, TeamSaid(name="Đội 1", capacity=40))
    return campaign


def proposed(campaign, officer, now=NOW):
    proposal = Proposal.objects.create(campaign=campaign, asked_by=officer, asked_at=now)
    work_out(proposal, on=MARCH, now=now)
    return proposal


def by_hand(campaign, officer, **more):
    one = hamlet(CODE, "Bản Một")
    given = {"unit": one.unit, "hamlets": [one.pk], "on": SATURDAY, "place": "Nhà văn hóa",
             "campaign": campaign, "team": campaign.teams.get(), **more}  # fmt: skip
    return make_session(SessionSaid(**given), by=officer, at=NOW)


def test_the_ground_is_what_the_ledger_says(campaign):
    ground = ground_of(campaign, MARCH, TODAY)
    assert [(place.name, place.remaining) for place in ground.places] == [
        ("Bản Hai", 20), ("Bản Một", 30)]  # fmt: skip
    assert (ground.found, ground.expected, ground.wanted) == (50, 100, 45)
    assert (ground.sessions, round(ground.share, 2)) == (0, 0.35)


def test_who_is_away_or_said_no_is_set_aside_and_still_counts_as_missing(campaign, officer):
    from hssk.people.models import Residence

    away = village(f"{CODE} | Bản Một | Sùng A Xa | no | away=1")
    assert Residence.objects.filter(person=away["Sùng A Xa"], away=True).exists()
    wanted = Wanted(hamlet=hamlet(CODE, "Bản Một"), purpose=Purpose.NO_RECORD, on=MARCH,
                    office=Holder.HEALTH_WORKER, holder="Lò Thị Y Tá")  # fmt: skip
    issue(wanted, by=officer, at=NOW)
    lines = Copy.objects.get().lines.exclude(name="Sùng A Xa")
    first, second, third = lines.values_list("number", flat=True)[:3]
    said = {first: "refused", second: "refused", third: "told"}
    tick(Copy.objects.get(), said, by=officer, at=NOW)
    tick(Copy.objects.get(), {second: "told"}, by=officer, at=NOW)
    close(Copy.objects.get(), RETURNED, by=officer, at=NOW)
    ground = ground_of(campaign, MARCH, TODAY)
    assert ground.aside["away"] == 1
    assert ground.aside["unwilling"] == 1
    one = next(place for place in ground.places if place.name == "Bản Một")
    assert (one.remaining, one.aside) == (29, 2)
    assert ground.wanted == 46  # 95 of 101 people are 96: nobody is left out of the goal


def test_a_proposal_is_a_draft_with_reasons_until_it_is_taken_over(campaign, officer):
    proposal = proposed(campaign, officer)
    assert (proposal.trouble, Session.objects.count()) == ("", 0)
    outings = proposal.plan["outings"]
    assert outings
    stop = outings[0]["stops"][0]
    assert (stop["name"], stop["remaining"], stop["expected"], stop["rank"]) == (
        "Bản Một", 30, 10, 1)  # fmt: skip
    assert proposal.plan["gap"] <= 0.05
    made, replaced = take_over(proposal, range(len(outings)), by=officer, at=NOW)
    assert (made, replaced) == (len(outings), 0)
    first = Session.objects.earliest("on")
    assert (first.proposed, first.fixed, first.on.weekday() >= 5) == (True, False, True)
    assert first.stops.first().remaining == 30


def test_part_of_a_proposal_is_taken_over_and_the_next_replaces_what_nobody_kept(campaign, officer):
    first = proposed(campaign, officer)
    take_over(first, [0], by=officer, at=NOW)
    one = Session.objects.get()
    again = proposed(campaign, officer)
    made, replaced = take_over(again, range(len(again.plan["outings"])), by=officer, at=NOW)
    one.refresh_from_db()
    assert (one.state, one.why, replaced) == ("cancelled", "Thay bằng phương án mới", 1)
    assert Session.objects.standing().count() == made


def test_what_a_person_made_or_moved_stays_and_is_planned_around(campaign, officer):
    made = by_hand(campaign, officer)
    take_over(first := proposed(campaign, officer), range(9), by=officer, at=NOW)
    assert first.plan["outings"][0]["session"] == made.pk
    mine = Session.objects.filter(proposed=True).earliest("on")
    moved = SessionSaid(unit=mine.unit, hamlets=[], on=mine.on + timedelta(days=7), place="UBND",
                        campaign=campaign, team=mine.team)  # fmt: skip
    while Session.objects.standing().filter(on=moved.on).exists():
        moved = SessionSaid(**{**vars(moved), "on": moved.on + timedelta(days=1)})
    move_session(mine, moved, at=NOW)
    again = proposed(campaign, officer)
    kept = {one["session"] for one in again.plan["outings"]} - {None}
    assert kept == {made.pk, mine.pk}
    assert {made.pk, mine.pk} <= set(Session.objects.standing().values_list("pk", flat=True))


def test_what_was_cancelled_is_not_proposed_for_that_weekend_again(campaign, officer):
    take_over(proposed(campaign, officer), [0], by=officer, at=NOW)
    session = Session.objects.get()
    hamlets = set(session.stops.values_list("hamlet", flat=True))
    cancel_session(session, "đường sạt lở", by=officer, at=NOW)
    weekend = {session.on - timedelta(days=1), session.on, session.on + timedelta(days=1)}
    for one in proposed(campaign, officer).plan["outings"]:
        if datetime.fromisoformat(one["day"]).date() in weekend:
            assert not hamlets & {stop["hamlet"] for stop in one["stops"]}


def test_nothing_is_proposed_for_today_and_who_is_out_today_stays_out(campaign, officer):
    """Of a morning's new plan: the session that goes on is not taken away under the team."""
    take_over(proposed(campaign, officer), [0], by=officer, at=NOW)
    session, morning = Session.objects.get(), NOW + timedelta(days=4)
    Session.objects.update(on=SATURDAY)
    again = proposed(campaign, officer, morning)
    days = {one["day"] for one in again.plan["outings"] if one["session"] is None}
    assert min(days) > SATURDAY.isoformat()
    take_over(again, range(len(again.plan["outings"])), by=officer, at=morning)
    session.refresh_from_db()
    assert session.state == "planned"


def test_where_somebody_went_of_late_is_left_in_peace_for_three_weekends(campaign, officer):
    here = hamlet(CODE, "Bản Một").pk
    session = by_hand(campaign, officer)
    monday = NOW + timedelta(days=6)
    hold_session(session, {here: 3}, by=officer, at=monday)
    gone = [one["day"] for one in proposed(campaign, officer, monday).plan["outings"]
            if here in {stop["hamlet"] for stop in one["stops"]}]  # fmt: skip
    assert gone
    assert min(gone) >= (SATURDAY + timedelta(days=21)).isoformat()


def test_hamlets_on_different_roads_are_not_gone_to_on_one_day(campaign, officer):
    both = [one for one in proposed(campaign, officer).plan["outings"] if len(one["stops"]) > 1]
    assert both
    save_roads(campaign, {hamlet(CODE, "Bản Một").pk: "đường lên núi"})
    assert all(len(one["stops"]) == 1 for one in proposed(campaign, officer).plan["outings"])


def test_the_yield_is_learned_from_a_session_that_was_held(campaign, officer):
    session = by_hand(campaign, officer, remaining={hamlet(CODE, "Bản Một").pk: 30})
    later = NOW + timedelta(days=5)
    hold_session(session, {hamlet(CODE, "Bản Một").pk: 24}, by=officer, at=later)
    ground = ground_of(campaign, MARCH, later.date())
    assert ground.sessions == 1
    assert 0.35 < ground.share < 0.8


@pytest.mark.parametrize("trouble", ["no-solver", "no-team", "nobody", "over"])
def test_why_there_is_no_plan_is_written_down(campaign, officer, monkeypatch, trouble):
    now = NOW
    if trouble == "no-solver":
        monkeypatch.setitem(sys.modules, "ortools.sat.python", None)
    if trouble == "no-team":
        campaign.teams.all().delete()
    if trouble == "nobody":
        campaign.percent = Decimal(40)
    if trouble == "over":
        now = NOW + timedelta(days=99)
    assert proposed(campaign, officer, now).trouble == trouble


def test_nothing_is_taken_over_of_a_plan_whose_day_is_past_or_of_nothing(campaign, officer):
    proposal = proposed(campaign, officer)
    with pytest.raises(CannotPlan, match="ít nhất một buổi"):
        take_over(proposal, [], by=officer, at=NOW)
    with pytest.raises(CannotPlan, match="từ hôm nay"):
        take_over(proposal, range(9), by=officer, at=NOW + timedelta(days=200))
    assert not Session.objects.exists()


def test_costs_are_summed_over_sessions_that_stand(campaign, officer):
    by_hand(campaign, officer)
    other = by_hand(campaign, officer, on=SATURDAY + timedelta(days=1))
    gone = by_hand(campaign, officer, on=SATURDAY + timedelta(days=7))
    cancel_session(gone, "mưa", by=officer, at=NOW)
    hand = [hamlet(CODE, "Bản Một").pk, hamlet(CODE, "Bản Hai").pk]
    by_hand(campaign, officer, team=None, staff="trạm", on=other.on, hamlets=hand)
    for name, of in (("in", "once"), ("xăng", "day"), ("bồi dưỡng", "session"), ("loa", "hamlet")):
        save_cost(campaign, name, of, 1000)
    counted = {line.name: line.count for line in costs(campaign, campaign.sessions.standing())}
    assert counted == {"in": 1, "xăng": 2, "bồi dưỡng": 3, "loa": 4}


def test_the_outlook_says_when_the_goal_is_met_by_what_is_planned(campaign, officer):
    campaign.percent = Decimal(55)
    ground = ground_of(campaign, MARCH, TODAY)
    nothing = outlook(campaign, ground, [])
    assert (nothing.middle, nothing.more_days) == (None, 1)
    by_hand(campaign, officer)
    told = outlook(campaign, ground, sessions_ahead(ground, TODAY))
    assert (told.middle, told.more_days) == (SATURDAY, 0)


@pytest.mark.parametrize(
    ("team", "trouble"),
    [
        ({"weekdays": [2]}, "no-day"),
        ({"off": [SATURDAY + timedelta(days=day) for day in range(70)]}, "no-day"),
        ({"capacity": 1}, "too-few"),
    ],
)
def test_where_nothing_can_be_proposed_the_proposal_says_why(campaign, officer, team, trouble):
    save_team(campaign, TeamSaid(**{"name": "Đội 1", "capacity": 40, **team}), campaign.teams.get())
    one = proposed(campaign, officer)
    assert (one.plan, one.trouble) == (None, trouble)
    assert TROUBLES[one.trouble]


@pytest.mark.parametrize(
    ("written", "amount"), [("150.000", 150_000), ("1 500 000", 1_500_000), ("7000", 7000),
                            ("1,5", None), ("150.5", None), ("1.500,50", None)],
)  # fmt: skip
def test_money_is_whole_and_no_point_is_taken_for_another(written, amount):
    if amount is None:
        with pytest.raises(ValidationError):
            Money().clean(written)
    else:
        assert Money().clean(written) == amount


@pytest.mark.parametrize("written", ["7:00", "7h00", "7h", "07:00:00"])
def test_an_hour_is_understood_as_people_write_it(written):
    assert Time().clean(written) == time(7)


def test_of_two_sessions_that_somebody_made_a_week_apart_no_three_weeks_are_said(campaign, officer):
    for days in (0, 7):
        by_hand(campaign, officer, on=SATURDAY + timedelta(days=days))
    kept = [row for row in shown(proposed(campaign, officer))["rows"] if row["kept"]]
    assert len(kept) == 2
    assert not any("ba tuần" in words for row in kept for words in row["why"])
